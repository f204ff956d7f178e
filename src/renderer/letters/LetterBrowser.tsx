import { MailOpen } from 'lucide-react'
import type { ReactNode } from 'react'
import type { LetterRow } from '../../shared/contract/views.ts'
import { useLayout } from '../app/useLayout.ts'
import { LetterView } from '../letter/LetterView.tsx'
import { Empty } from '../parts/Empty.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { LetterList } from './LetterList.tsx'

/** A list of letters and the reader beside it; on a narrow window one at a time. */
export function LetterBrowser(props: {
  title: string
  head?: ReactNode
  rows: readonly LetterRow[]
  loading: boolean
  openId: string | null
  emptyTitle: string
  emptyNext: string
  /** Opens a letter, or with null goes back to the list. */
  onOpen: (letterId: string | null) => void
}) {
  const { t, count } = useTexts()
  const single = useLayout() === 'single'
  const { rows, openId } = props
  return (
    <div className="browser">
      {!(single && openId) && (
        <section className="list-pane" aria-label={props.title}>
          <header className="list-head">
            <h1>
              {props.title}{' '}
              <span className="list-head-count">{t('list.count', { count: count(rows.length) })}</span>
            </h1>
            {props.head}
          </header>
          <div className="list-scroll">
            <LetterList {...props} onOpen={props.onOpen} />
          </div>
        </section>
      )}
      {openId ? (
        <LetterView
          key={openId}
          letterId={openId}
          siblings={rows}
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
