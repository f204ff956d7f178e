import type { Command, Revision } from '../../../shared/contract/letter.ts'
import { type CommandResult, commandResultsSchema } from '../../../shared/contract/sync.ts'
import { accept, type Outcome, type Refusal, refuse } from '../../../shared/outcome.ts'
import type { FileStore } from '../files/fileStore.ts'
import type { Store } from '../store/store.ts'
import { endsSession, isTemporary, neverLeft, type ServerConnection } from './connection.ts'
import { upload } from './transfer.ts'

/** What sending works with, and whom it tells. */
export interface Sending {
  readonly connection: ServerConnection
  readonly store: Store
  readonly files: FileStore
  /** The server has answered these commands; the store knows it already. */
  readonly answered: (results: readonly CommandResult[], letterIds: readonly string[]) => void
}

const BATCH = 64

/**
 * Sends the outbox in its order until it is empty: a command's file first, then the command. Refuses
 * server-unreachable, too-many-requests or session-ended; what was not answered stays and is asked for again under the same id.
 */
export async function sendOutbox(sending: Sending): Promise<Outcome<null>> {
  for (;;) {
    const entries = await sending.store.call('toSend', BATCH)
    if (entries.length === 0) return accept(null)
    const ready: Command[] = []
    for (const { command } of entries) {
      const uploaded = await uploadFileOf(command, sending)
      if (uploaded.ok) ready.push(command)
      else if (endsSending(uploaded.refusal)) return uploaded
      else if (ready.length === 0) await settle(sending, [refused(command, uploaded.refusal)])
      else break
    }
    const sent = ready.length === 0 ? accept(null) : await post(ready, sending)
    if (!sent.ok) return sent
  }
}

async function post(commands: readonly Command[], sending: Sending): Promise<Outcome<null>> {
  const first = await sending.store.call(
    'markSent',
    commands.map(({ id }) => id),
  )
  const answer = await sending.connection.json('/v1/commands', commandResultsSchema, { commands })
  if (answer.ok) {
    await settle(sending, answer.value.results)
    return accept(null)
  }
  if (endsSending(answer.refusal)) {
    // The server cannot have heard of these, so they may still be taken back.
    if (neverLeft(answer.refusal)) await sending.store.call('markUnsent', first)
    return answer
  }
  const [only] = commands
  if (only !== undefined && commands.length === 1) {
    await settle(sending, [refused(only, answer.refusal)])
    return accept(null)
  }
  // One command that the server cannot read must not hold up the others.
  for (const command of commands) {
    const alone = await post([command], sending)
    if (!alone.ok) return alone
  }
  return accept(null)
}

async function settle({ store, answered }: Sending, results: CommandResult[]) {
  const { letterIds } = await store.call('settle', results)
  answered(results, letterIds)
}

/** Whether sending stops here: nothing is wrong with the command itself. */
const endsSending = (refusal: Refusal) => isTemporary(refusal) || endsSession(refusal)

const refused = (command: Command, refusal: Refusal): CommandResult => ({
  id: command.id,
  outcome: 'refused',
  refusal: { code: refusal.code, ...(refusal.detail === undefined ? {} : { detail: { ...refusal.detail } }) },
})

const revisionOf = ({ body }: Command): Revision | undefined =>
  body.type === 'draft' || body.type === 'sign' ? body.revision : undefined

async function uploadFileOf(command: Command, { connection, files }: Sending): Promise<Outcome<null>> {
  const revision = revisionOf(command)
  if (revision === undefined) return accept(null)
  const { sha256 } = revision
  const size = await files.size(sha256)
  if (size === undefined) return refuse('file-missing')
  const earlier = revision.extends === null ? undefined : await files.size(revision.extends)
  const extended =
    revision.extends === null || earlier === undefined ? null : { sha256: revision.extends, bytes: earlier }
  const readPart = (start: number, end: number) => files.readPart(sha256, start, end)
  return upload(connection, { sha256, size, readPart, extends: extended })
}
