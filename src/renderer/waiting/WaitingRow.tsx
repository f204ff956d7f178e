import { FilePenLine, FilePlus2, Forward, Hash, type LucideIcon, Send, Signature, Undo2 } from 'lucide-react'
import type { WaitingCommand } from '../../shared/contract/views.ts'
import { useNow } from '../texts/useNow.ts'
import { useTexts } from '../texts/useTexts.ts'
import { WaitingState } from './WaitingState.tsx'

const ICONS: Partial<Record<WaitingCommand['type'], LucideIcon>> = {
  draft: FilePlus2,
  propose: Send,
  'bind-number': Hash,
  sign: Signature,
  return: Undo2,
  forward: Forward,
}

/** One command that waits: what it does to which letter, how long it has waited, and its state. */
export function WaitingRow({ command }: { command: WaitingCommand }) {
  const { t, age } = useTexts()
  const now = useNow()
  const Icon = ICONS[command.type] ?? FilePenLine
  return (
    <tr data-testid="waiting-row" data-state={command.state}>
      <td>
        <span className="waiting-what">
          <span className="waiting-icon" aria-hidden="true">
            <Icon size={17} />
          </span>
          <span className="waiting-words">
            <span className="one-line" title={command.subject}>
              <strong>{t(`command.${command.type}`)}</strong> {command.subject}
            </span>
            <span className="waiting-note one-line">
              {command.text ||
                t(command.state === 'sent' ? 'waitingWork.sentNote' : 'waitingWork.waitingNote')}
            </span>
          </span>
        </span>
      </td>
      <td className="waiting-age">{age(command.since, now)}</td>
      <td className="waiting-state">
        <WaitingState state={command.state} />
      </td>
    </tr>
  )
}
