import { AlarmClock, CloudUpload, Hourglass } from 'lucide-react'
import { memo } from 'react'
import type { LetterRow } from '../../shared/contract/views.ts'
import { Chip } from '../parts/Chip.tsx'
import { SecrecyChip } from '../parts/SecrecyChip.tsx'
import { UrgencyChip } from '../parts/UrgencyChip.tsx'
import { useTexts } from '../texts/useTexts.ts'

/** One letter: its subject alone, then urgency, number, sender, waiting work, who has it, and when it changed. */
export const LetterRowButton = memo(function LetterRowButton(props: {
  row: LetterRow
  open: boolean
  /** Whether the Tab key stops here; the list has one stop, and its own keys move within. */
  tabStop: boolean
  now: string
  /** The position whose tray the list is: letters that are there do not say so. */
  here: string | undefined
  onOpen: (letterId: string) => void
}) {
  const { t, count, when, number, dayAndTime } = useTexts()
  const { row } = props
  return (
    <button
      type="button"
      className={`letter-row ring-inside${row.unread ? ' letter-row-unread' : ''}`}
      tabIndex={props.tabStop ? 0 : -1}
      aria-current={props.open ? 'true' : undefined}
      title={row.subject}
      data-testid="letter-row"
      data-letter-id={row.letterId}
      onClick={() => props.onOpen(row.letterId)}
    >
      <span className="letter-row-subject one-line">
        {row.unread && <span className="visually-hidden">{t('list.unread')} </span>}
        {row.subject}
      </span>
      <span className="letter-row-line">
        <UrgencyChip urgency={row.urgency} />
        <SecrecyChip secrecy={row.secrecy} />
        {row.overdue && (
          <Chip tone="red" icon={AlarmClock}>
            {t('list.overdue')}
          </Chip>
        )}
        {row.dueAt && !row.overdue && (
          <span className="letter-row-due">{t('list.due', { when: dayAndTime(row.dueAt) })}</span>
        )}
        {row.number && (
          <span className="letter-row-number">{t('list.number', { number: number(row.number) })}</span>
        )}
        <span className="letter-row-from one-line">{row.from}</span>
        {row.waiting > 0 && (
          <span className="letter-row-waiting">
            <CloudUpload size={15} aria-hidden="true" />
            <span aria-hidden="true">{count(row.waiting)}</span>
            <span className="visually-hidden">{t('list.waiting', { count: row.waiting })}</span>
          </span>
        )}
        {row.withPosition && row.withPosition !== props.here && (
          <span className="letter-row-with">
            <Hourglass size={14} aria-hidden="true" />
            <span className="visually-hidden">{t('list.with', { position: '' })}</span>
            <span className="one-line">{row.withPosition}</span>
          </span>
        )}
        <time className="letter-row-date" dateTime={row.changedAt}>
          {when(row.changedAt, props.now)}
        </time>
      </span>
    </button>
  )
})
