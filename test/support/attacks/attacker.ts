import { Revision } from '../../../src/pdf/structure/append.ts'
import { openFile, type PdfFile } from '../../../src/pdf/structure/document.ts'
import { readPages } from '../../../src/pdf/structure/pages.ts'
import {
  dictionaryOf,
  isDictionary,
  nameOf,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
  referenceTo,
} from '../../../src/pdf/structure/values.ts'

/** Opens a file that is known to be sound. */
export function opened(bytes: Uint8Array): PdfFile {
  const file = openFile(bytes)
  if (!file.ok) throw new Error(file.refusal.code)
  return file.value
}

/** Changes objects of a file in an appended revision. */
export type Edit = (revision: Revision, file: PdfFile) => void

/** Appends a revision the way an attacker would: nothing is refused. */
export function appended(bytes: Uint8Array, edit: Edit): Uint8Array {
  const file = opened(bytes)
  const revision = new Revision(file)
  edit(revision, file)
  const { appended: behind } = revision.write()
  return new Uint8Array(Buffer.concat([bytes, behind]))
}

/** PDF syntax as a value that is only written. */
export const syntax = (text: string): PdfValue => ({ kind: 'verbatim', text })

/** A stream that is not packed. */
export const stream = (text: string, entries: Record<string, PdfValue> = {}): PdfValue => ({
  kind: 'stream',
  dictionary: dictionaryOf(entries),
  encoded: Buffer.from(text, 'latin1'),
})

/** A form of 400 × 40 points that draws `operators`; `more` are further entries of its dictionary. */
export const drawing = (operators: string, more: Record<string, PdfValue> = {}): PdfValue =>
  stream(operators, { Type: nameOf('XObject'), Subtype: nameOf('Form'), BBox: [0, 0, 400, 40], ...more })

/** A form that paints text over a white ground. */
export const painted = (text: string): PdfValue =>
  drawing(`1 g 0 0 400 40 re f 0 g BT /F 16 Tf 2 10 Td (${text}) Tj ET`)

/** Replaces entries of an object's dictionary; those that are undefined are taken out. */
export function alter(
  revision: Revision,
  file: PdfFile,
  number: number,
  entries: Readonly<Record<string, PdfValue | undefined>>,
): void {
  const changed = new Map(dictionaryAt(file, number))
  for (const [key, value] of Object.entries(entries)) {
    if (value === undefined) changed.delete(key)
    else changed.set(key, value)
  }
  revision.replace(referenceTo(number), changed)
}

/** The dictionary that an object is. */
export function dictionaryAt(file: PdfFile, number: number): PdfDictionary {
  const value = file.object(number)
  if (!isDictionary(value)) throw new Error(`object ${number} is no dictionary`)
  return value
}

/** Puts an annotation with the given entries on the first page and returns it. */
export function addAnnotation(
  revision: Revision,
  file: PdfFile,
  entries: Readonly<Record<string, PdfValue | undefined>>,
): PdfReference {
  const page = readPages(file)[0]
  if (page === undefined) throw new Error('there is no page')
  const annotation = revision.add(dictionaryOf(entries))
  const annotations = [...(file.array(page.dictionary.get('Annots')) ?? []), annotation]
  revision.replace(page.reference, new Map(page.dictionary).set('Annots', annotations))
  return annotation
}

/** The entries of a mark at a rectangle whose look is `look`. */
export const mark = (
  revision: Revision,
  rect: readonly number[],
  look: PdfValue,
  more: Readonly<Record<string, PdfValue | undefined>> = {},
): Record<string, PdfValue | undefined> => ({
  Type: nameOf('Annot'),
  Subtype: nameOf('Stamp'),
  F: 4,
  Rect: rect,
  AP: dictionaryOf({ N: revision.add(look) }),
  ...more,
})

/** What a cross-reference section that is written by hand says. */
export interface HandWritten {
  /** Objects with their numbers, in PDF syntax. */
  readonly objects?: Readonly<Record<number, string>>
  /** Lines of the table besides those of the objects: number and entry. */
  readonly entries?: Readonly<Record<number, string>>
  /** Entries of the trailer; /Size, /Root and /Prev are there unless they are named. */
  readonly trailer?: Readonly<Record<string, string>>
}

/** Appends a revision with a table, byte by byte. */
export function handWritten(bytes: Uint8Array, written: HandWritten): Uint8Array {
  const { crossReference } = opened(bytes)
  let text = '\n'
  const lines = new Map<number, string>()
  for (const [number, body] of Object.entries(written.objects ?? {})) {
    lines.set(Number(number), `${String(bytes.length + text.length).padStart(10, '0')} 00000 n `)
    text += `${number} 0 obj\n${body}\nendobj\n`
  }
  for (const [number, entry] of Object.entries(written.entries ?? {})) lines.set(Number(number), entry)
  const start = bytes.length + text.length
  text += `xref\n${[...lines].map(([number, line]) => `${number} 1\n${line}\n`).join('')}`
  const trailer = { Size: '500', Root: '1 0 R', Prev: String(crossReference.newest), ...written.trailer }
  text += `trailer\n<<${Object.entries(trailer)
    .map(([key, value]) => `/${key} ${value}`)
    .join(' ')}>>\nstartxref\n${start}\n%%EOF\n`
  return new Uint8Array(Buffer.concat([bytes, Buffer.from(text, 'latin1')]))
}

/** The entry of a table for an object at an offset. */
export const entryAt = (offset: number, generation = 0): string =>
  `${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} n `
