import type { RenderTask } from 'pdfjs-dist'
import { useEffect, useRef } from 'react'
import { readDocument } from '../reader/documents.ts'

/** Pixels across a page's picture: enough to recognise the page and to see what is printed where. */
const WIDTH = 680

/** A picture of one page of a kept file. */
export function PageThumbnail(props: { sha256: string; page: number; onPainted: () => void }) {
  const { sha256, page } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const painted = useRef(props.onPainted)
  useEffect(() => {
    painted.current = props.onPainted
  })
  useEffect(() => {
    const sheet = canvas.current
    if (!sheet) return
    let gone = false
    let painting: RenderTask | undefined
    delete sheet.dataset.rendered
    const reading = readDocument(sha256)
    const paint = async () => {
      const paper = await (await reading.document).getPage(page)
      if (gone) return
      const natural = paper.getViewport({ scale: 1 })
      const viewport = paper.getViewport({ scale: WIDTH / natural.width })
      sheet.width = Math.round(viewport.width)
      sheet.height = Math.round(viewport.height)
      painting = paper.render({ canvas: sheet, viewport })
      await painting.promise
      if (gone) return
      sheet.dataset.rendered = 'true'
      painted.current()
    }
    paint().catch((reason: unknown) => {
      if (!gone) console.error('page picture cannot be painted', reason)
    })
    return () => {
      gone = true
      painting?.cancel()
      reading.end()
    }
  }, [sha256, page])
  return <canvas ref={canvas} className="place-page" />
}
