import type { Kysely } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Tables } from '../database/tables.ts'
import type { ExchangeWay } from './gateway.ts'
import type { ExchangeLetter, ExchangeNotice, NoticeKind } from './message.ts'

/** An order to send a letter of ours to another agency. */
export interface LetterOrder {
  readonly way: ExchangeWay
  readonly letterId: string
  readonly letter: ExchangeLetter
  /** Which dispatch of the letter it is, and which of its recipients; confirmations are told with it. */
  readonly dispatch?: { readonly id: string; readonly recipient: number }
  readonly now: Date
}

/** Where a letter for another agency stands. */
export interface QueuedLetter {
  readonly id: string
  readonly state: 'waiting' | 'sent' | 'refused' | 'doubtful' | 'replaced'
}

/**
 * Puts a letter into the queue to its receiver's department, in the caller's transaction where there is one. A letter
 * goes to a department once: asked again it returns what is there. Only what was rejected, invalid or refused is sent
 * anew, in the place of the first; what is doubtful is sent anew because a person asked for it.
 */
export async function sendLetter(database: Kysely<Tables>, order: LetterOrder): Promise<QueuedLetter> {
  const { way, letterId, letter, now } = order
  const department = letter.receiver.departmentId
  const current = await database
    .selectFrom('exchangeOutbox')
    .select(['id', 'state'])
    .where('way', '=', way)
    .where('letterId', '=', letterId)
    .where('department', '=', department)
    .where('kind', '=', 'letter')
    .where('state', '<>', 'replaced')
    .forUpdate()
    .executeTakeFirst()
  const wasSent = current?.state === 'sent'
  if (current) {
    if (!wasSent && current.state === 'waiting') return current
    if (wasSent && !(await cameBack(database, current.id))) return current
    await database
      .updateTable('exchangeOutbox')
      .set({ state: 'replaced' })
      .where('id', '=', current.id)
      .execute()
  }
  const id = uuid()
  const names = { letterNumber: letter.number, letterDate: letter.date, department }
  const queued = await database
    .insertInto('exchangeOutbox')
    .values({
      ...{ id, way, kind: 'letter', letterId, itemId: null, ...names, message: JSON.stringify(letter) },
      ...waiting(now),
      dispatchId: order.dispatch?.id ?? null,
      recipient: order.dispatch?.recipient ?? null,
      // What the exchange never took need not be withdrawn from it.
      replaces: wasSent ? current.id : null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'state'])
    .executeTakeFirst()
  // Someone else queued it in the same moment.
  return queued ?? sendLetter(database, order)
}

/** Whether its receiver rejected a letter or called it invalid. */
async function cameBack(database: Kysely<Tables>, outboxId: string): Promise<boolean> {
  const found = await database
    .selectFrom('exchangeConfirmation')
    .select('id')
    .where('outboxId', '=', outboxId)
    .where('kind', 'in', ['rejected', 'invalid'])
    .executeTakeFirst()
  return found !== undefined
}

/** A notice about a letter that another agency sent. */
export interface NoticeOrder {
  readonly way: ExchangeWay
  readonly itemId: string
  readonly letter: ExchangeLetter
  readonly kind: Exclude<NoticeKind, 'number-invalid'>
  readonly receiveNumber?: string
  readonly now: Date
}

/** Queues a notice to the sender of an item. */
export async function queueNotice(database: Kysely<Tables>, order: NoticeOrder): Promise<void> {
  const { way, itemId, letter, kind, receiveNumber = null, now } = order
  const { number, date, subject, receiver, sender } = letter
  const notice: ExchangeNotice = {
    ...{ kind, letter: { number, date, subject }, receiveNumber },
    fromDepartmentId: receiver.departmentId,
  }
  await database
    .insertInto('exchangeOutbox')
    .values({
      ...{ id: uuid(), way, kind, letterId: null, itemId, letterNumber: number, letterDate: date },
      ...{ department: sender.departmentId, message: JSON.stringify(notice), replaces: null },
      ...waiting(now),
    })
    .execute()
}

/**
 * Tells the receiver of our letter that its receive number is wrong (3.2.6), so that it gives the right one. False
 * when it gave no such number.
 */
export async function disputeReceiveNumber(
  database: Kysely<Tables>,
  outboxId: string,
  receiveNumber: string,
  now: Date,
): Promise<boolean> {
  const row = await database
    .selectFrom('exchangeOutbox')
    .innerJoin('exchangeConfirmation', 'exchangeConfirmation.outboxId', 'exchangeOutbox.id')
    .select(['exchangeOutbox.way', 'exchangeOutbox.department', 'exchangeOutbox.message'])
    .where('exchangeOutbox.id', '=', outboxId)
    .where('exchangeConfirmation.kind', '=', 'registered')
    .where('exchangeConfirmation.number', '=', receiveNumber)
    .executeTakeFirst()
  if (row?.message.kind !== 'letter') return false
  const { number, date, subject, sender } = row.message
  const notice: ExchangeNotice = {
    ...{ kind: 'number-invalid', letter: { number, date, subject }, receiveNumber },
    fromDepartmentId: sender.departmentId,
  }
  await database
    .insertInto('exchangeOutbox')
    .values({
      ...{ id: uuid(), way: row.way, kind: 'number-invalid', letterId: null, itemId: null },
      ...{ letterNumber: number, letterDate: date, department: row.department },
      ...{ message: JSON.stringify(notice), replaces: null, ...waiting(now) },
    })
    .execute()
  return true
}

const waiting = (now: Date) => ({
  dispatchId: null,
  recipient: null,
  state: 'waiting' as const,
  uncertain: false,
  attempts: 0,
  nextAttemptAt: now,
  receipt: null,
  status: null,
  refusal: null,
  queuedAt: now,
  sentAt: null,
})
