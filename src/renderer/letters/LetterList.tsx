import './letters.css'
import { Inbox } from 'lucide-react'
import { useCallback, useEffect, useId, useLayoutEffect, useRef } from 'react'
import type { LetterRow } from '../../shared/contract/views.ts'
import { useKeys } from '../app/keys.ts'
import { useLayout } from '../app/useLayout.ts'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { useNow } from '../texts/useNow.ts'
import { useTexts } from '../texts/useTexts.ts'
import type { LetterGroup } from './groups.ts'
import { LetterRowButton } from './LetterRowButton.tsx'
import { neighbour } from './neighbour.ts'

/** Whether the letters are here, and how to ask again when they could not be read. */
export type ListState = 'here' | 'loading' | { readonly retry: () => void }

/** The button of a letter in the list. */
const rowIn = (list: HTMLElement | null, letterId: string | undefined) =>
  list?.querySelector<HTMLElement>(`[data-letter-id="${letterId}"]`)

/** Up to so many letters are seen at once and need no headings. */
const FEW = 6

/**
 * The letters of a folder. J, K and the arrows move; with a reader beside the list the letter moved to is opened,
 * otherwise Enter opens it.
 */
export function LetterList(props: {
  groups: readonly LetterGroup[]
  /** The letters of all groups in order. */
  rows: readonly LetterRow[]
  state: ListState
  openId: string | null
  /** Where the letter stood that was open last. */
  leftAt: number | undefined
  /** The position whose tray it is: not named on every row. */
  here: string | undefined
  emptyTitle: string
  emptyNext: string
  onOpen: (letterId: string) => void
}) {
  const { t, count } = useTexts()
  const now = useNow()
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const single = useLayout() === 'single'
  const { rows, groups, openId, leftAt } = props

  const move = (step: 1 | -1) => {
    const focused = list.current?.querySelector(':focus')?.getAttribute('data-letter-id') ?? null
    const next = neighbour(rows, focused ?? openId, step, leftAt)
    if (!next) return false
    rowIn(list.current, next.letterId)?.focus()
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

  // Back from a letter that had the window to itself: the list is where it was.
  const returnTo =
    openId === null && leftAt !== undefined ? rows[Math.min(leftAt, rows.length - 1)] : undefined
  const first = useRef(returnTo?.letterId)
  useLayoutEffect(() => {
    const row = rowIn(list.current, first.current)
    row?.scrollIntoView({ block: 'center' })
    row?.focus()
  }, [])

  // Rows are many and keep their handler, so that opening one draws two of them and not all.
  const open = useRef(props.onOpen)
  useEffect(() => {
    open.current = props.onOpen
  })
  const onOpen = useCallback((letterId: string) => open.current(letterId), [])

  if (rows.length === 0) {
    if (typeof props.state === 'object') return <Failed onRetry={props.state.retry} />
    return props.state === 'loading' ? (
      <p className="list-loading" role="status">
        {t('common.loading')}
      </p>
    ) : (
      <Empty icon={Inbox} title={props.emptyTitle} next={props.emptyNext} />
    )
  }
  const stop = rows.find((row) => row.letterId === openId) ?? rows[Math.min(leftAt ?? 0, rows.length - 1)]
  const headed = groups.length > 1 && rows.length > FEW
  return (
    <div ref={list}>
      {groups.map((group) => (
        <section key={group.name}>
          {headed && (
            <h2 className="list-group" id={`${listId}-${group.name}`}>
              <span>{t(group.name)}</span>
              <span>{count(group.rows.length)}</span>
            </h2>
          )}
          <ul
            className="letter-list"
            {...(headed
              ? { 'aria-labelledby': `${listId}-${group.name}` }
              : { 'aria-label': t('list.letters') })}
          >
            {group.rows.map((row) => (
              <li key={row.letterId}>
                <LetterRowButton
                  row={row}
                  open={row.letterId === openId}
                  tabStop={row.letterId === stop?.letterId}
                  now={now}
                  here={props.here}
                  onOpen={onOpen}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
