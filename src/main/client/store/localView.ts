import type { Command, LetterEvent, Signer } from '../../../shared/contract/letter.ts'
import { decide, type RevisionEvidence } from '../../../shared/domain/decide.ts'
import { chainEvents } from '../../../shared/domain/eventChain.ts'
import { evolve, foldLetter } from '../../../shared/domain/evolve.ts'
import type { Letter } from '../../../shared/domain/letter.ts'
import type { Directory } from '../../../shared/domain/organisation.ts'
import { accept, type Outcome } from '../../../shared/outcome.ts'

/** What a command of this device needs to be decided here besides the letter. */
export interface PendingCommand {
  readonly command: Command
  /** Of a `sign` command: what its file says, known because this device wrote it. */
  readonly evidence: RevisionEvidence | null
}

/** Who decides locally, and with which organisation. */
export interface LocalActor {
  readonly personId: string
  readonly directory: Directory
}

/**
 * The longest part of a letter's log that has no gap. An answer to our own command may arrive before another
 * device's earlier event has been pulled.
 */
export function withoutGap(events: readonly LetterEvent[]): LetterEvent[] {
  const end = events.findIndex((event, index) => event.version !== index + 1)
  return end === -1 ? [...events] : events.slice(0, end)
}

/** What `pending` would do to `letter`, decided as the server will decide it. */
export function decideLocally(letter: Letter | undefined, pending: PendingCommand, actor: LocalActor) {
  return decide(letter, pending.command, {
    directory: actor.directory,
    actor: actor.personId,
    now: pending.command.clientTime,
    evidence: accept(pending.evidence ?? { signer: unknownSigner, numberText: null, dateText: null }),
  })
}

/**
 * The letter as its user sees it: the confirmed log with the waiting commands on top. What cannot be decided here,
 * such as a number that only the server issues, waits without effect.
 */
export function foldView(
  confirmed: readonly LetterEvent[],
  waiting: readonly PendingCommand[],
  actor: LocalActor,
): Letter | undefined {
  return waiting.reduce((letter, pending) => {
    const decided = decideLocally(letter, pending, actor)
    if (!decided.ok) return letter
    const { command } = pending
    // What it does to other letters is the server's to tell.
    const own = decided.value.filter(({ letterId }) => letterId === undefined)
    return chainEvents(letter, own, {
      command,
      actor: actor.personId,
      device: '',
      serverTime: command.clientTime,
    }).reduce<Letter | undefined>((folded, event) => evolve(folded, event), letter)
  }, foldLetter(confirmed))
}

/** Whether a refusal means only that this device cannot decide it: the command goes to the server all the same. */
export const waitsForServer = (outcome: Outcome<unknown>): boolean =>
  !outcome.ok && outcome.refusal.code === 'number-needs-server'

const unknownSigner: Signer = { commonName: '', email: null, serial: '', fingerprint: '0'.repeat(64) }
