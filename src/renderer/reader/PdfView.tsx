import './reader.css'
import { FileWarning } from 'lucide-react'
import { useCallback, useRef, useState } from 'react'
import { Empty } from '../parts/Empty.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { copiedText } from './copiedText.ts'
import { PdfPage } from './PdfPage.tsx'
import { ReaderTools } from './ReaderTools.tsx'
import { type PageSize, useDocument } from './useDocument.ts'
import { usePagesInView } from './usePagesInView.ts'
import { useReadingPlace } from './useReadingPlace.ts'
import { useRoom } from './useRoom.ts'
import { scaleOf, type Zoom, zoomStep } from './zoom.ts'

/** Space beside the paper, in CSS pixels, both sides together. */
const MARGIN = 48

function copy(event: React.ClipboardEvent) {
  const selection = document.getSelection()
  if (!selection || selection.isCollapsed) return
  event.clipboardData.setData('text/plain', copiedText(selection.getRangeAt(0).cloneContents()))
  event.preventDefault()
}

/** The pages of a kept file. `placeName` names the reading place that is kept when one comes back. */
export function PdfView(props: { sha256: string; placeName: string; title: string }) {
  const { t } = useTexts()
  const opened = useDocument(props.sha256)
  const pane = useRef<HTMLElement>(null)
  const room = useRoom(pane)
  const [zoom, setZoom] = useState<Zoom>('fit')
  const [sizes, setSizes] = useState<ReadonlyMap<number, PageSize>>(new Map())
  const onSize = useCallback((number: number, size: PageSize) => {
    setSizes((known) => {
      const before = known.get(number)
      const same = before?.width === size.width && before.height === size.height
      return same ? known : new Map(known).set(number, size)
    })
  }, [])

  const first = opened.state === 'open' ? opened.first : { width: 595, height: 842 }
  const pages = opened.state === 'open' ? opened.document.numPages : 0
  const scale = scaleOf(zoom, first.width, room - MARGIN)
  const { near, current } = usePagesInView(pane, pages)
  useReadingPlace(pane, props.placeName, pages > 0 && room > 0)

  const goTo = (number: number) =>
    pane.current?.querySelector(`[data-page="${number}"]`)?.scrollIntoView({ block: 'start' })
  const step = (direction: 1 | -1) => setZoom(zoomStep(scale, direction))
  const keys: Record<string, () => void> = {
    '+': () => step(1),
    '=': () => step(1),
    '-': () => step(-1),
    '0': () => setZoom('fit'),
    home: () => goTo(1),
    end: () => goTo(pages),
  }

  return (
    <div className="reader">
      <ReaderTools
        scale={scale}
        fit={zoom === 'fit'}
        page={current}
        pages={pages}
        onStep={step}
        onFit={() => setZoom('fit')}
        onPage={goTo}
      />
      <section
        ref={pane}
        className="viewer ring-inside"
        aria-label={t('viewer.label', { title: props.title })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reachable by keyboard
        tabIndex={0}
        onCopy={copy}
        onKeyDown={(event) => {
          const action = keys[event.key.toLowerCase()]
          if (!action || event.altKey) return
          event.preventDefault()
          action()
        }}
      >
        {opened.state === 'opening' && (
          <p className="viewer-note" role="status">
            {t('viewer.opening')}
          </p>
        )}
        {opened.state === 'failed' && <Empty icon={FileWarning} title={t('viewer.failed')} />}
        {opened.state === 'open' &&
          room > 0 &&
          Array.from({ length: pages }, (_, index) => index + 1).map((number) => (
            <PdfPage
              key={number}
              document={opened.document}
              number={number}
              size={sizes.get(number) ?? first}
              scale={scale}
              near={near.has(number)}
              onSize={onSize}
            />
          ))}
      </section>
    </div>
  )
}
