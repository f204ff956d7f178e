import { sql, type Transaction } from 'kysely'
import type { Tables } from '../database/tables.ts'
import { tellExchange } from '../exchange/tellExchange.ts'
import { appendFeed } from '../feed/appendFeed.ts'
import { countersOf, type LetterRows, letterRows } from '../projections/letterRows.ts'
import { filesBrought } from './bringsFile.ts'
import type { GroupDecision } from './decideGroup.ts'

/** Writes what a group decided: the log, then the answers and projections, the counters, and last the feed. */
export async function writeGroup(
  transaction: Transaction<Tables>,
  decision: GroupDecision,
  now: string,
): Promise<void> {
  const rows = [...decision.letters.values()].map(letterRows)
  const brought = new Set(decision.events.flatMap(({ body }) => filesBrought(body)))
  await writeLog(transaction, decision)
  await writeAnswers(transaction, decision, now)
  await writeLetters(
    transaction,
    rows.flatMap(({ letter }) => letter),
  )
  await writeFiles(
    transaction,
    rows.flatMap(({ letterFile }) => letterFile.filter(({ sha256 }) => brought.has(sha256))),
  )
  await removeFiles(transaction, decision)
  await writeEntries(
    transaction,
    rows.flatMap(({ registerEntry }) => registerEntry),
  )
  await moveCounters(transaction, decision)
  await tellExchange(transaction, decision.events)
  await appendFeed(transaction, decision.feed)
}

async function writeLog(transaction: Transaction<Tables>, { events }: GroupDecision): Promise<void> {
  if (events.length === 0) return
  await transaction
    .insertInto('letterEvent')
    .values(
      events.map((event) => ({
        letterId: event.letterId,
        version: event.version,
        event: JSON.stringify(event),
      })),
    )
    .execute()
}

async function writeAnswers(
  transaction: Transaction<Tables>,
  { answers }: GroupDecision,
  now: string,
): Promise<void> {
  if (answers.length === 0) return
  await transaction
    .insertInto('command')
    .values(
      answers.map(({ submission: { command, actor }, answer: { bodyHash, result } }) => ({
        id: command.id,
        bodyHash,
        personId: actor,
        letterId: command.letterId,
        stream: null,
        refusal: result.outcome === 'refused' ? JSON.stringify(result.refusal) : null,
        firstVersion: result.outcome === 'accepted' ? (result.events[0]?.version ?? null) : null,
        lastVersion: result.outcome === 'accepted' ? (result.events.at(-1)?.version ?? null) : null,
        answeredAt: now,
      })),
    )
    .execute()
}

async function writeLetters(transaction: Transaction<Tables>, letters: LetterRows['letter']): Promise<void> {
  if (letters.length === 0) return
  await transaction
    .insertInto('letter')
    .values(letters)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((update) => ({
        version: update.ref('excluded.version'),
        stage: update.ref('excluded.stage'),
        subject: update.ref('excluded.subject'),
        unitId: update.ref('excluded.unitId'),
        registerId: update.ref('excluded.registerId'),
        numberText: update.ref('excluded.numberText'),
        numberDate: update.ref('excluded.numberDate'),
        changedAt: update.ref('excluded.changedAt'),
        audience: update.ref('excluded.audience'),
        letter: update.ref('excluded.letter'),
      })),
    )
    .execute()
}

async function writeFiles(transaction: Transaction<Tables>, files: LetterRows['letterFile']): Promise<void> {
  if (files.length === 0) return
  await transaction
    .insertInto('letterFile')
    .values(files)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What was destroyed or handed away keeps no file, and a draft none of the enclosures that it no longer has. */
async function removeFiles(
  transaction: Transaction<Tables>,
  { letters, events }: GroupDecision,
): Promise<void> {
  const revised = new Set(events.flatMap(({ letterId, body }) => (body.type === 'revised' ? [letterId] : [])))
  for (const letter of letters.values()) {
    if (!letter.gone && !revised.has(letter.id)) continue
    const kept = letterRows(letter).letterFile.map(({ sha256 }) => sha256)
    await sql`delete from letter_file where letter_id = ${letter.id} and not sha256 = any(${kept}::text[])`.execute(
      transaction,
    )
  }
}

async function writeEntries(
  transaction: Transaction<Tables>,
  entries: LetterRows['registerEntry'],
): Promise<void> {
  if (entries.length === 0) return
  await transaction
    .insertInto('registerEntry')
    .values(entries)
    .onConflict((conflict) =>
      conflict.columns(['registerId', 'buddhistYear', 'serial']).doUpdateSet((update) => ({
        state: update.ref('excluded.state'),
        reason: update.ref('excluded.reason'),
        subject: update.ref('excluded.subject'),
        addressee: update.ref('excluded.addressee'),
        secrecy: update.ref('excluded.secrecy'),
        sender: update.ref('excluded.sender'),
        senderNumber: update.ref('excluded.senderNumber'),
        senderDate: update.ref('excluded.senderDate'),
        senderKey: update.ref('excluded.senderKey'),
      })),
    )
    .execute()
}

async function moveCounters(transaction: Transaction<Tables>, { numbers }: GroupDecision): Promise<void> {
  for (const { registerId, buddhistYear, lastSerial } of countersOf(numbers)) {
    await transaction
      .updateTable('registerCounter')
      // A number that had been reserved comes after later ones.
      .set({ lastSerial: sql<number>`greatest(last_serial, ${lastSerial})` })
      .where('registerId', '=', registerId)
      .where('buddhistYear', '=', buddhistYear)
      .execute()
  }
}
