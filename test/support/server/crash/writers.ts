import { randomUUID } from 'node:crypto'
import type { Command, LetterEvent } from '../../../../src/shared/contract/letter.ts'
import type { Caller } from '../../bench/load/caller.ts'
import { draftCommand, numberCommand, proposeCommand } from '../letters.ts'
import { command } from '../testClient.ts'

/** A command on its way; `events` once the server has answered it. */
export interface Sending {
  readonly id: string
  readonly command: Command
  readonly personId: string
  events?: readonly LetterEvent[]
}

/** Those who write: the author, and the holder of the deputy's post. */
export interface WriterCallers {
  readonly author: Caller
  readonly deputy: Caller
}

/** Sends a command once more, or for the first time; throws when the server is away. */
export async function carryOut(sending: Sending, { author, deputy }: WriterCallers): Promise<void> {
  const caller = sending.personId === author.personId ? author : deputy
  const [result] = await caller.send([sending.command])
  if (result?.outcome !== 'accepted') throw new Refused(JSON.stringify(result))
  sending.events = result.events as LetterEvent[]
}

/** A command that should have been accepted was refused. */
class Refused extends Error {}

/** Letters are drafted, proposed, numbered and sent on or back, one after another, until the server is gone. */
export async function writeUntilGone(
  callers: WriterCallers,
  file: Uint8Array,
  sent: Sending[],
): Promise<void> {
  const send = async (caller: Caller, asked: Command) => {
    const sending: Sending = { id: asked.id, command: asked, personId: caller.personId }
    sent.push(sending)
    await carryOut(sending, callers)
  }
  const { author, deputy } = callers
  try {
    for (let turn = 0; ; turn += 1) {
      const letterId = randomUUID()
      await send(author, draftCommand(letterId, file))
      await send(author, proposeCommand(letterId, 'deputy'))
      await send(deputy, numberCommand(letterId, 'deputy'))
      const forward = { type: 'forward', to: 'secretary-general', note: 'เพื่อโปรดพิจารณา' } as const
      const giveBack = { type: 'return', reason: 'ขอให้แก้ชื่อเรื่อง' } as const
      await send(deputy, command(letterId, turn % 2 ? forward : giveBack, 'deputy'))
    }
  } catch (error) {
    // All else is a connection that broke: the server was killed.
    if (error instanceof Refused) throw error
  }
}
