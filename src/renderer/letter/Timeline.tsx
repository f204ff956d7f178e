import {
  Archive,
  BadgeCheck,
  Building2,
  Dot,
  FilePenLine,
  FilePlus2,
  Forward,
  Hash,
  Hourglass,
  Inbox,
  type LucideIcon,
  Mail,
  PenLine,
  Send,
  ShieldCheck,
  Undo2,
} from 'lucide-react'
import { SERVER_ACTOR } from '../../shared/contract/letter.ts'
import type { LetterDetail, TimelineEntry } from '../../shared/contract/views.ts'
import { useTexts } from '../texts/useTexts.ts'
import { entryWords } from './entryWords.ts'
import { WaitingEntry } from './WaitingEntry.tsx'

const ICONS: Partial<Record<TimelineEntry['event']['body']['type'], LucideIcon>> = {
  drafted: FilePlus2,
  proposed: Send,
  'number-bound': Hash,
  signed: BadgeCheck,
  augmented: ShieldCheck,
  returned: Undo2,
  forwarded: Forward,
  revised: FilePenLine,
  recalled: Undo2,
  'check-requested': Send,
  'check-returned': Undo2,
  endorsed: PenLine,
  delivered: Building2,
  'delivery-received': Inbox,
  'delivery-returned': Undo2,
  received: Inbox,
  registered: Inbox,
  dispatched: Mail,
  'signed-on-paper': BadgeCheck,
  stored: Archive,
}

/** The letter's way (เส้นทาง): who did what when, oldest first, then what waits on this device. */
export function Timeline({ letter }: { letter: LetterDetail }) {
  const { t } = useTexts()
  const open = letter.legs.find((leg) => leg.outcome === 'open')
  const openTitle = open && letter.timeline.findLast((entry) => entry.toTitle)?.toTitle
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reachable by keyboard
    <section className="route-pane ring-inside" aria-label={t('letter.tabRoute')} tabIndex={0}>
      <ol className="timeline" aria-label={t('timeline.label')}>
        {letter.timeline.map((entry) => (
          <Entry key={entry.event.hash} entry={entry} />
        ))}
        {openTitle && (
          <li className="entry entry-now">
            <span className="entry-mark" aria-hidden="true">
              <Hourglass size={16} />
            </span>
            <div className="entry-words">
              <p>
                <strong>{t('timeline.now')}</strong> {t('timeline.nowWith', { position: openTitle })}
              </p>
            </div>
          </li>
        )}
        {letter.waiting.map((command) => (
          <WaitingEntry key={command.commandId} command={command} />
        ))}
      </ol>
    </section>
  )
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const texts = useTexts()
  const { t, dayAndTime } = texts
  const { event } = entry
  const Icon = ICONS[event.body.type] ?? Dot
  const words = entryWords(entry, texts)
  return (
    <li className={`entry entry-${event.body.type}`} data-testid="timeline-entry" data-type={event.body.type}>
      <span className="entry-mark" aria-hidden="true">
        <Icon size={16} />
      </span>
      <div className="entry-words">
        <p>
          <strong>{event.actor === SERVER_ACTOR ? t('timeline.server') : entry.actorName}</strong>
          {entry.positionTitle && <span className="entry-position"> {entry.positionTitle}</span>}{' '}
          <span className="entry-deed">{words.deed}</span>
        </p>
        {entry.onBehalfOfName && (
          <p className="entry-detail">{t('timeline.onBehalfOf', { name: entry.onBehalfOfName })}</p>
        )}
        {words.detail && <p className="entry-detail">{words.detail}</p>}
        {words.quote && (
          <blockquote className="entry-quote">
            <span>{t(words.quote.label)}</span>
            {words.quote.text}
          </blockquote>
        )}
        {entry.copyNames.length > 0 && (
          <p className="entry-detail">{t('timeline.copies', { names: entry.copyNames.join(', ') })}</p>
        )}
      </div>
      <time className="entry-time" dateTime={event.serverTime}>
        {dayAndTime(event.serverTime)}
      </time>
    </li>
  )
}
