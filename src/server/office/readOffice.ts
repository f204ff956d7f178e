import { type Kysely, sql, type Transaction } from 'kysely'
import type { Letter } from '../../shared/domain/letter.ts'
import type { OfficeContext } from '../../shared/domain/office/asked.ts'
import type { OfficeBody } from '../../shared/domain/office/decideOffice.ts'
import type { Disposal } from '../../shared/domain/office/disposal.ts'
import { type Directory, directoryOf } from '../../shared/domain/organisation.ts'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { lockCounters } from '../commands/readGroup.ts'
import type { Tables } from '../database/tables.ts'
import type { OfficeSubmission } from './submission.ts'

/**
 * What the database knows that matters to a command: the organisation as it is now, and of the log's own things those
 * that it names. Numbers are read with their counter's row locked, as commands to letters do. Refuses
 * server-clock-wrong.
 */
export async function readOffice(
  transaction: Transaction<Tables>,
  clock: () => Date,
  { command: { body }, actor }: OfficeSubmission,
): Promise<Outcome<OfficeContext>> {
  const directory = await readDirectory(transaction, body)
  const context = { directory, actor, now: clock().toISOString() }
  switch (body.type) {
    case 'reserve-number': {
      const { serials, now } = await lockCounters(transaction, [body.registerId], directory, clock)
      const last = serials.get(body.registerId)
      if (directory.register(body.registerId) && last === undefined) return refuse('server-clock-wrong')
      return accept({ ...context, now, ...(last !== undefined && { nextSerial: last + 1 }) })
    }
    case 'cancel-reservation':
    case 'expire-reservation':
      return accept({ ...context, ...(await readReservation(transaction, body)) })
    case 'import-entries':
      return accept({ ...context, takenSerials: await takenSerials(transaction, body) })
    case 'put-register':
      return accept({ ...context, registerInUse: await isInUse(transaction, body.register.id) })
    default:
      return accept('disposalId' in body ? await withDisposal(transaction, body, context) : context)
  }
}

async function readDirectory(transaction: Transaction<Tables>, body: OfficeBody): Promise<Directory> {
  if (body.type === 'found') return directoryOf(body.organisation)
  const row = await transaction.selectFrom('organisation').select('organisation').executeTakeFirst()
  if (!row) throw new Error('the server has no organisation')
  return directoryOf(row.organisation)
}

interface NamedNumber {
  readonly registerId: string
  readonly buddhistYear: number
  readonly serial: number
}

/** The reservation that is named. Its counter is locked, so that no letter takes the number meanwhile. */
async function readReservation(
  transaction: Transaction<Tables>,
  { registerId, buddhistYear, serial }: NamedNumber,
): Promise<Pick<OfficeContext, 'reservation'>> {
  await lockCounter(transaction, registerId, buddhistYear)
  const row = await transaction
    .selectFrom('reservation')
    .selectAll()
    .where('registerId', '=', registerId)
    .where('buddhistYear', '=', buddhistYear)
    .where('serial', '=', serial)
    .executeTakeFirst()
  if (!row) return {}
  const taken = await transaction
    .selectFrom('registerEntry')
    .select('serial')
    .where('registerId', '=', registerId)
    .where('buddhistYear', '=', buddhistYear)
    .where('serial', '=', serial)
    .executeTakeFirst()
  const { number: text, until, ...made } = row
  return { reservation: { made: { ...made, text, until: until.toISOString() }, taken: taken !== undefined } }
}

/** Which of the serials that an import brings are given already; the counter is locked. */
async function takenSerials(
  transaction: Transaction<Tables>,
  {
    registerId,
    buddhistYear,
    entries,
  }: Omit<NamedNumber, 'serial'> & { readonly entries: readonly { readonly serial: number }[] },
): Promise<number[]> {
  await lockCounter(transaction, registerId, buddhistYear)
  return serialsGiven(
    transaction,
    registerId,
    buddhistYear,
    entries.map(({ serial }) => serial),
  )
}

/** Those of `serials` that a register has given or set aside in a year. */
export async function serialsGiven(
  database: Kysely<Tables>,
  registerId: string,
  buddhistYear: number,
  serials: readonly number[],
): Promise<number[]> {
  const { rows } = await sql<{ serial: number }>`
    select serial from (
      select register_id, buddhist_year, serial from register_entry
      union select register_id, buddhist_year, serial from reservation
    ) as given
    where register_id = ${registerId} and buddhist_year = ${buddhistYear} and serial = any(${[...serials]}::int[])
    order by serial`.execute(database)
  return rows.map(({ serial }) => serial)
}

async function lockCounter(
  transaction: Transaction<Tables>,
  registerId: string,
  buddhistYear: number,
): Promise<void> {
  await transaction
    .insertInto('registerCounter')
    .values({ registerId, buddhistYear, lastSerial: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await transaction
    .selectFrom('registerCounter')
    .select('lastSerial')
    .where('registerId', '=', registerId)
    .where('buddhistYear', '=', buddhistYear)
    .forUpdate()
    .execute()
}

async function isInUse(transaction: Transaction<Tables>, registerId: string): Promise<boolean> {
  const counter = await transaction
    .selectFrom('registerCounter')
    .select('lastSerial')
    .where('registerId', '=', registerId)
    .where('lastSerial', '>', 0)
    .executeTakeFirst()
  return counter !== undefined
}

async function withDisposal(
  transaction: Transaction<Tables>,
  body: Extract<OfficeBody, { disposalId: string }>,
  context: OfficeContext,
): Promise<OfficeContext> {
  const row = await transaction
    .selectFrom('disposal')
    .select('disposal')
    .where('id', '=', body.disposalId)
    .executeTakeFirst()
  const ids = lettersNamed(body, row?.disposal)
  const letters = ids.length === 0 ? new Map<string, Letter>() : await readLetters(transaction, ids)
  return { ...context, letters, ...(row && { disposal: row.disposal }) }
}

function lettersNamed(
  body: Extract<OfficeBody, { disposalId: string }>,
  disposal: Disposal | undefined,
): readonly string[] {
  if (body.type === 'list-expired') return body.letterIds
  return body.type === 'carry-out' ? (disposal?.letterIds ?? []) : []
}

async function readLetters(
  transaction: Transaction<Tables>,
  ids: readonly string[],
): Promise<Map<string, Letter>> {
  const rows = await transaction.selectFrom('letter').select('letter').where('id', 'in', ids).execute()
  return new Map(rows.map(({ letter }) => [letter.id, letter]))
}
