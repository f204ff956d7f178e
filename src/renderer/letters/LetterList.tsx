import './letters.css'
import { Inbox } from 'lucide-react'
import { useRef } from 'react'
import type { LetterRow } from '../../shared/contract/views.ts'
import { useKeys } from '../app/keys.ts'
import { useLayout } from '../app/useLayout.ts'
import { Empty } from '../parts/Empty.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { LetterRowButton } from './LetterRowButton.tsx'
import { neighbour } from './neighbour.ts'

/**
 * The letters of a folder. J, K and the arrows move; with a reader beside the list the letter moved to is opened,
 * otherwise Enter opens it.
 */
export function LetterList(props: {
  rows: readonly LetterRow[]
  loading: boolean
  openId: string | null
  emptyTitle: string
  emptyNext: string
  onOpen: (letterId: string) => void
}) {
  const { t } = useTexts()
  const list = useRef<HTMLUListElement>(null)
  const single = useLayout() === 'single'
  const move = (step: 1 | -1) => {
    const focused = list.current?.querySelector(':focus')?.getAttribute('data-letter-id') ?? null
    const next = neighbour(props.rows, focused ?? props.openId, step)
    if (!next) return false
    list.current?.querySelector<HTMLElement>(`[data-letter-id="${next.letterId}"]`)?.focus()
    if (!single) props.onOpen(next.letterId)
    return true
  }
  const arrow = (step: 1 | -1) => {
    const inPages = document.activeElement?.closest('.viewer, [role="tablist"], .route-pane') != null
    return inPages ? false : move(step)
  }
  useKeys({
    keyj: () => move(1),
    keyk: () => move(-1),
    arrowdown: () => arrow(1),
    arrowup: () => arrow(-1),
  })

  if (props.rows.length === 0) {
    return props.loading ? (
      <p className="list-loading" role="status">
        {t('common.loading')}
      </p>
    ) : (
      <Empty icon={Inbox} title={props.emptyTitle} next={props.emptyNext} />
    )
  }
  return (
    <ul ref={list} className="letter-list" aria-label={t('list.letters')}>
      {props.rows.map((row) => (
        <li key={row.letterId}>
          <LetterRowButton row={row} open={row.letterId === props.openId} onOpen={props.onOpen} />
        </li>
      ))}
    </ul>
  )
}
