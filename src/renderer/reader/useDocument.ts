import type { PDFDocumentProxy } from 'pdfjs-dist'
import { useEffect, useState } from 'react'
import { readDocument } from './documents.ts'

/** A page's size in points, as shown (rotation applied). */
export interface PageSize {
  readonly width: number
  readonly height: number
}

/** A document on its way to the screen. */
export type DocumentState =
  | { readonly state: 'opening' }
  | { readonly state: 'open'; readonly document: PDFDocumentProxy; readonly first: PageSize }
  | { readonly state: 'failed' }

/** Opens the file with this hash while the component is shown. */
export function useDocument(sha256: string): DocumentState {
  const [state, setState] = useState<DocumentState>({ state: 'opening' })
  useEffect(() => {
    let gone = false
    const reading = readDocument(sha256)
    setState({ state: 'opening' })
    reading.document
      .then(async (document) => {
        const { width, height } = (await document.getPage(1)).getViewport({ scale: 1 })
        if (!gone) setState({ state: 'open', document, first: { width, height } })
      })
      .catch(() => {
        if (!gone) setState({ state: 'failed' })
      })
    return () => {
      gone = true
      reading.end()
    }
  }, [sha256])
  return state
}
