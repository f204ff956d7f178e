import { sql, type Transaction } from 'kysely'
import type { LetterEvent } from '../../shared/contract/letter.ts'
import { foldLetter, type Letter } from '../../shared/domain/letter.ts'
import { bangkokDay, buddhistYear } from '../../shared/thai/dates.ts'
import type { Tables } from '../database/tables.ts'
import type { KeptAnswer } from './decideGroup.ts'
import { lasting } from './lastingFault.ts'
import type { Submission } from './submission.ts'

/** The letters that a group of commands is about, folded from their logs. */
export async function readLetters(
  transaction: Transaction<Tables>,
  submissions: readonly Submission[],
): Promise<Map<string, Letter>> {
  const ids = [...new Set(submissions.map(({ command }) => command.letterId))]
  const rows = await transaction
    .selectFrom('letterEvent')
    .select(['letterId', 'event'])
    .where('letterId', 'in', ids)
    .orderBy('letterId')
    .orderBy('version')
    .execute()
  const letters = new Map<string, Letter>()
  for (const [id, log] of Map.groupBy(rows, (row) => row.letterId)) {
    const letter = lasting(() => foldLetter(log.map((row) => row.event)))
    if (letter) letters.set(id, letter)
  }
  return letters
}

/** The answers that were given before to commands with the same ids. */
export async function readAnswers(
  transaction: Transaction<Tables>,
  submissions: readonly Submission[],
): Promise<Map<string, KeptAnswer>> {
  const ids = submissions.map(({ command }) => command.id)
  const rows = await transaction.selectFrom('command').selectAll().where('id', 'in', ids).execute()
  const answers = new Map<string, KeptAnswer>()
  for (const { id, bodyHash, refusal, letterId, firstVersion, lastVersion } of rows) {
    const events = refusal ? [] : await readEvents(transaction, letterId, firstVersion ?? 1, lastVersion ?? 0)
    answers.set(id, {
      bodyHash,
      result: refusal
        ? {
            id,
            outcome: 'refused',
            refusal: { code: refusal.code, ...(refusal.detail && { detail: refusal.detail }) },
          }
        : { id, outcome: 'accepted', events },
    })
  }
  return answers
}

async function readEvents(
  transaction: Transaction<Tables>,
  letterId: string,
  first: number,
  last: number,
): Promise<LetterEvent[]> {
  const rows = await transaction
    .selectFrom('letterEvent')
    .select('event')
    .where('letterId', '=', letterId)
    .where('version', '>=', first)
    .where('version', '<=', last)
    .orderBy('version')
    .execute()
  return rows.map((row) => row.event)
}

/** The registers from which a group of commands may take numbers. */
export function registersOf(submissions: readonly Submission[], letters: Map<string, Letter>): string[] {
  const drafted = new Map(
    submissions.flatMap(({ command: { letterId, body } }) =>
      body.type === 'draft' ? [[letterId, body.registerId] as const] : [],
    ),
  )
  const needed = submissions.flatMap(({ command: { letterId, body } }) =>
    body.type === 'bind-number' ? (letters.get(letterId)?.registerId ?? drafted.get(letterId) ?? []) : [],
  )
  return [...new Set(needed)].sort()
}

/**
 * Locks the counters of `registers` for the year that it is in Bangkok once they are locked, so that later numbers
 * never have an earlier date: a clock that was corrected about midnight stands still at the day of the last number.
 * Returns the moment and the last serials, without those of registers whose last number is dated days ahead of it:
 * the clock is wrong now or was then, and nobody but the administrator can tell.
 */
export async function lockCounters(
  transaction: Transaction<Tables>,
  registers: readonly string[],
  clock: () => Date,
): Promise<{ serials: Map<string, number>; now: string }> {
  for (let moment = clock().toISOString(); ; ) {
    const year = buddhistYear(bangkokDay(moment))
    const serials = new Map<string, number>()
    if (registers.length > 0) {
      await transaction
        .insertInto('registerCounter')
        .values(registers.map((registerId) => ({ registerId, buddhistYear: year, lastSerial: 0 })))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      const { rows } = await sql<{ registerId: string; lastSerial: number }>`
        select register_id, last_serial from register_counter
        where buddhist_year = ${year} and register_id = any(${[...registers]})
        order by register_id for update`.execute(transaction)
      for (const row of rows) serials.set(row.registerId, row.lastSerial)
    }
    const dates = await lastDates(transaction, registers)
    moment = notBefore(dates, clock().toISOString())
    for (const { registerId, date } of dates) if (date > bangkokDay(moment)) serials.delete(registerId)
    if (buddhistYear(bangkokDay(moment)) === year) return { serials, now: moment }
  }
}

/**
 * The day of the latest number of each of `registers` that has one. Numbers are in the order of their dates, so the
 * last entry tells, and the register's others are not read while its counter is locked.
 */
async function lastDates(transaction: Transaction<Tables>, registers: readonly string[]) {
  if (registers.length === 0) return []
  const { rows } = await sql<{ registerId: string; date: string }>`
    select asked.register_id, latest.date from unnest(${[...registers]}::text[]) as asked (register_id)
    cross join lateral (
      select date from register_entry where register_entry.register_id = asked.register_id
      order by buddhist_year desc, serial desc limit 1) as latest`.execute(transaction)
  return rows
}

const DAY_MS = 24 * 3600 * 1000

/** `moment`, or the beginning of the latest of `dates` where that is less than a day ahead of it. */
function notBefore(dates: readonly { date: string }[], moment: string): string {
  const starts = dates.map(({ date }) => Date.parse(`${date}T00:00:00+07:00`))
  const latest = Math.max(
    ...starts.filter((start) => start < Date.parse(moment) + DAY_MS),
    Date.parse(moment),
  )
  return new Date(latest).toISOString()
}
