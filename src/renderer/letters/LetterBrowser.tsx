import { MailOpen } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import type { LetterRow } from '../../shared/contract/views.ts'
import { useLayout } from '../app/useLayout.ts'
import { LetterView } from '../letter/LetterView.tsx'
import { Empty } from '../parts/Empty.tsx'
import { useNow } from '../texts/useNow.ts'
import { useTexts } from '../texts/useTexts.ts'
import { type Grouping, groupsOf } from './groups.ts'
import { LetterList, type ListState } from './LetterList.tsx'
import { useListPlace } from './useListPlace.ts'

/** A list of letters and the reader beside it; on a narrow window one at a time. */
export function LetterBrowser(props: {
  title: string
  head?: ReactNode
  rows: readonly LetterRow[]
  grouping: Grouping
  /** The position whose tray it is. */
  here?: string
  state: ListState
  openId: string | null
  emptyTitle: string
  emptyNext: string
  /** Opens a letter, or with null goes back to the list. */
  onOpen: (letterId: string | null) => void
}) {
  const { t, count } = useTexts()
  const single = useLayout() === 'single'
  const now = useNow()
  const { openId, grouping } = props
  const groups = useMemo(() => groupsOf(props.rows, grouping, now), [props.rows, grouping, now])
  const rows = useMemo(() => groups.flatMap((group) => group.rows), [groups])
  const { leftAt } = useListPlace(rows, openId, `${props.title}/${props.here}`)
  return (
    <div className="browser">
      {!(single && openId) && (
        <section className="list-pane" aria-label={props.title}>
          <header className="list-head">
            <h1>
              {props.title}{' '}
              {props.state === 'here' && (
                <span className="list-head-count">{t('list.count', { count: count(rows.length) })}</span>
              )}
            </h1>
            {props.head}
          </header>
          <div className="list-scroll">
            <LetterList
              groups={groups}
              rows={rows}
              state={props.state}
              openId={openId}
              leftAt={leftAt}
              here={props.here}
              emptyTitle={props.emptyTitle}
              emptyNext={props.emptyNext}
              onOpen={props.onOpen}
            />
          </div>
        </section>
      )}
      {openId ? (
        <LetterView
          key={openId}
          letterId={openId}
          siblings={rows}
          leftAt={leftAt}
          onOpen={props.onOpen}
          back={single ? () => props.onOpen(null) : undefined}
        />
      ) : (
        !single && (
          <div className="reader-empty">
            <Empty icon={MailOpen} title={t('list.choose')} next={t('list.chooseKeys')} />
          </div>
        )
      )}
    </div>
  )
}
