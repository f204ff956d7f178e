import { ChevronDown, ChevronUp, Minus, MoveHorizontal, Plus } from 'lucide-react'
import { Button } from '../parts/Button.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { percentOf } from './zoom.ts'

/** Zoom and page above the paper, in words and figures. */
export function ReaderTools(props: {
  scale: number
  fit: boolean
  page: number
  pages: number
  onStep: (direction: 1 | -1) => void
  onFit: () => void
  onPage: (page: number) => void
}) {
  const { t, count } = useTexts()
  return (
    <div className="reader-tools" role="toolbar" aria-label={t('viewer.tools')}>
      <Button look="plain" icon={Minus} aria-label={t('viewer.zoomOut')} onClick={() => props.onStep(-1)} />
      <output className="reader-zoom">{count(percentOf(props.scale))}%</output>
      <Button look="plain" icon={Plus} aria-label={t('viewer.zoomIn')} onClick={() => props.onStep(1)} />
      <Button look="plain" icon={MoveHorizontal} aria-pressed={props.fit} onClick={props.onFit}>
        {t('viewer.fit')}
      </Button>
      <span className="reader-space" />
      <Button
        look="plain"
        icon={ChevronUp}
        aria-label={t('viewer.previousPage')}
        disabled={props.page <= 1}
        onClick={() => props.onPage(props.page - 1)}
      />
      <output className="reader-page">
        {props.pages > 0 && t('viewer.page', { page: count(props.page), pages: count(props.pages) })}
      </output>
      <Button
        look="plain"
        icon={ChevronDown}
        aria-label={t('viewer.nextPage')}
        disabled={props.page >= props.pages}
        onClick={() => props.onPage(props.page + 1)}
      />
    </div>
  )
}
