import { sql, type Transaction } from 'kysely'
import type { LetterEvent } from '../../shared/contract/letter.ts'
import { lettersNamed } from '../../shared/domain/decide.ts'
import { foldLetter } from '../../shared/domain/evolve.ts'
import type { Letter } from '../../shared/domain/letter.ts'
import type { Directory } from '../../shared/domain/organisation.ts'
import { periodOf } from '../../shared/domain/registers.ts'
import { bangkokDay } from '../../shared/thai/dates.ts'
import type { Tables } from '../database/tables.ts'
import { duplicateKey, type GroupState, type KeptAnswer, reservationKey } from './decideGroup.ts'
import { lasting } from './lastingFault.ts'
import type { Submission } from './submission.ts'

/** The letters that a group of commands is about, folded from their logs. */
export async function readLetters(
  transaction: Transaction<Tables>,
  submissions: readonly Submission[],
): Promise<Map<string, Letter>> {
  const ids = [...new Set(submissions.flatMap(({ command }) => [command.letterId, ...lettersNamed(command)]))]
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
    const events =
      refusal || letterId === null
        ? []
        : await readEvents(transaction, letterId, firstVersion ?? 1, lastVersion ?? 0)
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
  const needed = submissions.flatMap(({ command: { letterId, body } }) => {
    if (body.type === 'register' || body.type === 'receive') return body.registerId
    if (body.type !== 'bind-number') return []
    return letters.get(letterId)?.registerId ?? drafted.get(letterId) ?? []
  })
  return [...new Set(needed)].sort()
}

/** The counters of a group, their rows locked, and the moment at which it is decided. */
interface LockedCounters {
  readonly serials: Map<string, number>
  readonly now: string
}

/**
 * Locks the counters of `registers` for the period that it is in Bangkok once they are locked, so that later numbers
 * never have an earlier date: a clock that was corrected about midnight stands still at the day of the last number.
 * Returns the moment and the last serials, without those of registers whose last number is dated days ahead of it:
 * the clock is wrong now or was then, and nobody but the administrator can tell.
 */
export async function lockCounters(
  transaction: Transaction<Tables>,
  asked: readonly string[],
  directory: Directory,
  clock: () => Date,
): Promise<LockedCounters> {
  const registers = asked.flatMap((id) => directory.register(id) ?? [])
  const ids = registers.map(({ id }) => id)
  const periodsAt = (moment: string) => registers.map((register) => periodOf(register, bangkokDay(moment)))
  for (let moment = clock().toISOString(); ; ) {
    const periods = periodsAt(moment)
    const serials = new Map<string, number>()
    if (ids.length > 0) {
      await sql`
        insert into register_counter (register_id, buddhist_year, last_serial)
        select register_id, period, 0 from unnest(${ids}::text[], ${periods}::int[]) as asked (register_id, period)
        on conflict do nothing`.execute(transaction)
      const { rows } = await sql<{ registerId: string; lastSerial: number }>`
        select register_id, last_serial from register_counter
        where (register_id, buddhist_year) in (select * from unnest(${ids}::text[], ${periods}::int[]))
        order by register_id for update`.execute(transaction)
      for (const row of rows) serials.set(row.registerId, row.lastSerial)
    }
    const dates = await lastDates(transaction, ids)
    moment = notBefore(dates, clock().toISOString())
    for (const { registerId, date } of dates) if (date > bangkokDay(moment)) serials.delete(registerId)
    if (periodsAt(moment).every((period, index) => period === periods[index])) return { serials, now: moment }
  }
}

/** The reserved numbers that a group of commands names; the counters of their registers are locked. */
export async function readReservations(
  transaction: Transaction<Tables>,
  submissions: readonly Submission[],
): Promise<GroupState['reservations']> {
  const named = submissions.some(({ command: { body } }) => body.type === 'bind-number' && body.reserved)
  if (!named) return new Map()
  const rows = await transaction
    .selectFrom('reservation')
    .select(['registerId', 'buddhistYear', 'serial', 'date', 'until', 'state'])
    .where('state', '=', 'reserved')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('registerEntry')
            .select('registerEntry.serial')
            .whereRef('registerEntry.registerId', '=', 'reservation.registerId')
            .whereRef('registerEntry.buddhistYear', '=', 'reservation.buddhistYear')
            .whereRef('registerEntry.serial', '=', 'reservation.serial'),
        ),
      ),
    )
    .execute()
  return new Map(
    rows.map(({ registerId, buddhistYear, serial, date, until }) => [
      reservationKey(registerId, buddhistYear, serial),
      { date, until: until.toISOString(), open: true },
    ]),
  )
}

/** The receive numbers of letters like those that a group registers. */
export async function readDuplicates(
  transaction: Transaction<Tables>,
  submissions: readonly Submission[],
): Promise<GroupState['registered']> {
  const keys = submissions.flatMap((submission) => duplicateKey(submission) ?? [])
  if (keys.length === 0) return new Map()
  const { rows } = await sql<{ key: string; number: string }>`
    select register_id || ' ' || sender_key as key, number from register_entry
    where sender_key = any(${keys.map((key) => key.slice(key.indexOf(' ') + 1))})
      and register_id || ' ' || sender_key = any(${keys})
    order by buddhist_year desc, serial desc`.execute(transaction)
  return new Map(rows.map(({ key, number }) => [key, number]))
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
