import { createHash } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { SERVER_ACTOR } from '../../../shared/contract/letter.ts'
import { type Agency, agencySchema } from '../../../shared/contract/organisation.ts'
import { accept, type Outcome, type Refusal, refuse } from '../../../shared/outcome.ts'
import { canonicalThai } from '../../../shared/thai/canonical.ts'
import { commitOffice, type OfficeParts } from '../commitOffice.ts'
import { type NamedRow, namedRows } from './columns.ts'
import { type ImportFinding, importFindings } from './importFindings.ts'
import type { Table } from './readTable.ts'

/** The columns of the list that DGA (สพร.) publishes, and the names that copies of it give them. */
const headings = {
  name: ['ชื่อหน่วยงาน', 'หน่วยงาน', 'ชื่อส่วนราชการ', 'ส่วนราชการ', 'name', 'agency', 'organization'],
  mailbox: [
    ...['อีเมล', 'อีเมล์', 'อีเมลกลาง', 'อีเมลสารบรรณกลาง', 'ที่อยู่อีเมล', 'ไปรษณีย์อิเล็กทรอนิกส์'],
    ...['email', 'e-mail', 'email address', 'mailbox'],
  ],
} as const
type AgencyRow = NamedRow<keyof typeof headings>

const AT_ONCE = 1000

/** What came of an import. */
export interface AgenciesImported {
  readonly added: number
  readonly updated: number
  readonly unchanged: number
  readonly found: readonly ImportFinding[]
}

/**
 * Brings the address book up to a list of agencies and their central mailboxes. An agency is known again by its name,
 * however it is spaced, and keeps its id and its other addresses; rows that cannot be read are left out. Refuses
 * table-headings.
 */
export async function importAgencies(
  parts: OfficeParts,
  { table, dryRun }: { readonly table: Table; readonly dryRun: boolean },
): Promise<Outcome<AgenciesImported>> {
  const rows = namedRows(table, headings, ['name', 'mailbox'])
  if (!rows) return refuse('table-headings', { headings: 'ชื่อหน่วยงาน, อีเมล' })
  const { organisation } = await parts.database
    .selectFrom('organisation')
    .select('organisation')
    .executeTakeFirstOrThrow()
  const known = new Map(organisation.agencies.map((agency) => [keyOf(agency.name), agency]))
  const { listed, found } = readAgencies(rows, known)
  const news = listed.filter(({ name }) => !known.has(keyOf(name)))
  const changed = listed.filter((agency) => {
    const before = known.get(keyOf(agency.name))
    return before && (before.mailbox !== agency.mailbox || before.source !== agency.source)
  })
  const agencies = [...news, ...changed]
  for (let start = 0; start < agencies.length && !dryRun; start += AT_ONCE) {
    const body = { type: 'put-agencies' as const, agencies: agencies.slice(start, start + AT_ONCE) }
    const command = { id: uuid(), clientTime: parts.clock().toISOString(), body }
    const done = await commitOffice(parts, { command, actor: SERVER_ACTOR, device: SERVER_ACTOR })
    if (done.outcome === 'refused') return { ok: false, refusal: done.refusal as Refusal }
  }
  const unchanged = listed.length - agencies.length
  return accept({ added: news.length, updated: changed.length, unchanged, found })
}

function readAgencies(rows: readonly AgencyRow[], known: ReadonlyMap<string, Agency>) {
  const found: ImportFinding[] = []
  const listed = new Map<string, { agency: Agency; row: number }>()
  for (const { row, cells } of rows) {
    const remarks = remarksOf(row, cells)
    found.push(...remarks)
    if (remarks.some(({ code }) => importFindings[code].severity === 'error')) continue
    const key = keyOf(cells.name)
    const before = known.get(key)
    const parsed = agencySchema.safeParse({
      id: `dga-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`,
      ...{ name: cells.name, postalAddress: '', exchange: null },
      ...before,
      mailbox: mailboxOf(cells.mailbox) ?? null,
      source: 'dga',
    })
    if (!parsed.success) {
      found.push({ code: 'text-unfit', detail: { row, column: String(parsed.error.issues[0]?.path[0]) } })
      continue
    }
    const other = listed.get(key)
    if (other) found.push({ code: 'agency-twice', detail: { row, other: other.row } })
    listed.set(key, { agency: parsed.data, row })
  }
  return { listed: [...listed.values()].map(({ agency }) => agency), found }
}

function remarksOf(row: number, { name, mailbox }: AgencyRow['cells']): ImportFinding[] {
  const remark = (code: ImportFinding['code']): ImportFinding[] => [{ code, detail: { row } }]
  if (name === '') return remark('agency-name-missing')
  if (mailbox === '' || mailbox === '-') return remark('mailbox-missing')
  const address = mailboxOf(mailbox)
  if (!address) return remark('mailbox-unreadable')
  return address.startsWith('saraban') ? [] : remark('mailbox-not-central')
}

/** The central address of a cell, which may hold several; lower case, since mail takes either. */
function mailboxOf(cell: string): string | undefined {
  const addresses = cell
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((part) => agencySchema.shape.mailbox.safeParse(part).success)
  return addresses.find((address) => address.startsWith('saraban')) ?? addresses[0]
}

const keyOf = (name: string): string => canonicalThai(name).replace(/\s+/g, '')
