import { memo } from 'react'
import type { FoundLetter } from '../../shared/contract/views.ts'
import { Chip, type Tone } from '../parts/Chip.tsx'
import { SecrecyChip } from '../parts/SecrecyChip.tsx'
import { UrgencyChip } from '../parts/UrgencyChip.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { Marked } from './Marked.tsx'

const TONES: Partial<Record<FoundLetter['stage'], Tone>> = {
  signed: 'green',
  ordered: 'green',
  proposed: 'blue',
  returned: 'red',
  cancelled: 'red',
}

/** A found letter: its subject, why it was found where the subject does not say so, then numbers, sender, state and date. */
export const FoundRow = memo(function FoundRow(props: {
  row: FoundLetter
  open: boolean
  /** Whether the Tab key stops here. */
  tabStop: boolean
  onOpen: (letterId: string) => void
}) {
  const { t, number, day } = useTexts()
  const { row } = props
  return (
    <button
      type="button"
      className={`found-row ring-inside${row.unread ? ' letter-row-unread' : ''}`}
      tabIndex={props.tabStop ? 0 : -1}
      aria-current={props.open ? 'true' : undefined}
      title={row.subject}
      data-testid="found-row"
      data-letter-id={row.letterId}
      onClick={() => props.onOpen(row.letterId)}
    >
      <span className="letter-row-subject one-line">
        <Marked text={row.subject} marks={row.subjectMarks} />
      </span>
      {row.snippet && (
        <span className="found-row-snippet">
          <span className="found-row-field">{t(`search.field.${row.snippet.field}`)}</span>
          <span className="one-line">
            <Marked text={row.snippet.text} marks={row.snippet.marks} />
          </span>
        </span>
      )}
      <span className="letter-row-line">
        <UrgencyChip urgency={row.urgency} />
        <SecrecyChip secrecy={row.secrecy} />
        <Chip tone={TONES[row.stage] ?? 'plain'}>{t(`search.stage.${row.stage}`)}</Chip>
        {row.number && (
          <span className="letter-row-number">{t('list.number', { number: number(row.number) })}</span>
        )}
        {row.receiptNumber && (
          <span className="letter-row-number">
            {t('search.receipt', { number: number(row.receiptNumber) })}
          </span>
        )}
        <span className="letter-row-from one-line">{row.from}</span>
        <time className="letter-row-date" dateTime={row.date ?? row.changedAt}>
          {day(row.date ?? row.changedAt)}
        </time>
      </span>
    </button>
  )
})
