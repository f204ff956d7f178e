import type { ImportedEntry } from '../../../shared/contract/office.ts'
import { importedEntrySchema } from '../../../shared/contract/office.ts'
import type { Register } from '../../../shared/contract/organisation.ts'
import type { Directory } from '../../../shared/domain/organisation.ts'
import { numberText, periodOf } from '../../../shared/domain/registers.ts'
import { toArabicDigits } from '../../../shared/thai/digits.ts'
import { readDay } from '../../../shared/thai/readDay.ts'
import { type NamedRow, namedRows } from './columns.ts'
import type { ImportFinding } from './importFindings.ts'
import type { Table } from './readTable.ts'

/** The columns of แบบที่ 13 and 14, and the names that older systems give them. */
const headings = {
  serial: ['เลขทะเบียนรับ', 'เลขทะเบียนส่ง', 'เลขทะเบียน', 'เลขรับ', 'เลขส่ง', 'register no', 'serial'],
  date: ['วันที่', 'วันที่รับ', 'วันที่ส่ง', 'วันที่ลงทะเบียน', 'วันเดือนปี', 'date', 'registered on'],
  number: ['ที่', 'เลขที่', 'ที่หนังสือ', 'เลขที่หนังสือ', 'letter no', 'letter number', 'number', 'reference'],
  letterDate: ['ลงวันที่', 'วันที่หนังสือ', 'letter date', 'dated'],
  from: ['จาก', 'ผู้ส่ง', 'from', 'sender'],
  to: ['ถึง', 'ผู้รับ', 'เรียน', 'to', 'addressee', 'recipient'],
  subject: ['เรื่อง', 'ชื่อเรื่อง', 'subject', 'title'],
  practice: ['การปฏิบัติ', 'การดำเนินการ', 'action', 'action taken'],
  remarks: ['หมายเหตุ', 'remarks', 'note', 'notes'],
} as const
type Column = keyof typeof headings
type RegisterRow = NamedRow<Column>

/** What an older register holds, in the order of its numbers, with what is to be remarked about it. */
export interface RegisterRows {
  readonly buddhistYear: number
  readonly entries: readonly ImportedEntry[]
  /** The row of each entry in the table. */
  readonly places: ReadonlyMap<number, number>
  readonly found: readonly ImportFinding[]
}

/** Into which register, of which year, and as of which day rows are read. */
export interface RegisterOrder {
  readonly register: Register
  readonly directory: Directory
  /** The Buddhist year of the register's period; undefined for that of the first row. */
  readonly year: number | undefined
  /** The day in Bangkok. */
  readonly today: string
}

/** Reads an older system's register. Undefined where the table has no headings of one. */
export function readRegisterRows(table: Table, order: RegisterOrder): RegisterRows | undefined {
  const rows = namedRows(table, headings, ['serial', 'subject'])
  if (!rows) return undefined
  const found: ImportFinding[] = []
  const entries = new Map<number, { entry: ImportedEntry; row: number }>()
  let year = order.year
  let heading: string | undefined
  for (const row of rows) {
    // แบบที่ 13 is headed by the day of registration.
    const day = row.texts.length === 1 ? dayIn(row.texts[0] ?? '') : undefined
    if (day) {
      heading = day
      continue
    }
    const read = readRow(row, heading, year, order)
    found.push(...read.found)
    if (!read.entry) continue
    year ??= read.period
    const { entry } = read
    const other = entries.get(entry.serial)
    if (other) {
      found.push({ code: 'serial-twice', detail: { row: row.row, serial: entry.serial, other: other.row } })
    } else entries.set(entry.serial, { entry, row: row.row })
  }
  const ordered = [...entries.values()].toSorted((one, other) => one.entry.serial - other.entry.serial)
  const all = ordered.map(({ entry }) => entry)
  const places = new Map(ordered.map(({ entry, row }) => [entry.serial, row]))
  found.push(...numbersTwice(ordered), ...serialsMissing(all))
  return { buddhistYear: year ?? periodOf(order.register, order.today), entries: all, places, found }
}

/** The day that a cell holds: `ลงวันที่ ๑๗ กันยายน ๒๕๖๙`, `17/9/69`; undefined for none. */
const dayIn = (cell: string): string | undefined => readDay(cell.replace(/ลงวันที่|เดือน/g, ' ')) ?? undefined

interface RowRead {
  readonly entry?: ImportedEntry
  readonly period?: number
  readonly found: readonly ImportFinding[]
}

function readRow(
  { row, cells }: RegisterRow,
  heading: string | undefined,
  year: number | undefined,
  { register, directory, today }: RegisterOrder,
): RowRead {
  const found: ImportFinding[] = []
  const wrong = (code: ImportFinding['code'], detail: ImportFinding['detail'] = {}): RowRead => ({
    found: [...found, { code, detail: { row, ...detail } }],
  })
  const written = /^(\d{1,9})(?:\s*\/\s*(\d{4}))?$/.exec(toArabicDigits(cells.serial))
  const serial = Number(written?.[1] ?? 0)
  if (serial === 0) return wrong('serial-unreadable')
  const letterDate = dayIn(cells.letterDate)
  const own = dayIn(cells.date) ?? heading
  const date = own ?? letterDate
  if (!date) return wrong('date-unreadable')
  if (date > today) return wrong('date-in-future', { date })
  const receives = register.use === 'receive'
  if (!own && receives) found.push({ code: 'date-of-letter', detail: { row } })
  const unread = cells.letterDate !== '' && letterDate === undefined
  if (unread) found.push({ code: 'letter-date-unreadable', detail: { row } })
  const period = written?.[2] ? Number(written[2]) : periodOf(register, date)
  if (year !== undefined && period !== year) return wrong('year-differs', { found: period, year })
  const unit = directory.unit(register.unitId)
  if (!unit) throw new Error('a register belongs to a unit')
  const number = toArabicDigits(cells.number)
  const text = numberText(register, unit, directory.organisation, { serial, period, circular: false })
  const remarks = [cells.remarks, unread ? `ลงวันที่ ${cells.letterDate}` : ''].filter((one) => one !== '')
  const parsed = importedEntrySchema.safeParse({
    serial,
    number: receives || number === '' ? text : number,
    date: receives ? date : (letterDate ?? date),
    sender: receives ? cells.from : '',
    senderNumber: receives ? cells.number : '',
    senderDate: receives ? (letterDate ?? null) : null,
    addressee: cells.to,
    subject: cells.subject,
    practice: cells.practice,
    remarks: remarks.join('\n'),
  })
  if (parsed.success) return { entry: parsed.data, period, found }
  return wrong('text-unfit', { column: String(parsed.error.issues[0]?.path[0] ?? '') })
}

function numbersTwice(ordered: readonly { entry: ImportedEntry; row: number }[]): ImportFinding[] {
  const seen = new Set<string>()
  return ordered.flatMap(({ entry, row }): ImportFinding[] => {
    const twice = seen.has(entry.number)
    seen.add(entry.number)
    return twice ? [{ code: 'number-twice', detail: { row } }] : []
  })
}

/** Numbers between the first and the last that the older register does not have. */
function serialsMissing(entries: readonly ImportedEntry[]): ImportFinding[] {
  return entries.flatMap(({ serial }, index): ImportFinding[] => {
    const before = entries[index - 1]?.serial ?? serial - 1
    return serial > before + 1
      ? [{ code: 'serials-missing', detail: { from: before + 1, to: serial - 1 } }]
      : []
  })
}
