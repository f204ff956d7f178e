import { createHash } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { AudienceToken } from '../../shared/domain/audience.ts'
import { sortedJson } from '../../shared/domain/eventChain.ts'
import type { Refusal } from '../../shared/outcome.ts'
import type { Tables } from '../database/tables.ts'
import type { FileStore } from '../files/store.ts'
import type { ExchangeGateway, IncomingItem } from './gateway.ts'
import type { ReceivedFile } from './intake.ts'
import type { ExchangeLetter, ExchangeMessage, ExchangeNotice } from './message.ts'
import { queueNotice } from './outbox.ts'

/** Where items are stored. */
export interface ItemStore {
  readonly database: Kysely<Tables>
  readonly store: FileStore
  readonly clock: () => Date
  /** How secret a code of the exchange is: 0 for not at all, then as clearances go. */
  readonly secrecyLevel?: (code: string) => Promise<number>
}

/** What nobody can tell the class of is for those who are cleared for all. */
const HIGHEST_LEVEL = 2

/** What became of an item: `known` when it had been stored before; a refusal when it went to quarantine. */
export type StoredAs = 'arrived' | 'noticed' | 'known' | Refusal

type Gateway = Pick<ExchangeGateway, 'way' | 'notices'>

/**
 * Stores an item for good: its files first, then all that is known of it in one transaction, so that it may be
 * acknowledged after. Items come at least once: a letter is known by its sender's department, number and date, a
 * notice by what it says. What nobody can read is kept as it came, with the reason, and holds up nothing.
 */
export async function storeItem(parts: ItemStore, gateway: Gateway, item: IncomingItem): Promise<StoredAs> {
  const fingerprint = fingerprintOf(item)
  const letter = item.message.ok && item.message.value.kind === 'letter' ? item.message.value : undefined
  if (await isKnown(parts.database, gateway, item, fingerprint)) return 'known'
  const named = new Set(letter ? [letter.main, ...letter.attachments].map(({ sha256 }) => sha256) : [])
  const files = [item.evidence, ...item.files.filter(({ sha256 }) => named.has(sha256))]
  for (const { name, sha256 } of new Map(files.map((file) => [file.sha256, file])).values()) {
    await parts.store.keep(name, sha256)
  }
  const level = letter ? ((await parts.secrecyLevel?.(letter.secrecyCode)) ?? HIGHEST_LEVEL) : 0
  const audience: AudienceToken = level === 0 ? 'registry' : `registry+${level}`
  return parts.database.transaction().execute(async (transaction) => {
    await recordFiles(transaction, files)
    const arriving = { transaction, gateway, item, fingerprint, audience, now: parts.clock() }
    if (!item.message.ok) return quarantine(arriving, item.message.refusal)
    const message: ExchangeMessage = item.message.value
    return message.kind === 'letter' ? storeLetter(arriving, message) : storeNotice(arriving, message)
  })
}

interface Arriving {
  readonly transaction: Transaction<Tables>
  readonly gateway: Gateway
  readonly item: IncomingItem
  readonly fingerprint: string
  readonly audience: AudienceToken
  readonly now: Date
}

const fingerprintOf = ({ message, evidence }: IncomingItem): string =>
  message.ok ? createHash('sha256').update(sortedJson(message.value)).digest('hex') : evidence.sha256

/** Whether just this was stored before; if so, nothing of it need be kept once more. */
async function isKnown(database: Kysely<Tables>, { way }: Gateway, item: IncomingItem, fingerprint: string) {
  const found = await database
    .selectFrom('exchangeItem')
    .select('id')
    .where('way', '=', way)
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst()
  if (found) return true
  const told = await database
    .selectFrom('exchangeConfirmation')
    .select('id')
    .where('evidenceSha256', '=', item.evidence.sha256)
    .executeTakeFirst()
  return told !== undefined
}

async function recordFiles(transaction: Transaction<Tables>, files: readonly ReceivedFile[]): Promise<void> {
  await transaction
    .insertInto('file')
    .values(files.map(({ sha256, bytes }) => ({ sha256, bytes, reading: null })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

const rowOf = ({ gateway, item, fingerprint, audience, now }: Arriving) => ({
  id: uuid(),
  way: gateway.way,
  receipt: item.receipt,
  fingerprint,
  audience,
  receiveNumber: null,
  numberDisputedAt: null,
  evidenceSha256: item.evidence.sha256,
  arrivedAt: now,
  settledAt: null,
})

async function quarantine(arriving: Arriving, refusal: Refusal, letter?: ExchangeLetter): Promise<StoredAs> {
  const stored = await arriving.transaction
    .insertInto('exchangeItem')
    .values({
      ...rowOf(arriving),
      state: 'quarantined',
      letter: letter ? JSON.stringify(letter) : null,
      senderDepartment: letter?.sender.departmentId ?? null,
      letterNumber: letter?.number ?? null,
      letterDate: letter?.date ?? null,
      refusal: JSON.stringify(refusal),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return stored ? refusal : 'known'
}

async function storeLetter(arriving: Arriving, letter: ExchangeLetter): Promise<StoredAs> {
  const { transaction, gateway, now } = arriving
  const row = rowOf(arriving)
  const stored = await transaction
    .insertInto('exchangeItem')
    .values({
      ...row,
      state: 'arrived',
      letter: JSON.stringify(letter),
      senderDepartment: letter.sender.departmentId,
      letterNumber: letter.number,
      letterDate: letter.date,
      refusal: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!stored) {
    // Another server on this database may have stored it just now.
    if (await isKnown(transaction, gateway, arriving.item, arriving.fingerprint)) return 'known'
    // The same number and date once more, and another text: which is right is not for a program to say.
    const refusal: Refusal = { code: 'exchange-item-differs', detail: { number: letter.number } }
    return quarantine(arriving, refusal, letter)
  }
  const files = new Set([letter.main, ...letter.attachments].map(({ sha256 }) => sha256))
  await transaction
    .insertInto('exchangeItemFile')
    .values([...files].map((sha256) => ({ sha256, itemId: row.id, audience: row.audience })))
    .execute()
  if (gateway.notices.includes('arrived')) {
    await queueNotice(transaction, { way: gateway.way, itemId: row.id, letter, kind: 'arrived', now })
  }
  return 'arrived'
}

async function storeNotice(arriving: Arriving, notice: ExchangeNotice): Promise<StoredAs> {
  const found =
    notice.kind === 'number-invalid'
      ? await disputeNumber(arriving, notice)
      : await confirmLetter(arriving, notice)
  const { number } = notice.letter
  return found ? 'noticed' : quarantine(arriving, { code: 'exchange-notice-unmatched', detail: { number } })
}

/** The sender says that the receive number we gave is wrong (3.2.6). */
async function disputeNumber(
  { transaction, gateway, now }: Arriving,
  notice: ExchangeNotice,
): Promise<boolean> {
  const from = notice.fromDepartmentId
  const disputed = await transaction
    .updateTable('exchangeItem')
    .set({ numberDisputedAt: now })
    .where('way', '=', gateway.way)
    .where('state', '=', 'registered')
    .where('letterNumber', '=', notice.letter.number)
    .where('letterDate', '=', notice.letter.date)
    .where('receiveNumber', '=', notice.receiveNumber)
    .$if(from !== null, (query) => query.where('senderDepartment', '=', from))
    .returning('id')
    .execute()
  return disputed.length > 0
}

/** The receiver of our letter says what became of it (3.2.2 to 3.2.5). */
async function confirmLetter(arriving: Arriving, notice: ExchangeNotice): Promise<boolean> {
  const { transaction, gateway, item, now } = arriving
  const from = notice.fromDepartmentId
  const candidates = await transaction
    .selectFrom('exchangeOutbox')
    .select('id')
    .where('way', '=', gateway.way)
    .where('kind', '=', 'letter')
    .where('state', '<>', 'replaced')
    .where('letterNumber', '=', notice.letter.number)
    .where('letterDate', '=', notice.letter.date)
    .$if(from !== null, (query) => query.where('department', '=', from ?? ''))
    .execute()
  const [letter, another] = candidates
  // A circular has one number and many receivers: who does not say which one it is has said nothing.
  if (!letter || another) return false
  await transaction
    .insertInto('exchangeConfirmation')
    .values({
      id: uuid(),
      outboxId: letter.id,
      kind: notice.kind,
      number: notice.receiveNumber ?? '',
      at: now,
      toldAt: null,
      evidenceSha256: item.evidence.sha256,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  // Whoever answers has it: it was sent, even if nobody told us so.
  await transaction
    .updateTable('exchangeOutbox')
    .set({ state: 'sent', uncertain: false, sentAt: now })
    .where('id', '=', letter.id)
    .where('state', 'in', ['waiting', 'doubtful'])
    .execute()
  return true
}
