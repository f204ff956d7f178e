import { CircleCheck, TriangleAlert } from 'lucide-react'
import { lazy, Suspense, useRef } from 'react'
import type { SigningPlan } from '../../shared/contract/views.ts'
import { Button } from '../parts/Button.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { hasInk, keyMove, movedPlace, type Place, shownPlace } from './place.ts'

const PageThumbnail = lazy(() =>
  import('./PageThumbnail.tsx').then((loaded) => ({ default: loaded.PageThumbnail })),
)

/** The visible signature's place. `moved` when a person has put it elsewhere than planned. */
export interface BlockPlace {
  readonly page: number
  readonly place: Place
  readonly moved: boolean
  readonly overlaps: boolean
}

/** The page with the signature's block in its place and real size; pointer and arrow keys move it. */
export function PlaceEditor(props: {
  plan: SigningPlan
  block: BlockPlace
  disabled: boolean
  onChange: (block: BlockPlace) => void
}) {
  const { plan, block, onChange } = props
  const { t, count } = useTexts()
  const sheet = useRef<HTMLDivElement>(null)
  const grip = useRef<{ x: number; y: number; place: Place } | null>(null)
  const page = plan.pages[block.page - 1] ?? { width: 595, height: 842 }

  const overlapsAt = (place: Place) => {
    const canvas = sheet.current?.querySelector('canvas')
    const context = canvas?.getContext('2d', { willReadFrequently: true })
    if (!canvas || !context || canvas.width === 0) return false
    const scale = canvas.width / page.width
    const [width, height] = [Math.round(place.width * scale), Math.round(place.height * scale)]
    const top = Math.round((page.height - place.y - place.height) * scale)
    return hasInk(context.getImageData(Math.round(place.x * scale), top, width, height).data)
  }
  const put = (place: Place) =>
    onChange({ page: block.page, place, moved: true, overlaps: overlapsAt(place) })

  const drag = (event: React.PointerEvent) => {
    const start = grip.current
    const width = sheet.current?.clientWidth ?? 0
    if (!start || width === 0) return
    const points = page.width / width
    put(movedPlace(start.place, (event.clientX - start.x) * points, (start.y - event.clientY) * points, page))
  }
  const press = (event: React.KeyboardEvent) => {
    const step = keyMove(event.key, event.shiftKey)
    if (!step || props.disabled) return
    event.preventDefault()
    put(movedPlace(block.place, step[0], step[1], page))
  }
  const turn = (number: number) => onChange({ ...block, page: number, moved: true, overlaps: false })

  return (
    <section className="place-editor" aria-label={t('sign.place')}>
      <div className="place-head">
        <h3>{t('sign.place')}</h3>
        {plan.pageCount > 1 && (
          <div className="place-pages">
            <Button
              look="plain"
              size="small"
              aria-label={t('viewer.previousPage')}
              disabled={props.disabled || block.page <= 1}
              onClick={() => turn(block.page - 1)}
            >
              ‹
            </Button>
            <span>{t('viewer.page', { page: count(block.page), pages: count(plan.pageCount) })}</span>
            <Button
              look="plain"
              size="small"
              aria-label={t('viewer.nextPage')}
              disabled={props.disabled || block.page >= plan.pageCount}
              onClick={() => turn(block.page + 1)}
            >
              ›
            </Button>
          </div>
        )}
      </div>
      <div ref={sheet} className="place-sheet" style={{ aspectRatio: `${page.width} / ${page.height}` }}>
        <Suspense>
          <PageThumbnail
            sha256={plan.sha256}
            page={block.page}
            onPainted={() => block.moved && onChange({ ...block, overlaps: overlapsAt(block.place) })}
          />
        </Suspense>
        <button
          type="button"
          className={block.overlaps ? 'place-block place-block-overlaps' : 'place-block'}
          style={shownPlace(block.place, page)}
          disabled={props.disabled}
          aria-label={`${plan.signerName} ${t('sign.blockWord')} ${t('sign.block', {
            page: block.page,
            x: Math.round(block.place.x),
            y: Math.round(block.place.y),
          })}`}
          onKeyDown={press}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId)
            grip.current = { x: event.clientX, y: event.clientY, place: block.place }
          }}
          onPointerMove={drag}
          onPointerUp={() => {
            grip.current = null
          }}
        >
          <span className="place-name one-line" aria-hidden="true">
            {plan.signerName}
          </span>
          <span className="place-word one-line" aria-hidden="true">
            {t('sign.blockWord')}
          </span>
        </button>
      </div>
      <p className={block.overlaps ? 'place-note place-note-warn' : 'place-note'} role="status">
        {block.overlaps ? (
          <TriangleAlert size={15} aria-hidden="true" />
        ) : (
          <CircleCheck size={15} aria-hidden="true" />
        )}
        {t(block.overlaps ? 'sign.overlap' : 'sign.noOverlap')}
      </p>
      <p className="place-hint">{t('sign.placeHint')}</p>
    </section>
  )
}
