import {
  Archive,
  BadgeCheck,
  CircleCheck,
  CircleX,
  FilePenLine,
  FileText,
  Gavel,
  Inbox,
  type LucideIcon,
  SearchCheck,
  Send,
  Undo2,
} from 'lucide-react'
import type { LetterRow } from '../../shared/contract/views.ts'
import { OWN_FOLDERS, TRAY_FOLDERS } from '../app/place.ts'
import { useTrays } from '../app/useTrays.ts'
import { useLettersOf } from '../letters/useLettersOf.ts'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import type { Texts } from '../texts/texts.ts'
import { useNow } from '../texts/useNow.ts'
import { useTexts } from '../texts/useTexts.ts'
import { useOpenLetter } from '../waiting/useOpenLetter.ts'

const ICONS: Record<LetterRow['stage'], LucideIcon> = {
  draft: FilePenLine,
  checking: SearchCheck,
  registered: Inbox,
  proposed: Send,
  signed: BadgeCheck,
  ordered: Gavel,
  returned: Undo2,
  closed: CircleCheck,
  cancelled: CircleX,
  stored: Archive,
  gone: Archive,
}
const SHOWN = 20

/** What happened to a letter last, as its stage tells it. */
function changeWords(row: LetterRow, { t }: Texts): string {
  if (row.stage === 'proposed') return t('portal.changeProposed', { position: row.withPosition ?? '' })
  return t(`portal.change.${row.stage}`)
}

/** The letters that changed last, over all trays of this person. */
export function RecentChanges() {
  const texts = useTexts()
  const { t, number, when } = texts
  const now = useNow()
  const open = useOpenLetter()
  const { positions, own } = useTrays()
  const { rows, state } = useLettersOf([
    ...positions.flatMap(({ positionId }) => TRAY_FOLDERS.map((folder) => ({ folder, positionId }))),
    ...(own ? OWN_FOLDERS.map((folder) => ({ folder, positionId: null })) : []),
  ])
  return (
    <section className="portal-card changes-card" aria-labelledby="changes-title">
      <header className="portal-card-head">
        <h2 id="changes-title">{t('portal.changes')}</h2>
      </header>
      {rows.length === 0 && state === 'here' && <Empty icon={FileText} title={t('portal.noChanges')} />}
      {typeof state === 'object' && <Failed onRetry={state.retry} />}
      <ul className="changes">
        {rows.slice(0, SHOWN).map((row) => {
          const Icon = ICONS[row.stage]
          return (
            <li key={row.letterId}>
              <button type="button" className="change ring-inside" onClick={() => open(row.letterId)}>
                <span className={`change-icon change-${row.stage}`} aria-hidden="true">
                  <Icon size={17} />
                </span>
                <span className="change-words">
                  <span className="one-line" title={row.subject}>
                    <strong>{changeWords(row, texts)}</strong> {row.subject}
                  </span>
                  <span className="change-detail one-line">
                    {[
                      t('portal.by', { name: row.changedBy }),
                      row.number ? t('list.number', { number: number(row.number) }) : t('list.noNumber'),
                      t('portal.from', { from: row.from }),
                    ].join(' · ')}
                  </span>
                </span>
                <time dateTime={row.changedAt}>{when(row.changedAt, now)}</time>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
