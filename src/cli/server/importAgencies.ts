import {
  type AgenciesImported,
  importAgencies as bringAgencies,
} from '../../server/office/import/importAgencies.ts'
import { hasErrors } from '../../server/office/import/importFindings.ts'
import { readTable } from '../../server/office/import/readTable.ts'
import type { Outcome } from '../../shared/outcome.ts'
import { readFlags, usage, wantsJson } from '../flags.ts'
import { tellRefusal } from '../tell.ts'
import { placeFlags, placeOf, withKept } from './keptPlace.ts'
import { tellImport } from './tellImport.ts'

const flags = { ...placeFlags, 'dry-run': { type: 'boolean' } } as const

/**
 * `saraban server import-agencies FILE [--dry-run] [--data DIR] [--json]`: brings the address book up to DGA's list of
 * central mailboxes (CSV or XLSX), while the server runs. Exits 0; 1 when rows were left out; 2 on a refusal.
 */
export async function importAgencies(argv: string[]): Promise<number> {
  const json = wantsJson(argv)
  const imported = await importFrom(argv)
  if (!imported.ok) return tellRefusal(imported.refusal, json, 2)
  const { found, dryRun, ...counts } = imported.value
  for (const finding of found) tellImport(finding, json)
  if (json) console.log(JSON.stringify({ ...counts, dryRun, findings: found.length }))
  else {
    const { added, updated, unchanged } = counts
    const tried = dryRun ? 'ทดลองแล้ว ยังไม่บันทึก · Only tried: ' : '✓ '
    console.log(
      `${tried}เพิ่ม ${added} แก้ ${updated} คงเดิม ${unchanged} หน่วยงาน · ` +
        `${added} agencies added, ${updated} updated, ${unchanged} unchanged`,
    )
  }
  return hasErrors(found) ? 1 : 0
}

async function importFrom(argv: string[]): Promise<Outcome<AgenciesImported & { readonly dryRun: boolean }>> {
  const read = readFlags(argv, flags)
  if (!read.ok) return read
  const { data, 'dry-run': dryRun = false } = read.value.values
  const [file, stray] = read.value.positionals
  if (file === undefined || stray !== undefined) return usage(stray ?? 'FILE')
  const table = await readTable(file)
  if (!table.ok) return table
  return withKept(placeOf(data), async ({ database }) => {
    const clock = () => new Date()
    const imported = await bringAgencies({ database, clock }, { table: table.value, dryRun })
    return imported.ok ? { ok: true, value: { ...imported.value, dryRun } } : imported
  })
}
