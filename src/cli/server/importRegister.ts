import { hasErrors } from '../../server/office/import/importFindings.ts'
import {
  type RegisterImported,
  importRegister as takeOver,
} from '../../server/office/import/importRegister.ts'
import { readTable } from '../../server/office/import/readTable.ts'
import { accept, type Outcome } from '../../shared/outcome.ts'
import { readFlags, required, usage, wantsJson } from '../flags.ts'
import { tellRefusal } from '../tell.ts'
import { placeFlags, placeOf, withKept } from './keptPlace.ts'
import { tellImport } from './tellImport.ts'

const flags = {
  ...placeFlags,
  register: { type: 'string' },
  year: { type: 'string' },
  'dry-run': { type: 'boolean' },
} as const

/**
 * `saraban server import-register FILE --register ID [--year N] [--dry-run] [--data DIR] [--json]`: takes an older
 * system's register over (CSV or XLSX with the columns of แบบที่ 13 or 14), whole or not at all. A line for each row with
 * something to be remarked, then one that sums up. Exits 0; 1 when something is wrong; 2 on a refusal.
 */
export async function importRegister(argv: string[]): Promise<number> {
  const json = wantsJson(argv)
  const imported = await importFrom(argv)
  if (!imported.ok) return tellRefusal(imported.refusal, json, 2)
  const { found, dryRun, buddhistYear: year, entries, imported: written } = imported.value
  for (const finding of found) tellImport(finding, json)
  if (json) {
    console.log(JSON.stringify({ year, entries, imported: written, dryRun, findings: found.length }))
  } else {
    console.log(
      `ปี ${year}: อ่านได้ ${entries} รายการ นำเข้า ${written} รายการ · ` +
        `${year}: ${entries} entries read, ${written} imported`,
    )
  }
  return hasErrors(found) ? 1 : 0
}

async function importFrom(argv: string[]): Promise<Outcome<RegisterImported & { readonly dryRun: boolean }>> {
  const read = readFlags(argv, flags)
  if (!read.ok) return read
  const { data, register, year, 'dry-run': dryRun = false } = read.value.values
  const [file, stray] = read.value.positionals
  if (file === undefined || stray !== undefined) return usage(stray ?? 'FILE')
  const registerId = required('register', register)
  if (!registerId.ok) return registerId
  if (year !== undefined && !/^2[4-9]\d\d$/.test(year)) return usage(`--year ${year}`)
  const table = await readTable(file)
  if (!table.ok) return table
  return withKept(placeOf(data), async ({ database }) => {
    const order = { registerId: registerId.value, year: year === undefined ? undefined : Number(year) }
    const clock = () => new Date()
    const imported = await takeOver({ database, clock }, { ...order, table: table.value, dryRun })
    return imported.ok ? accept({ ...imported.value, dryRun }) : imported
  })
}
