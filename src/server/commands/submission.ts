import { createHash } from 'node:crypto'
import type { Command, ServerCommand } from '../../shared/contract/letter.ts'
import type { CommandResult } from '../../shared/contract/sync.ts'
import type { RevisionEvidence } from '../../shared/domain/decide.ts'
import { sortedJson } from '../../shared/domain/eventChain.ts'
import type { Outcome, Refusal } from '../../shared/outcome.ts'
import type { RefusalCode } from '../../shared/refusals.ts'

/** A command on its way through the queue. */
export interface Submission {
  readonly command: Command | ServerCommand
  readonly actor: string
  readonly device: string
  /** What the checked file of a `sign` command says. */
  readonly evidence?: Outcome<RevisionEvidence>
  /** Why the file of a `draft` command cannot be used. */
  readonly fileRefusal?: Refusal
}

/** What makes two submissions the same: the person and every word of the command. */
export const bodyHash = ({ actor, command }: { readonly actor: string; readonly command: object }): string =>
  createHash('sha256').update(sortedJson({ actor, command })).digest('hex')

/**
 * Refusals that say "not yet": what is missing may still arrive, so they are not kept as the command's answer and
 * sending it again decides anew.
 */
export const passing: ReadonlySet<RefusalCode> = new Set([
  'file-missing',
  'letter-unknown',
  'number-needs-server',
  'server-clock-wrong',
])

/** The answer that refuses a command, to a letter or to the office. */
export const refused = (
  id: string,
  { code, detail }: Refusal,
): Extract<CommandResult, { outcome: 'refused' }> => ({
  id,
  outcome: 'refused',
  refusal: detail ? { code, detail: { ...detail } } : { code },
})
