import type { Transaction } from 'kysely'
import { audienceOf } from '../../shared/domain/audience.ts'
import { type Letter, stageOf } from '../../shared/domain/letter.ts'
import type { Tables } from '../database/tables.ts'
import { appendFeed } from '../feed/appendFeed.ts'
import type { GroupDecision } from './decideGroup.ts'

/** Writes what a group decided: the log, then the answers and projections, the counters, and last the feed. */
export async function writeGroup(
  transaction: Transaction<Tables>,
  decision: GroupDecision,
  now: string,
): Promise<void> {
  await writeLog(transaction, decision)
  await writeAnswers(transaction, decision, now)
  await writeLetters(transaction, [...decision.letters.values()])
  await writeFiles(transaction, decision)
  await writeNumbers(transaction, decision.numbered)
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
        refusal: result.outcome === 'refused' ? JSON.stringify(result.refusal) : null,
        firstVersion: result.outcome === 'accepted' ? (result.events[0]?.version ?? null) : null,
        lastVersion: result.outcome === 'accepted' ? (result.events.at(-1)?.version ?? null) : null,
        answeredAt: now,
      })),
    )
    .execute()
}

async function writeLetters(transaction: Transaction<Tables>, letters: readonly Letter[]): Promise<void> {
  if (letters.length === 0) return
  await transaction
    .insertInto('letter')
    .values(letters.map(letterRow))
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((update) => ({
        version: update.ref('excluded.version'),
        stage: update.ref('excluded.stage'),
        numberText: update.ref('excluded.numberText'),
        numberDate: update.ref('excluded.numberDate'),
        changedAt: update.ref('excluded.changedAt'),
        audience: update.ref('excluded.audience'),
        letter: update.ref('excluded.letter'),
      })),
    )
    .execute()
}

async function writeFiles(transaction: Transaction<Tables>, { events }: GroupDecision): Promise<void> {
  const files = events.flatMap(({ letterId, body }) =>
    'revision' in body ? [{ letterId, sha256: body.revision.sha256 }] : [],
  )
  if (files.length === 0) return
  await transaction
    .insertInto('letterFile')
    .values(files)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** A letter's row among the projections. */
const letterRow = (letter: Letter) => ({
  id: letter.id,
  version: letter.version,
  stage: stageOf(letter),
  subject: letter.subject,
  unitId: letter.unitId,
  registerId: letter.registerId,
  numberText: letter.number?.text ?? null,
  numberDate: letter.number?.date ?? null,
  changedAt: letter.changedAt,
  audience: audienceOf(letter) as string[],
  letter: JSON.stringify(letter),
})

async function writeNumbers(transaction: Transaction<Tables>, numbered: readonly Letter[]): Promise<void> {
  const entries = numbered.flatMap(({ id, subject, addressee, number }) =>
    number ? [{ ...number, letterId: id, subject, addressee }] : [],
  )
  if (entries.length === 0) return
  await transaction
    .insertInto('registerEntry')
    .values(entries.map(({ text, ...entry }) => ({ ...entry, number: text })))
    .execute()
  // Entries are in the order of their serials, so the last one of each register counts.
  const last = new Map(entries.map((entry) => [entry.registerId, entry]))
  for (const { registerId, buddhistYear, serial } of last.values()) {
    await transaction
      .updateTable('registerCounter')
      .set({ lastSerial: serial })
      .where('registerId', '=', registerId)
      .where('buddhistYear', '=', buddhistYear)
      .execute()
  }
}
