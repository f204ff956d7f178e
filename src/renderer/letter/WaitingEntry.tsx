import { CloudUpload } from 'lucide-react'
import type { WaitingCommand } from '../../shared/contract/views.ts'
import { RefusalPanel } from '../parts/Panel.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { WaitingState } from '../waiting/WaitingState.tsx'

/** A command that the server has not accepted, at the end of the timeline and in a style of its own. */
export function WaitingEntry({ command }: { command: WaitingCommand }) {
  const { t, dayAndTime } = useTexts()
  return (
    <li
      className="entry entry-waiting"
      data-testid="timeline-entry"
      data-type={command.type}
      data-state={command.state}
    >
      <span className="entry-mark" aria-hidden="true">
        <CloudUpload size={16} />
      </span>
      <div className="entry-words">
        <p>
          <strong>{t(`command.${command.type}`)}</strong> <WaitingState state={command.state} />
        </p>
        {command.text && <blockquote className="entry-quote">{command.text}</blockquote>}
        {command.refusal && <RefusalPanel refusal={command.refusal} />}
      </div>
      <time className="entry-time" dateTime={command.since}>
        {dayAndTime(command.since)}
      </time>
    </li>
  )
}
