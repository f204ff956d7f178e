import { type Kysely, sql } from 'kysely'
import type { Practice, RegisterEntryView } from '../../shared/contract/officeViews.ts'
import type { Letter } from '../../shared/domain/letter.ts'
import { practiceOf } from '../../shared/domain/office/practice.ts'
import { periodOf } from '../../shared/domain/registers.ts'
import { clearanceLevel, MASKED_SUBJECT } from '../../shared/domain/secrecy.ts'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { bangkokDay } from '../../shared/thai/dates.ts'
import type { Tables } from '../database/tables.ts'
import { keeps, type Reader } from './readRegisters.ts'

/** Which part of a register is asked for. */
export interface EntriesAsked {
  readonly registerId: string
  /** The Buddhist year of the period; undefined for the present one. */
  readonly year: number | undefined
  /** The serial after which to begin. */
  readonly after: number
  readonly limit: number
}

interface Row {
  readonly serial: number
  readonly number: string
  readonly date: string
  readonly state: 'issued' | 'cancelled' | 'reserved'
  readonly reason: string
  readonly letterId: string | null
  readonly subject: string
  readonly addressee: string
  readonly secrecy: number
  readonly sender: string
  readonly senderNumber: string
  readonly senderDate: string | null
  readonly practice: string
  readonly remarks: string
  readonly owner: string | null
  readonly reservedBy: string | null
  readonly reservedFor: string | null
  readonly until: Date | null
}

/**
 * A page of a register (แบบที่ 13, 14) in the order of its numbers, for a clerk of its unit. Refuses
 * organisation-unknown-id and clerk-only.
 */
export async function readEntries(
  database: Kysely<Tables>,
  reader: Reader,
  { registerId, year, after, limit }: EntriesAsked,
): Promise<Outcome<{ entries: RegisterEntryView[]; next: number | null }>> {
  const { directory, personId, now } = reader
  const register = directory.register(registerId)
  if (!register) return refuse('organisation-unknown-id', { id: registerId })
  const unit = directory.unit(register.unitId)?.name ?? register.unitId
  if (!keeps(reader, register.unitId)) return refuse('clerk-only', { unit })
  const period = year ?? periodOf(register, bangkokDay(now))
  const rows = await readRows(database, registerId, period, after, limit)
  const ids = rows.flatMap(({ letterId }) => letterId ?? [])
  const letters = await readLetters(database, ids)
  const answers = await readAnswers(database, ids)
  const level = clearanceLevel(personId, directory)
  const entries = rows.map((row): RegisterEntryView => {
    const letter = row.letterId === null ? undefined : letters.get(row.letterId)
    const { number, date, serial, reason, letterId, senderNumber, senderDate, remarks } = row
    const ranOut = row.state === 'reserved' && row.until !== null && row.until.toISOString() < now
    const state = ranOut ? 'expired' : row.state
    if (row.secrecy > level) return { ...masked, serial, number, date, state }
    return {
      ...{ serial, number, date, reason, letterId, senderNumber, senderDate, remarks, state },
      from: row.sender || (register.use === 'receive' ? '' : unit),
      to: row.addressee,
      subject: row.subject,
      practice: [
        ...(row.practice ? [{ kind: 'written', text: row.practice } satisfies Practice] : []),
        ...(letter ? practiceOf(letter, answers.get(letter.id) ?? []) : []),
      ],
      reserved: reservedOf(row),
    }
  })
  const last = rows.at(-1)
  return accept({ entries, next: last && rows.length === limit ? last.serial : null })
}

/** What a clerk who is not cleared reads of a secret letter: that its number is given, and none of what people wrote. */
const masked = {
  ...{ reason: '', letterId: null, senderNumber: '', senderDate: null, remarks: '', from: '', to: '' },
  ...{ subject: MASKED_SUBJECT, practice: [], reserved: null },
}

const reservedOf = ({ owner, reservedBy, reservedFor, until }: Row): RegisterEntryView['reserved'] =>
  owner === null || until === null
    ? null
    : { owner, by: reservedBy ?? '', reason: reservedFor ?? '', until: until.toISOString() }

/** Entries, and the reserved numbers that no letter has taken. */
async function readRows(
  database: Kysely<Tables>,
  registerId: string,
  period: number,
  after: number,
  limit: number,
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select entry.serial, entry.number, entry.date, entry.state, entry.reason, letter_id, subject, addressee, secrecy,
      sender, sender_number, sender_date, practice, remarks,
      set_aside.owner, set_aside.reserved_by, set_aside.reason as reserved_for, set_aside.until
    from register_entry as entry left join reservation as set_aside
      on set_aside.register_id = entry.register_id and set_aside.buddhist_year = entry.buddhist_year
      and set_aside.serial = entry.serial
    where entry.register_id = ${registerId} and entry.buddhist_year = ${period} and entry.serial > ${after}
    union all
    select serial, number, date, state, cancelled_for, null, '', '', 0, '', '', null, '', '',
      owner, reserved_by, reason, until
    from reservation
    where register_id = ${registerId} and buddhist_year = ${period} and serial > ${after} and not exists (
      select from register_entry as entry where entry.register_id = reservation.register_id
        and entry.buddhist_year = reservation.buddhist_year and entry.serial = reservation.serial)
    order by serial limit ${limit}`.execute(database)
  return rows
}

async function readLetters(database: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, Letter>> {
  if (ids.length === 0) return new Map()
  const rows = await database.selectFrom('letter').select('letter').where('id', 'in', ids).execute()
  return new Map(rows.map(({ letter }) => [letter.id, letter]))
}

/** The letters that answer each of those of `ids`. */
async function readAnswers(database: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, Letter[]>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ letter: Letter }>`
    select letter from letter where letter ->> 'repliesTo' = any(${[...ids]}) and number_text is not null
    order by number_date, changed_at`.execute(database)
  return Map.groupBy(
    rows.map(({ letter }) => letter),
    ({ repliesTo }) => repliesTo ?? '',
  )
}
