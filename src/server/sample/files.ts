import { createHash } from 'node:crypto'
import { addMarks, finishFont, startFont } from '../../pdf/marks/revisionMarks.ts'
import { composeMemo } from '../../pdf/memo/memo.ts'
import { Revision as AppendedRevision, withAppended } from '../../pdf/structure/append.ts'
import { openToAppend } from '../../pdf/structure/openToAppend.ts'
import { loadTypefaces } from '../../pdf/text/typeface.ts'
import type { Revision } from '../../shared/contract/letter.ts'
import type { Outcome } from '../../shared/outcome.ts'
import { toThaiDigits } from '../../shared/thai/digits.ts'

/** What the files of sample letters look like: a file for each of these, shared by all letters of its kind. */
const fileLooks = ['incoming', 'petition', 'external', 'internal', 'circular', 'order', 'paper'] as const
export type FileLook = (typeof fileLooks)[number]

/** A file of the sample and those that extend it, each by what one more signature or order would append. */
interface SampleChain {
  readonly revisions: readonly Revision[]
  readonly bytes: readonly Uint8Array[]
}

/** The files that all letters of a sample share. */
export interface SampleFiles {
  /** The file with which a letter of that look begins. */
  first(look: FileLook): Revision
  /** The revision after `sha256`; undefined where the chain ends. */
  after(sha256: string): Revision | undefined
  /** Each file once. */
  readonly all: readonly { readonly sha256: string; readonly bytes: Uint8Array }[]
}

const titles: Readonly<Record<FileLook, string>> = {
  incoming: 'หนังสือจากหน่วยงานภายนอก',
  petition: 'คำร้องของประชาชน',
  external: 'หนังสือภายนอก',
  internal: 'บันทึกข้อความ',
  circular: 'หนังสือเวียน',
  order: 'คำสั่ง ประกาศ และหนังสือรับรอง',
  paper: 'หนังสือที่ลงนามบนกระดาษและสแกน',
}

/** As many as the longest way of a letter appends. */
const LONGEST_CHAIN = 12
const MADE_AT = new Date('2025-01-01T00:00:00Z')

let made: Promise<SampleFiles> | undefined

/**
 * Makes the sample's files, once in a process; the same bytes each time. Each is a page that says what it stands for,
 * and its revisions really extend it; none of them is really signed.
 */
export function sampleFiles(): Promise<SampleFiles> {
  made ??= makeFiles()
  return made
}

async function makeFiles(): Promise<SampleFiles> {
  const chains = new Map<FileLook, SampleChain>()
  for (const look of fileLooks) chains.set(look, await chainOf(look))
  const next = new Map<string, Revision>()
  for (const { revisions } of chains.values()) {
    for (const revision of revisions) if (revision.extends !== null) next.set(revision.extends, revision)
  }
  return {
    first: (look) => {
      const first = chains.get(look)?.revisions[0]
      if (!first) throw new Error(`there is no file of the look ${look}`)
      return first
    },
    after: (sha256) => next.get(sha256),
    all: [...chains.values()].flatMap(({ revisions, bytes }) =>
      revisions.map(({ sha256 }, index) => ({ sha256, bytes: bytes[index] ?? new Uint8Array() })),
    ),
  }
}

async function chainOf(look: FileLook): Promise<SampleChain> {
  const title = titles[look]
  const memo = await composeMemo({
    agency: 'สำนักงานหลักประกันสุขภาพแห่งชาติ (ตัวอย่าง)',
    department: 'งานสารบรรณกลาง',
    departmentPhone: '๐ ๒๑๔๑ ๔๐๐๐',
    numberPrefix: 'สปสช ',
    subject: `ตัวอย่าง${title}`,
    salutationTo: 'ผู้ใช้งานระบบสารบรรณอิเล็กทรอนิกส์',
    paragraphs: [
      `ไฟล์นี้เป็นตัวอย่างของ${title} หนังสือตัวอย่างชนิดเดียวกันทุกฉบับใช้ไฟล์นี้ร่วมกัน เนื้อหาของแต่ละฉบับให้ดูที่ชื่อเรื่องและเส้นทางของหนังสือ`,
      'ลายมือชื่อในประวัติของหนังสือตัวอย่างเป็นข้อมูลสมมุติ จึงไม่มีใบรับรองอยู่ในไฟล์นี้',
    ],
    signerName: 'ผู้ลงนามตัวอย่าง',
    signerPosition: 'ตำแหน่งตัวอย่าง',
  })
  const bytes = [expectMade(memo)]
  for (let mark = 1; mark < LONGEST_CHAIN; mark += 1) bytes.push(await extended(bytes[mark - 1], mark))
  const hashes = bytes.map((one) => createHash('sha256').update(one).digest('hex'))
  const revisions = hashes.map((sha256, index) => ({
    sha256,
    bytes: bytes[index]?.length ?? 0,
    extends: hashes[index - 1] ?? null,
  }))
  return { revisions, bytes }
}

/** The file with a line more at its foot, appended. */
async function extended(before: Uint8Array | undefined, mark: number): Promise<Uint8Array> {
  if (!before) throw new Error('a chain has a beginning')
  const { file, pages } = expectMade(openToAppend(before))
  const revision = new AppendedRevision(file)
  const font = startFont(revision, (await loadTypefaces()).regular)
  const line = `บันทึกการลงนามหรือสั่งการครั้งที่ ${toThaiDigits(String(mark))} (ตัวอย่าง)`
  const place = { x: 90, y: 40 + 16 * mark }
  const text = { name: `sample-${mark}`, page: 1, place, lines: [line], fontSize: 12 }
  expectMade(addMarks(revision, pages, [text], font, { at: MADE_AT }))
  finishFont(revision, font)
  return withAppended(before, revision.write().appended)
}

function expectMade<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`a sample file: ${outcome.refusal.code}`)
  return outcome.value
}
