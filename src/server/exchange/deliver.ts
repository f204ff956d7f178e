import type { Kysely, Selectable, Updateable } from 'kysely'
import { accept, type Outcome, type Refusal } from '../../shared/outcome.ts'
import type { Tables } from '../database/tables.ts'
import type { ExchangeGateway } from './gateway.ts'

/** What the sending is done with. */
export interface DeliveryParts {
  readonly database: Kysely<Tables>
  readonly gateway: ExchangeGateway
  readonly clock: () => Date
}

type Waiting = Selectable<Tables['exchangeOutbox']>

const FIRST_PAUSE_MS = 30_000
const LONGEST_PAUSE_MS = 3600_000

/**
 * Sends the next message that waits, if there is one. A letter never goes twice: before an attempt it is recorded that
 * there is one, and where the end of an attempt is unknown (the answer was lost, or the server died) the exchange is
 * asked what it has before anything is sent again; where nobody can be asked the letter is left to a person. Notices
 * say the same however often they come and are simply sent again.
 */
export async function deliverNext(parts: DeliveryParts): Promise<'nothing' | 'sent' | Refusal> {
  const row = await claim(parts)
  if (!row) return 'nothing'
  const sent = await attempt(parts, row)
  await parts.database.updateTable('exchangeOutbox').set(sent.change).where('id', '=', row.id).execute()
  return sent.refusal ?? 'sent'
}

/** Takes a message for as long as two questions may last; `uncertain` tells how the attempt before ended. */
async function claim({ database, gateway, clock }: DeliveryParts): Promise<Waiting | undefined> {
  return database.transaction().execute(async (transaction) => {
    const now = clock()
    const row = await transaction
      .selectFrom('exchangeOutbox as one')
      .selectAll()
      .where('way', '=', gateway.way)
      .where('state', '=', 'waiting')
      .where('nextAttemptAt', '<=', now)
      // A circular goes to many under one number: what the exchange has of it can be told apart only one by one.
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('exchangeOutbox as other')
              .select('other.id')
              .whereRef('other.letterNumber', '=', 'one.letterNumber')
              .whereRef('other.id', '<', 'one.id')
              .where('other.kind', '=', 'letter')
              .where('other.state', '=', 'waiting')
              .where('other.uncertain', '=', true),
          ),
        ),
      )
      .orderBy('id')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!row) return undefined
    await transaction
      .updateTable('exchangeOutbox')
      .set({
        uncertain: true,
        attempts: row.attempts + 1,
        nextAttemptAt: new Date(now.getTime() + 2 * gateway.patienceMs),
      })
      .where('id', '=', row.id)
      .execute()
    return row
  })
}

interface Attempt {
  readonly change: Updateable<Tables['exchangeOutbox']>
  readonly refusal?: Refusal
}

async function attempt(parts: DeliveryParts, row: Waiting): Promise<Attempt> {
  const { gateway, clock } = parts
  if (row.uncertain && row.kind === 'letter') {
    if (!gateway.sentItems) return { change: { state: 'doubtful' } }
    const found = await receiptOf(parts, row, gateway.sentItems)
    if (!found.ok) return later(row, clock(), found.refusal, true)
    if (found.value !== null) return taken(found.value, clock())
  }
  if (row.replaces !== null && gateway.withdraw) {
    const { letterNumber: number, letterDate: date, department: receiverDepartmentId } = row
    const withdrawn = await gateway.withdraw({ number, date, receiverDepartmentId })
    // A node that has nothing to withdraw has what was wanted.
    const isSettled = withdrawn.ok || withdrawn.refusal.code === 'exchange-refused'
    if (!isSettled) return later(row, clock(), withdrawn.refusal, row.uncertain)
  }
  const sent = await gateway.send(row.message)
  if (sent.ok) return taken(sent.value.receipt, clock())
  const { refusal } = sent
  if (refusal.code !== 'exchange-refused' && refusal.code !== 'file-missing') {
    return later(row, clock(), refusal, true)
  }
  return { change: { state: 'refused', uncertain: false, refusal: JSON.stringify(refusal) }, refusal }
}

const taken = (receipt: string, now: Date): Attempt => ({
  change: { state: 'sent', uncertain: false, receipt, refusal: null, sentAt: now },
})

/** Every further time after twice the pause. */
function later(row: Waiting, now: Date, refusal: Refusal, uncertain: boolean): Attempt {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** row.attempts, LONGEST_PAUSE_MS)
  const nextAttemptAt = new Date(now.getTime() + pause)
  return { change: { uncertain, nextAttemptAt, refusal: JSON.stringify(refusal) }, refusal }
}

/** What the exchange calls a letter that it may have taken before; null when it has not. */
async function receiptOf(
  { database }: DeliveryParts,
  row: Waiting,
  sentItems: NonNullable<ExchangeGateway['sentItems']>,
): Promise<Outcome<string | null>> {
  const asked = await sentItems()
  if (!asked.ok) return asked
  const ours = await database
    .selectFrom('exchangeOutbox')
    .select('receipt')
    .where('letterNumber', '=', row.letterNumber)
    .where('receipt', 'is not', null)
    .execute()
  const others = new Set(ours.map(({ receipt }) => receipt))
  const found = asked.value.find(
    ({ letterNumber, receipt }) => letterNumber === row.letterNumber && !others.has(receipt),
  )
  return accept(found?.receipt ?? null)
}
