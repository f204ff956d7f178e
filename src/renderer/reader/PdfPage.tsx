import { type PDFDocumentProxy, type PDFPageProxy, type RenderTask, TextLayer } from 'pdfjs-dist'
import { useEffect, useRef, useState } from 'react'
import { useTexts } from '../texts/useTexts.ts'
import type { PageSize } from './useDocument.ts'
import { pixelRatio } from './zoom.ts'

/**
 * One page: an empty sheet of the right size, and while it is near the view a canvas and a selectable text layer.
 * Far away the canvas is given back, so that a long document never fills the memory.
 */
export function PdfPage(props: {
  document: PDFDocumentProxy
  number: number
  size: PageSize
  scale: number
  near: boolean
  onSize: (number: number, size: PageSize) => void
}) {
  const { document, number, scale, near, onSize } = props
  const { t } = useTexts()
  const canvas = useRef<HTMLCanvasElement>(null)
  const text = useRef<HTMLDivElement>(null)
  const [painted, setPainted] = useState(false)

  useEffect(() => {
    if (!near) return
    const sheet = canvas.current
    const layer = text.current
    if (!sheet || !layer) return
    let gone = false
    let painting: RenderTask | undefined
    let page: PDFPageProxy | undefined
    let writing: TextLayer | undefined
    const paint = async () => {
      page = await document.getPage(number)
      if (gone) return
      const viewport = page.getViewport({ scale })
      onSize(number, { width: viewport.width / scale, height: viewport.height / scale })
      const ratio = pixelRatio(viewport.width, viewport.height, window.devicePixelRatio)
      sheet.width = Math.floor(viewport.width * ratio)
      sheet.height = Math.floor(viewport.height * ratio)
      painting = page.render({ canvas: sheet, viewport, transform: [ratio, 0, 0, ratio, 0, 0] })
      await painting.promise
      if (gone) return
      setPainted(true)
      layer.replaceChildren()
      writing = new TextLayer({
        textContentSource: page.streamTextContent(),
        images: undefined,
        container: layer,
        viewport,
      })
      await writing.render()
    }
    paint().catch((reason: unknown) => {
      if (!gone) console.error('page cannot be painted', reason)
    })
    return () => {
      gone = true
      painting?.cancel()
      writing?.cancel()
      layer.replaceChildren()
      sheet.width = 0
      sheet.height = 0
      setPainted(false)
      page?.cleanup()
    }
  }, [document, number, scale, near, onSize])

  return (
    <figure
      className="pdf-page"
      aria-label={t('viewer.pageLabel', { page: number })}
      data-testid="pdf-page"
      data-page={number}
      data-rendered={painted ? 'true' : 'false'}
      style={{ width: props.size.width * scale, height: props.size.height * scale }}
    >
      <canvas ref={canvas} />
      <div
        ref={text}
        className="text-layer"
        style={{ '--total-scale-factor': scale } as React.CSSProperties}
      />
    </figure>
  )
}
