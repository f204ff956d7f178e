import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Tables } from '../../../../src/server/database/tables.ts'
import { feedRowsOf } from '../../../../src/server/feed/feedRows.ts'
import { letterRows } from '../../../../src/server/projections/letterRows.ts'
import type { LetterEvent } from '../../../../src/shared/contract/letter.ts'
import { audienceOf } from '../../../../src/shared/domain/audience.ts'
import { foldLetter } from '../../../../src/shared/domain/evolve.ts'
import type { Letter } from '../../../../src/shared/domain/letter.ts'
import { commandOf, draftAndPropose, eventsOf } from '../../client/feed.ts'

/** A letter as the office of the benchmark has it. */
export interface StockLetter {
  readonly letterId: string
  readonly events: readonly LetterEvent[]
}

const model = randomUUID()
const { draft, propose } = draftAndPropose(model, 'เรื่องแบบ')
const giveBack = commandOf(model, 'deputy', { type: 'return', reason: 'ขอให้แก้ไขตามที่เห็นชอบแล้ว' })
const openLog = eventsOf([draft, propose].map((command) => ({ actor: 'somying', command })))
const settledLog = eventsOf([
  { actor: 'somying', command: draft },
  { actor: 'somying', command: propose },
  { actor: 'teerawat', command: giveBack },
])

/** A letter every ten minutes from here on. */
const FIRST_DAY = Date.parse('2024-10-01T01:30:00Z')

/**
 * Letters that the deputy has had, all with the same log under names of their own: every `openEvery`th is in the
 * in-tray, the others went back. Hashes are the model's: nothing that is measured looks at them.
 */
export function* stock(count: number, openEvery: number): Generator<StockLetter> {
  for (let index = 0; index < count; index += 1) {
    const letterId = uuid()
    const text = JSON.stringify(index % openEvery === 0 ? openLog : settledLog)
      .replaceAll(model, letterId)
      .replaceAll('เรื่องแบบ', `ขอความอนุเคราะห์ข้อมูลประกอบการพิจารณา ฉบับที่ ${index + 1}`)
    const serverTime = new Date(FIRST_DAY + index * 600_000).toISOString()
    const events = (JSON.parse(text) as LetterEvent[]).map((event) => ({
      ...event,
      ...{ commandId: uuid(), clientTime: serverTime, serverTime },
    }))
    yield { letterId, events }
  }
}

const BATCH = 1000

/** Puts the letters into a server's database, as commands would have, with their entries in the feed. */
export async function putStock(database: Kysely<Tables>, letters: Iterable<StockLetter>): Promise<void> {
  let batch: StockLetter[] = []
  for (const letter of letters) {
    batch.push(letter)
    if (batch.length < BATCH) continue
    await putBatch(database, batch)
    batch = []
  }
  if (batch.length > 0) await putBatch(database, batch)
  // In an office the database has long looked at what it holds; here it would only after a minute.
  await sql`analyze`.execute(database)
}

async function putBatch(database: Kysely<Tables>, batch: readonly StockLetter[]): Promise<void> {
  const folded = batch.map(({ events }) => foldLetter(events) as Letter)
  await database.transaction().execute(async (transaction) => {
    const { seq } = await transaction
      .updateTable('feedHead')
      .set((update) => ({ seq: update('seq', '+', batch.length) }))
      .returning('seq')
      .executeTakeFirstOrThrow()
    await transaction
      .insertInto('letter')
      .values(folded.flatMap((letter) => letterRows(letter).letter))
      .execute()
    const rows = batch
      .flatMap(({ events }) => events)
      .map((event) => ({
        letterId: event.letterId,
        version: event.version,
        event: JSON.stringify(event),
      }))
    await transaction.insertInto('letterEvent').values(rows).execute()
    const feed = folded.flatMap((letter) =>
      feedRowsOf({ letterId: letter.id, from: 1, to: letter.version, before: [], after: audienceOf(letter) }),
    )
    await transaction
      .insertInto('feed')
      .values(
        feed.map((row, index) => ({
          ...row,
          audience: [...row.audience],
          seq: seq - batch.length + 1 + index,
        })),
      )
      .execute()
  })
}

/** The letter with a note added to its log. */
export function noted({ letterId, events }: StockLetter): StockLetter {
  const last = events[events.length - 1] as LetterEvent
  const text = 'รับทราบ และให้ติดตามผลภายในสัปดาห์หน้า'
  const body: LetterEvent['body'] = { type: 'noted', noteId: uuid(), text }
  const event = { ...last, version: last.version + 1, commandId: uuid(), body, previousHash: last.hash }
  return { letterId, events: [...events, event] }
}

/** Adds a note to each of these letters, as commands would have. */
export async function noteStock(database: Kysely<Tables>, letters: readonly StockLetter[]): Promise<void> {
  const changed = letters.map(noted)
  await database.transaction().execute(async (transaction) => {
    const { seq } = await transaction
      .updateTable('feedHead')
      .set((update) => ({ seq: update('seq', '+', changed.length) }))
      .returning('seq')
      .executeTakeFirstOrThrow()
    const rows = changed.map(({ letterId, events }) => ({
      letterId,
      version: events.length,
      event: JSON.stringify(events[events.length - 1]),
    }))
    await transaction.insertInto('letterEvent').values(rows).execute()
    const feed = changed.map(({ letterId, events }, index) => ({
      kind: 'events' as const,
      letterId,
      fromVersion: events.length,
      toVersion: events.length,
      audience: audienceOf(foldLetter(events) as Letter) as string[],
      seq: seq - changed.length + 1 + index,
    }))
    await transaction.insertInto('feed').values(feed).execute()
  })
}
