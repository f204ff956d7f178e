import type { DescribedRevision, Description, SignatureRules } from '../pdf/describe.ts'
import type { Inspection, SignatureField } from '../pdf/inspect.ts'
import type { Coverage } from '../signing/verification/coverage.ts'
import type { LaterChanges } from '../signing/verification/laterChanges.ts'
import { changesInWords } from './changesInWords.ts'
import type { RefusalTexts } from './tell.ts'
import { shownName } from './words.ts'

/** What `saraban inspect` tells of a file. */
export interface FileReport
  extends Omit<Description, 'rules' | 'revisions' | 'permits'>,
    Pick<Inspection, 'pages' | 'xref' | 'marks'> {
  readonly file: string
  readonly revisions: readonly ReportedRevision[]
  readonly signatures: readonly ReportedSignature[]
  readonly permits: 1 | 2 | 3 | null
  readonly sign: Possibility
  readonly annotate: Possibility
}

type Possibility = { readonly possible: true } | ({ readonly possible: false } & RefusalTexts)

interface ReportedRevision extends DescribedRevision {
  /** Names of the fields signed in it. */
  readonly signatures: readonly string[]
  /** How verification judges what it did to the revision before it; none for the first. */
  readonly verdict: LaterChanges['kind']
  readonly changes: LaterChanges['changes']
}

interface ReportedSignature extends Pick<SignatureField, 'subFilter' | 'byteRange' | 'page'> {
  readonly field: string
  readonly coverage: Coverage
  readonly signer: string | null
  readonly reason: string | null
  readonly signedAt: string | null
  readonly certifies: SignatureRules['certifies'] | null
  readonly locks: SignatureRules['locks'] | null
}

const permitted = {
  1: 'ห้ามแก้ · no changes',
  2: 'กรอกแบบและลงนามได้ · filling in and signing',
  3: 'กรอกแบบ ลงนาม และทำเครื่องหมายได้ · filling in, signing and annotating',
} as const

/** The report for people. */
export function inWords(report: FileReport): string {
  const { file, version, size, xref, linearized, permits } = report
  const form = xref === 'table' ? 'ตาราง · table' : 'สตรีม · stream'
  const lines = [
    shownName(file),
    `  PDF ${version}, ${size.toLocaleString('en')} ไบต์ · bytes, xref: ${form}${linearized ? ', linearized' : ''}`,
    ...writersInWords(report),
    `  หน้า · pages: ${pagesInWords(report.pages)}`,
    ...report.revisions.flatMap(revisionInWords),
    ...report.signatures.map(signatureInWords),
    ...report.emptySignatureFields.map(
      ({ field, page }) => `  ช่องลงนามว่าง · empty signature field: ${field} (หน้า · page ${page})`,
    ),
    ...(permits === null ? [] : [`  ยอมให้ · permits: ${permitted[permits]}`]),
    ...report.marks.map(({ name, page, text }) => `  ${name} (หน้า · page ${page}): ${text}`),
    ...fontsInWords(report),
    `  ลงนาม · signing: ${possibilityInWords(report.sign)}`,
    `  ประทับ · stamping: ${possibilityInWords(report.annotate)}`,
  ]
  return lines.map(shownName).join('\n')
}

function writersInWords({ producer, creator, title }: FileReport): string[] {
  const named = [title, creator, producer].filter((text) => text !== undefined && text !== '')
  return named.length === 0 ? [] : [`  ${named.join(' | ')}`]
}

/** Runs of pages of one size and turn. */
function pagesInWords(pages: FileReport['pages']): string {
  const counts = new Map<string, number>()
  for (const { width, height, rotate } of pages) {
    const size = `${Math.round(width)}×${Math.round(height)}${rotate === 0 ? '' : ` ↻${rotate}°`}`
    counts.set(size, (counts.get(size) ?? 0) + 1)
  }
  return [...counts].map(([size, count]) => `${count} (${size})`).join(', ')
}

function revisionInWords(revision: ReportedRevision, index: number): string[] {
  const { from, to, objects, signatures, marks, annotations, verdict } = revision
  const added = [...signatures.map((field) => `ลายมือชื่อ · signature ${field}`), ...marks, ...annotations]
  const counts = `+${objects.added} ~${objects.changed} −${objects.removed}`
  const what = added.length === 0 ? '' : `: ${added.join(', ')}`
  const head = `  ฉบับ · revision ${index + 1}: ${from}–${to} (${counts})${what}`
  if (verdict === 'unreadable') return [head, '      อ่านไม่ได้ · unreadable']
  return [head, ...changesInWords(revision.changes)]
}

function signatureInWords(signature: ReportedSignature): string {
  const { field, signer, signedAt, subFilter, coverage, certifies, locks } = signature
  const rules = [
    ...(certifies == null ? [] : [`DocMDP ${certifies}`]),
    ...(locks == null ? [] : [`FieldMDP ${[locks.action, ...locks.fields].join(' ')}`]),
  ]
  return `  ${field}: ${[signer, signedAt, subFilter, coverage, ...rules].filter((part) => part !== null).join(', ')}`
}

/** Only those that make trouble. */
function fontsInWords({ fonts }: FileReport): string[] {
  const words = {
    private: 'คัดลอกและค้นได้ไม่ครบ · text cannot be searched rightly',
    none: 'คัดลอกและค้นไม่ได้ · text cannot be searched',
  }
  return fonts.flatMap(({ name, text, embedded }) => [
    ...(text === 'letters' ? [] : [`  ${name}: ${words[text]}`]),
    ...(embedded ? [] : [`  ${name}: ไม่ได้ฝังในไฟล์ · not embedded`]),
  ])
}

const possibilityInWords = (possibility: Possibility): string =>
  possibility.possible ? 'ได้ · yes' : `ไม่ได้ · no: ${possibility.message}`
