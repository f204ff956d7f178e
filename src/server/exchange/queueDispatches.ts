import type { Kysely } from 'kysely'
import type { Directory } from '../../shared/domain/organisation.ts'
import { accept, type Outcome, type Refusal } from '../../shared/outcome.ts'
import type { Tables } from '../database/tables.ts'
import type { ExchangeWay } from './gateway.ts'
import { type ExchangeCode, letterForExchange, type Surroundings } from './letterForExchange.ts'
import type { ExchangeLetter } from './message.ts'
import { sendLetter } from './outbox.ts'

/** What dispatches are queued with. */
export interface DispatchParts {
  readonly database: Kysely<Tables>
  readonly clock: () => Date
  readonly way: ExchangeWay
  readonly directory: () => Promise<Directory | undefined>
  readonly ours: Surroundings['ours']
  /** The exchange's lists of classes. */
  readonly codes: (list: 'secrecy' | 'speed') => Promise<Outcome<readonly ExchangeCode[]>>
}

const ROUND = 50

/**
 * Queues the letters of dispatches that were recorded, one for each recipient. A dispatch that cannot go keeps the
 * reason and holds up no other; returns the reason of the last, or why none could be queued now.
 */
export async function queueDispatches(parts: DispatchParts): Promise<Refusal | undefined> {
  const { database, clock, ours } = parts
  const due = await database
    .selectFrom('exchangeDispatch')
    .innerJoin('letter', 'letter.id', 'exchangeDispatch.letterId')
    .select(['exchangeDispatch.dispatchId', 'letter.letter'])
    .where('settledAt', 'is', null)
    .orderBy('dispatchId')
    .limit(ROUND)
    .execute()
  if (due.length === 0) return undefined
  const directory = await parts.directory()
  const [secrecy, speed] = [await parts.codes('secrecy'), await parts.codes('speed')]
  if (!secrecy.ok) return secrecy.refusal
  if (!speed.ok) return speed.refusal
  if (!directory) return undefined
  let last: Refusal | undefined
  for (const { dispatchId, letter } of due) {
    const now = clock()
    const surroundings = { directory, ours, now, secrecy: secrecy.value, speed: speed.value }
    const recipients = letter.dispatches.find(({ id }) => id === dispatchId)?.recipients ?? []
    const letters = allOf(recipients.map((recipient) => letterForExchange(letter, recipient, surroundings)))
    await database.transaction().execute(async (transaction) => {
      const claimed = await transaction
        .updateTable('exchangeDispatch')
        .set({ settledAt: now, refusal: letters.ok ? null : JSON.stringify(letters.refusal) })
        .where('dispatchId', '=', dispatchId)
        .where('settledAt', 'is', null)
        .returning('dispatchId')
        .executeTakeFirst()
      if (!claimed || !letters.ok) return
      for (const [recipient, message] of letters.value.entries()) {
        const dispatch = { id: dispatchId, recipient }
        await sendLetter(transaction, { way: parts.way, letterId: letter.id, letter: message, dispatch, now })
      }
    })
    if (!letters.ok) last = letters.refusal
  }
  return last
}

/** All of them, or why the first could not be had: a dispatch goes to all of its recipients or to none. */
function allOf(outcomes: readonly Outcome<ExchangeLetter>[]): Outcome<ExchangeLetter[]> {
  const letters: ExchangeLetter[] = []
  for (const outcome of outcomes) {
    if (!outcome.ok) return outcome
    letters.push(outcome.value)
  }
  return accept(letters)
}
