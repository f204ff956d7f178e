import type { Kysely } from 'kysely'
import type { OfficeEvent } from '../../shared/contract/office.ts'
import { clearanceLevel, MASKED_SUBJECT } from '../../shared/domain/secrecy.ts'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import type { Tables } from '../database/tables.ts'
import { maySeeDisposal } from './readDisposals.ts'
import { keeps, type Reader } from './readRegisters.ts'

/**
 * A page of one of the office's logs: the organisation's for administrators, a register's for its clerks as well, a
 * disposal's for those who take part in it. Refuses administrator-only, clerk-only and disposal-unknown.
 */
export async function readOfficeLog(
  database: Kysely<Tables>,
  reader: Reader,
  { stream, after, limit }: { readonly stream: string; readonly after: number; readonly limit: number },
): Promise<Outcome<{ events: OfficeEvent[]; next: number | null }>> {
  const may = await mayRead(database, reader, stream)
  if (!may.ok) return may
  const rows = await database
    .selectFrom('officeEvent')
    .select('event')
    .where('stream', '=', stream)
    .where('version', '>', after)
    .orderBy('version')
    .limit(limit)
    .execute()
  const events = rows.map(({ event }) => masked(event, reader))
  return accept({ events, next: events.length === limit ? (events.at(-1)?.version ?? null) : null })
}

async function mayRead(database: Kysely<Tables>, reader: Reader, stream: string): Promise<Outcome<null>> {
  const { directory, personId, now } = reader
  const [kind = '', id = ''] = stream.split(':')
  if (kind === 'disposal') {
    const row = await database
      .selectFrom('disposal')
      .select('disposal')
      .where((where) => where.eb(where.cast<string>('id', 'text'), '=', id))
      .executeTakeFirst()
    const seen = row && (directory.isAdministrator(personId, now) || maySeeDisposal(reader, row.disposal))
    return seen ? accept(null) : refuse('disposal-unknown')
  }
  if (directory.isAdministrator(personId, now)) return accept(null)
  if (kind !== 'register') return refuse('administrator-only')
  const unitId = directory.register(id)?.unitId ?? ''
  return keeps(reader, unitId)
    ? accept(null)
    : refuse('clerk-only', { unit: directory.unit(unitId)?.name ?? '' })
}

/** Subjects that came into a secret register (ทะเบียนลับ) are not for everyone who may read its log. */
function masked(event: OfficeEvent, { directory, personId }: Reader): OfficeEvent {
  const { body } = event
  if (body.type !== 'entries-imported') return event
  const secret = directory.register(body.registerId)?.secret ?? true
  if (!secret || clearanceLevel(personId, directory) > 0) return event
  const entries = body.entries.map((entry) => ({
    ...entry,
    subject: MASKED_SUBJECT,
    practice: '',
    remarks: '',
  }))
  return { ...event, body: { ...body, entries } }
}
