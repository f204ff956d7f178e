import * as pdfjs from 'pdfjs-dist'
import workerAddress from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import { fileAddress } from './fileAddress.ts'
import { BundledFiles } from './pdfAssets.ts'
import { pdfSource } from './rangeReader.ts'

pdfjs.GlobalWorkerOptions.workerSrc = workerAddress

/** How long a document stays open after its last reader has gone, in milliseconds. */
const LINGER = 2_000

interface OpenDocument {
  readonly opening: Promise<pdfjs.PDFDocumentProxy>
  readers: number
  close(): void
}

const open = new Map<string, OpenDocument>()

/** A document that is being read, and how to say that one has finished with it. */
export interface Reading {
  readonly document: Promise<pdfjs.PDFDocumentProxy>
  end(): void
}

/** Opens the kept file with this hash for reading. Readers of one file share one open document. */
export function readDocument(sha256: string): Reading {
  const entry = open.get(sha256) ?? openDocument(sha256)
  open.set(sha256, entry)
  entry.readers += 1
  let ended = false
  return {
    document: entry.opening,
    end: () => {
      if (ended) return
      ended = true
      entry.readers -= 1
      setTimeout(() => {
        if (entry.readers > 0 || open.get(sha256) !== entry) return
        open.delete(sha256)
        entry.close()
      }, LINGER)
    },
  }
}

function openDocument(sha256: string): OpenDocument {
  let closed = false
  let loading: pdfjs.PDFDocumentLoadingTask | undefined
  const start = async () => {
    const source = await pdfSource(fileAddress(sha256))
    if (closed) throw new Error('closed before it was open')
    loading = pdfjs.getDocument({
      ...source,
      // Of a large file, only what is shown is read.
      disableAutoFetch: true,
      disableStream: true,
      BinaryDataFactory: BundledFiles,
      useWorkerFetch: false,
      // The same glyphs on every computer: what was seen is what is signed.
      useSystemFonts: false,
    })
    return loading.promise
  }
  const opening = start()
  opening.catch(() => open.delete(sha256))
  return {
    opening,
    readers: 0,
    close: () => {
      closed = true
      void loading?.destroy()
    },
  }
}
