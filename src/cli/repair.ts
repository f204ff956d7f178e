import { type RepairedFile, repair } from '../pdf/repair/repair.ts'
import { accept, type Outcome } from '../shared/outcome.ts'
import { eachErrand } from './eachFile.ts'
import { readBytes, writeWhole } from './files.ts'
import { readFlags, wantsJson } from './flags.ts'
import { type Errand, outputFlags, planOutputs } from './outputs.ts'
import { expandPatterns } from './patterns.ts'
import type { Done } from './report.ts'
import { tellRefusal } from './tell.ts'
import { shownName } from './words.ts'

/**
 * `saraban repair FILE… --out FILE | --out-dir DIR [--json]`: makes copies that can be signed of files that cannot.
 * Exit codes: 0 done, 1 refused, 130 cancelled.
 */
export async function repairFiles(argv: string[]): Promise<number> {
  const json = wantsJson(argv)
  const errands = await readErrands(argv)
  if (!errands.ok) return tellRefusal(errands.refusal, json, 1)
  return await eachErrand(errands.value, { label: 'ซ่อม', json }, repairOne)
}

async function readErrands(argv: string[]): Promise<Outcome<Errand[]>> {
  const flags = readFlags(argv, { ...outputFlags, json: { type: 'boolean' } })
  if (!flags.ok) return flags
  const files = await expandPatterns(flags.value.positionals)
  return files.ok ? await planOutputs(files.value, flags.value.values) : files
}

async function repairOne({ from, to }: Errand, signal: AbortSignal): Promise<Outcome<Done>> {
  const bytes = await readBytes(from)
  if (!bytes.ok) return bytes
  const repaired = await repair(bytes.value, { signal })
  if (!repaired.ok) return repaired
  const written = await writeWhole(to, repaired.value.bytes)
  if (!written.ok) return written
  const { pages, by, decrypted, warnings, blankPages } = repaired.value
  const result = { file: to, pages, by, decrypted, warnings, blankPages }
  return accept({ result, words: inWords(to, repaired.value) })
}

function inWords(file: string, { pages, by, decrypted, warnings, blankPages }: RepairedFile): string {
  if (by === 'text')
    return `ข้อความค้นหาและคัดลอกได้แล้ว · its text can be searched and copied: ${shownName(file)}`
  const lines = [`ซ่อมแล้ว · repaired: ${shownName(file)} (${pages} หน้า · pages, ${by})`]
  if (decrypted) lines.push('ถอดการเข้ารหัสและข้อห้ามออกแล้ว · no longer encrypted, nothing is forbidden')
  if (blankPages.length > 0) {
    lines.push(`หน้าที่ว่างเปล่า ให้เทียบกับต้นฉบับ · blank pages, compare with the original: ${blankPages.join(', ')}`)
  }
  return [...lines, ...warnings.map(shownName)].join('\n  ')
}
