import type { Kysely } from 'kysely'
import type { Command } from '../../shared/contract/letter.ts'
import type { CommandResult } from '../../shared/contract/sync.ts'
import type { Caller } from '../accounts/sessions.ts'
import type { Tables } from '../database/tables.ts'
import { enclosuresOf, newFileOf, signedRevisionOf } from './bringsFile.ts'
import { type EvidenceSources, fileEvidence } from './fileEvidence.ts'
import { isLasting, refusedForFault } from './lastingFault.ts'
import type { CommandQueue } from './queue.ts'
import type { Submission } from './submission.ts'

/** Handles what a caller asks for; answers when all of it is committed, in the order asked. */
export async function handleCommands(
  sources: EvidenceSources,
  queue: CommandQueue,
  caller: Caller,
  tokens: readonly string[],
  commands: readonly Command[],
): Promise<CommandResult[]> {
  const known = await answeredAmong(sources.database, commands.filter(bringsFile))
  const submissions: Submission[] = []
  const unreadable = new Map<number, CommandResult>()
  for (const [index, command] of commands.entries()) {
    try {
      // What was answered is answered the same way again; its file need not be looked at twice.
      const evidence = known.has(command.id)
        ? {}
        : await fileEvidence(sources, command, caller.personId, tokens)
      submissions.push({ command, actor: caller.personId, device: caller.deviceId, ...evidence })
    } catch (error) {
      if (!isLasting(error)) throw error
      unreadable.set(index, refusedForFault(command.id, error))
    }
  }
  const committed = (await queue.submit(submissions)).values()
  return commands.map((_, index) => unreadable.get(index) ?? (committed.next().value as CommandResult))
}

const bringsFile = ({ body }: Command): boolean =>
  signedRevisionOf(body) !== undefined || newFileOf(body) !== undefined || enclosuresOf(body).length > 0

async function answeredAmong(
  database: Kysely<Tables>,
  commands: readonly Command[],
): Promise<ReadonlySet<string>> {
  if (commands.length === 0) return new Set()
  const ids = commands.map(({ id }) => id)
  const rows = await database.selectFrom('command').select('id').where('id', 'in', ids).execute()
  return new Set(rows.map(({ id }) => id))
}
