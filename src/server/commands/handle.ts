import type { Command } from '../../shared/contract/letter.ts'
import type { CommandResult } from '../../shared/contract/sync.ts'
import type { Caller } from '../accounts/sessions.ts'
import { type EvidenceSources, fileEvidence } from './fileEvidence.ts'
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
  const answered = await sources.database
    .selectFrom('command')
    .select('id')
    .where(
      'id',
      'in',
      commands.map(({ id }) => id),
    )
    .execute()
  const known = new Set(answered.map(({ id }) => id))
  const submissions: Submission[] = []
  for (const command of commands) {
    // What was answered is answered the same way again; its file need not be looked at twice.
    const evidence = known.has(command.id)
      ? {}
      : await fileEvidence(sources, command, caller.personId, tokens)
    submissions.push({ command, actor: caller.personId, device: caller.deviceId, ...evidence })
  }
  return queue.submit(submissions)
}
