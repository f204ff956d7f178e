import { sql, type Transaction } from 'kysely'
import type { OfficeEvent, OfficeEventOf, OfficeResult } from '../../shared/contract/office.ts'
import { evolveDisposal } from '../../shared/domain/office/disposal.ts'
import { evolveOrganisation, isOrganisationEvent } from '../../shared/domain/office/organisation.ts'
import type { Tables } from '../database/tables.ts'
import { appendFeed } from '../feed/appendFeed.ts'
import { disposalRow, importedRow, organisationRow, reservationRow } from '../projections/officeRows.ts'
import type { OfficeSubmission } from './submission.ts'

/** What a command came to. */
interface OfficeChange {
  readonly submission: OfficeSubmission
  /** The hash of what was asked. */
  readonly hash: string
  readonly stream: string
  readonly result: OfficeResult
  /** ISO instant. */
  readonly now: string
}

const ROWS_AT_ONCE = 500

/** Writes a command's answer; where it was accepted the log, the projections, and last the feed. */
export async function writeOffice(transaction: Transaction<Tables>, change: OfficeChange): Promise<void> {
  const { submission, hash, stream, result, now } = change
  const events = result.outcome === 'accepted' ? result.events : []
  if (events.length > 0) {
    await transaction
      .insertInto('officeEvent')
      .values(events.map((event) => ({ stream, version: event.version, event: JSON.stringify(event) })))
      .execute()
  }
  await transaction
    .insertInto('command')
    .values({
      id: submission.command.id,
      bodyHash: hash,
      personId: submission.actor,
      letterId: null,
      stream,
      refusal: result.outcome === 'refused' ? JSON.stringify(result.refusal) : null,
      firstVersion: events[0]?.version ?? null,
      lastVersion: events.at(-1)?.version ?? null,
      answeredAt: now,
    })
    .execute()
  await changeOrganisation(transaction, events)
  for (const event of events) await changeRegister(transaction, event)
  await changeDisposal(transaction, events)
}

async function changeOrganisation(
  transaction: Transaction<Tables>,
  events: readonly OfficeEvent[],
): Promise<void> {
  const changes = events.flatMap(({ body }) => (isOrganisationEvent(body) ? [body] : []))
  if (changes.length === 0) return
  const kept = await transaction.selectFrom('organisation').select('organisation').executeTakeFirst()
  const after = changes.reduce(
    (organisation, body) => evolveOrganisation(organisation, body),
    kept?.organisation,
  )
  if (!after) throw new Error('an organisation has events')
  const { id, ...row } = organisationRow(after)
  await transaction
    .insertInto('organisation')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
  // Nobody knows another organisation before it is founded.
  if (changes.every(({ type }) => type === 'founded')) return
  await appendFeed(transaction, [
    { kind: 'organisation', letterId: null, fromVersion: null, toVersion: null, audience: [] },
  ])
}

async function changeRegister(transaction: Transaction<Tables>, { body, actor }: OfficeEvent): Promise<void> {
  switch (body.type) {
    case 'number-reserved': {
      const { type: _, ...number } = body
      await moveCounter(transaction, body.registerId, body.buddhistYear, body.serial)
      const made = { ...number, state: 'reserved' as const, reservedBy: actor, cancelledFor: '' }
      await transaction.insertInto('reservation').values(reservationRow(made)).execute()
      return
    }
    case 'reservation-cancelled':
      await transaction
        .updateTable('reservation')
        .set({ state: 'cancelled', cancelledFor: body.reason })
        .where('registerId', '=', body.registerId)
        .where('buddhistYear', '=', body.buddhistYear)
        .where('serial', '=', body.serial)
        .execute()
      return
    case 'entries-imported':
      await writeImported(transaction, body)
      return
    default:
      return
  }
}

async function writeImported(
  transaction: Transaction<Tables>,
  { registerId, buddhistYear, entries }: OfficeEventOf<'entries-imported'>,
): Promise<void> {
  const highest = Math.max(...entries.map(({ serial }) => serial))
  await moveCounter(transaction, registerId, buddhistYear, highest)
  const { organisation } = await transaction
    .selectFrom('organisation')
    .select('organisation')
    .executeTakeFirstOrThrow()
  const register = organisation.registers.find(({ id }) => id === registerId)
  if (!register) throw new Error('entries are imported into a register')
  const rows = entries.map((entry) => importedRow({ ...entry, buddhistYear }, register))
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await transaction
      .insertInto('registerEntry')
      .values(rows.slice(start, start + ROWS_AT_ONCE))
      .execute()
  }
}

async function moveCounter(
  transaction: Transaction<Tables>,
  registerId: string,
  buddhistYear: number,
  serial: number,
): Promise<void> {
  await transaction
    .updateTable('registerCounter')
    .set({ lastSerial: sql<number>`greatest(last_serial, ${serial})` })
    .where('registerId', '=', registerId)
    .where('buddhistYear', '=', buddhistYear)
    .execute()
}

async function changeDisposal(
  transaction: Transaction<Tables>,
  events: readonly OfficeEvent[],
): Promise<void> {
  const changes = events.filter(({ body }) => 'disposalId' in body)
  const [first] = changes
  if (!first || !('disposalId' in first.body)) return
  const kept = await transaction
    .selectFrom('disposal')
    .select('disposal')
    .where('id', '=', first.body.disposalId)
    .executeTakeFirst()
  const after = changes.reduce((disposal, event) => evolveDisposal(disposal, event), kept?.disposal)
  if (!after) throw new Error('a disposal has events')
  const { id, ...row } = disposalRow(after)
  await transaction
    .insertInto('disposal')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}
