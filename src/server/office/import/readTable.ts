import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'
import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'

/** More than any agency's register of a year, and little enough for memory. */
const LARGEST_BYTES = 50_000_000

/** A table as people keep it: rows of texts, days among them as `YYYY-MM-DD`. */
export interface Table {
  readonly rows: readonly (readonly string[])[]
  /** Of the whole file. */
  readonly sha256: string
}

/**
 * Reads a CSV file (UTF-8 or Windows-874, which is what Excel writes in Thai; commas, semicolons or tabs) or the first
 * sheet of an XLSX file. Refuses file-unreadable and table-unreadable.
 */
export async function readTable(file: string): Promise<Outcome<Table>> {
  const bytes = await bytesOf(file)
  if (!bytes) return refuse('file-unreadable', { file })
  try {
    const rows = isZip(bytes) ? await readWorkbook(bytes) : readCsv(bytes)
    return accept({ rows, sha256: createHash('sha256').update(bytes).digest('hex') })
  } catch {
    // Both readers throw on what is no table.
    return refuse('table-unreadable', { file })
  }
}

async function bytesOf(file: string): Promise<Buffer | undefined> {
  try {
    const found = await stat(file)
    return found.isFile() && found.size <= LARGEST_BYTES ? await readFile(file) : undefined
  } catch {
    return undefined
  }
}

const isZip = (bytes: Buffer): boolean => bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04'

async function readWorkbook(bytes: Buffer): Promise<string[][]> {
  const rows = await readSheet(bytes)
  return rows.map((row) => row.map(cellText))
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  // A workbook's days have no time zone; the reader gives them as midnight in UTC.
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell).trim()
}

function readCsv(bytes: Buffer): string[][] {
  const text = decode(bytes)
  if (text.includes('\0')) throw new Error('no text')
  return parse(text, {
    delimiter: delimiterOf(text),
    ...{ bom: true, trim: true, relax_column_count: true, relax_quotes: true },
  })
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-874').decode(bytes)
  }
}

/** The separator that the first lines have most of. */
function delimiterOf(text: string): string {
  const beginning = text.split('\n', 20).join('\n')
  const counted = [',', ';', '\t'].map((mark) => ({ mark, times: beginning.split(mark).length }))
  return counted.toSorted((one, other) => other.times - one.times)[0]?.mark ?? ','
}
