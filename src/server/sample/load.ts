import { type Kysely, sql, type Transaction } from 'kysely'
import type { LetterEvent } from '../../shared/contract/letter.ts'
import { type AudienceToken, audienceOf } from '../../shared/domain/audience.ts'
import { sortedJson } from '../../shared/domain/eventChain.ts'
import { evolve } from '../../shared/domain/evolve.ts'
import type { Letter } from '../../shared/domain/letter.ts'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import type { Tables } from '../database/tables.ts'
import { FEED_CHANNEL } from '../feed/appendFeed.ts'
import { type FeedRow, feedRowsOf } from '../feed/feedRows.ts'
import { newsText } from '../feed/news.ts'
import { keepFile } from '../files/keepFile.ts'
import type { FileStore } from '../files/store.ts'
import { letterRows } from '../projections/letterRows.ts'
import { sampleFiles } from './files.ts'
import { sampleOrganisation } from './organisation.ts'
import { type GeneratedLetter, generateYear } from './year/letters.ts'

/** Which letters to load. */
export interface SampleLetters {
  readonly letters: number
  readonly seed: number
}

const LETTERS_AT_ONCE = 250

/**
 * Fills a server that has no letters with the sample organisation's last twelve months up to `now` (ISO instant): log,
 * projections, counters, feed and files, all or nothing. Returns how many letters were loaded; 0 where there were
 * some already. Refuses sample-organisation-differs where the server has another organisation. No commands are
 * recorded: none of these was ever sent.
 */
export async function loadSampleLetters(
  { database, store }: { readonly database: Kysely<Tables>; readonly store: FileStore },
  { letters, seed }: SampleLetters,
  now: string,
): Promise<Outcome<number>> {
  const kept = await database.selectFrom('organisation').select('organisation').executeTakeFirst()
  if (!kept || sortedJson(kept.organisation) !== sortedJson(sampleOrganisation)) {
    return refuse('sample-organisation-differs')
  }
  if (await hasLetters(database)) return accept(0)
  const { all } = await sampleFiles()
  for (const file of all) await keepFile(store, database, file)
  const loaded = await database.transaction().execute(async (transaction) => {
    // Two app servers may be told to load at once; the second finds the letters of the first.
    await sql`lock table letter_event in share row exclusive mode`.execute(transaction)
    if (await hasLetters(transaction)) return 0
    await sql`create temporary table sample_feed (
      at timestamptz not null, place integer not null, kind text not null, letter_id uuid not null,
      from_version integer, to_version integer, audience text[] not null) on commit drop`.execute(transaction)
    const count = await writeLetters(transaction, generateYear({ seed, letters, period: { until: now } }))
    await writeCounters(transaction)
    await writeFeed(transaction)
    return count
  })
  // What was loaded in one go has no statistics yet, and the first questions would be answered by reading all of it.
  await sql`analyze letter, letter_event, letter_file, register_entry, feed`.execute(database)
  return accept(loaded)
}

async function hasLetters(database: Kysely<Tables>): Promise<boolean> {
  return (
    (await database.selectFrom('letterEvent').select('version').limit(1).executeTakeFirst()) !== undefined
  )
}

async function writeLetters(
  transaction: Transaction<Tables>,
  year: AsyncIterable<GeneratedLetter>,
): Promise<number> {
  let count = 0
  let some: GeneratedLetter[] = []
  const write = async () => {
    if (some.length > 0) await writeSome(transaction, some, count)
    count += some.length
    some = []
  }
  for await (const one of year) {
    some.push(one)
    if (some.length === LETTERS_AT_ONCE) await write()
  }
  await write()
  return count
}

/**
 * Writes letters as JSON that the database takes apart: a value with a parameter of its own would take several times
 * as long.
 */
async function writeSome(
  transaction: Transaction<Tables>,
  letters: readonly GeneratedLetter[],
  place: number,
): Promise<void> {
  const events = JSON.stringify(letters.flatMap((one) => one.events))
  await sql`insert into letter_event (letter_id, version, event)
    select (event ->> 'letterId')::uuid, (event ->> 'version')::integer, event
    from jsonb_array_elements(${events}::jsonb) as event`.execute(transaction)

  const rows = letters.map(({ letter }) => letterRows(letter))
  const folded = JSON.stringify(
    letters.flatMap(({ letter }, index) => rows[index]?.letter.map((row) => ({ ...row, letter }))),
  )
  await sql`insert into letter (id, version, stage, subject, unit_id, register_id, number_text, number_date,
      changed_at, audience, letter)
    select id, version, stage, subject, "unitId", "registerId", "numberText", "numberDate",
      "changedAt", audience, letter
    from jsonb_to_recordset(${folded}::jsonb) as row (id uuid, version integer, stage text, subject text,
      "unitId" text, "registerId" text, "numberText" text, "numberDate" date, "changedAt" timestamptz,
      audience text[], letter jsonb)`.execute(transaction)

  const files = JSON.stringify(rows.flatMap(({ letterFile }) => letterFile))
  await sql`insert into letter_file (letter_id, sha256)
    select "letterId", sha256 from jsonb_to_recordset(${files}::jsonb) as row ("letterId" uuid, sha256 text)`.execute(
    transaction,
  )
  const entries = JSON.stringify(rows.flatMap(({ registerEntry }) => registerEntry))
  await sql`insert into register_entry (register_id, buddhist_year, serial, number, date, letter_id, subject,
      addressee, state, reason, secrecy, sender, sender_number, sender_date, sender_key)
    select "registerId", "buddhistYear", serial, number, date, "letterId", subject,
      addressee, state, reason, secrecy, sender, "senderNumber", "senderDate", "senderKey"
    from jsonb_to_recordset(${entries}::jsonb) as row ("registerId" text, "buddhistYear" integer, serial integer,
      number text, date date, "letterId" uuid, subject text, addressee text, state text, reason text,
      secrecy integer, sender text, "senderNumber" text, "senderDate" date, "senderKey" text)`.execute(
    transaction,
  )

  const feed = JSON.stringify(letters.flatMap(({ events: log }, index) => feedOf(log, place + index)))
  await sql`insert into sample_feed (at, place, kind, letter_id, from_version, to_version, audience)
    select at, place, kind, "letterId", "fromVersion", "toVersion", audience
    from jsonb_to_recordset(${feed}::jsonb) as row (at timestamptz, place integer, kind text, "letterId" uuid,
      "fromVersion" integer, "toVersion" integer, audience text[])`.execute(transaction)
}

/** The feed's rows about a letter, one change after another, as the commands would have appended them. */
function feedOf(events: readonly LetterEvent[], place: number): (FeedRow & { at: string; place: number })[] {
  const rows: (FeedRow & { at: string; place: number })[] = []
  let letter: Letter | undefined
  let before: AudienceToken[] = []
  let from = 1
  for (const [index, event] of events.entries()) {
    letter = evolve(letter, event)
    if (events[index + 1]?.commandId === event.commandId) continue
    const after = audienceOf(letter)
    const change = { letterId: event.letterId, from, to: event.version, before, after }
    for (const row of feedRowsOf(change)) rows.push({ ...row, at: event.serverTime, place })
    before = after
    from = event.version + 1
  }
  return rows
}

/** The counters as the registers' entries tell them. */
async function writeCounters(transaction: Transaction<Tables>): Promise<void> {
  await sql`insert into register_counter (register_id, buddhist_year, last_serial)
    select register_id, buddhist_year, max(serial) from register_entry group by register_id, buddhist_year
    on conflict (register_id, buddhist_year) do update set last_serial = excluded.last_serial`.execute(
    transaction,
  )
}

/** Appends what was gathered to the feed, in the order of time. */
async function writeFeed(transaction: Transaction<Tables>): Promise<void> {
  const { seq: head } = await transaction
    .selectFrom('feedHead')
    .select('seq')
    .where('id', '=', 1)
    .forUpdate()
    .executeTakeFirstOrThrow()
  await sql`insert into feed (seq, kind, letter_id, from_version, to_version, audience)
    select ${head}::bigint + row_number() over (order by at, place, to_version), kind, letter_id, from_version, to_version,
      audience
    from sample_feed`.execute(transaction)
  await sql`update feed_head set seq = (select max(seq) from feed) where exists (select from feed)`.execute(
    transaction,
  )
  const end = await transaction.selectFrom('feedHead').select('seq').executeTakeFirstOrThrow()
  await sql`select pg_notify(${FEED_CHANNEL}, ${newsText(end.seq, [])})`.execute(transaction)
}
