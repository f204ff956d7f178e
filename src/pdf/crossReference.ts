import type { ByteSource } from './byteSource.ts'
import { DamagedFile } from './damaged.ts'
import { decodeStream } from './filters.ts'
import { SyntaxReader } from './syntax.ts'
import { isArray, isNamed, type PdfDictionary, type PdfValue } from './values.ts'

/** Where an object is: at an offset of the file, or as an item of an object stream. */
export type ObjectPlace =
  | { readonly at: 'offset'; readonly offset: number; readonly generation: number }
  | { readonly at: 'objectStream'; readonly stream: number }
  | { readonly at: 'free' }

/** The whole chain of cross-reference sections, newest first wins (ISO 32000-2, 7.5.4 to 7.5.8). */
export interface CrossReference {
  readonly places: ReadonlyMap<number, ObjectPlace>
  readonly trailer: PdfDictionary
  /** The form of the newest section; an appended section has to match it. */
  readonly form: 'table' | 'stream'
  /** The newest section's offset, as `startxref` gives it: counted from `base`. */
  readonly newest: number
  /** What has to be added to offsets in the file: not 0 when bytes precede the %PDF header. */
  readonly base: number
  /** One more than the greatest object number in use or promised by /Size. */
  readonly size: number
}

const mostSections = 4096
const greatestObjectNumber = 8_388_607
const tailLength = 4096
const roomForRevisions = 1000

/** Reads the cross-reference chain. Throws DamagedFile when any part of it is missing or malformed. */
export function readCrossReference(source: ByteSource, header: number): CrossReference {
  const start = startOffset(source)
  const base =
    header > 0 && !isSectionStart(source, start) && isSectionStart(source, start + header) ? header : 0
  const places = new Map<number, ObjectPlace>()
  const visited = new Set<number>()
  let trailer: PdfDictionary | undefined
  let form: 'table' | 'stream' = 'table'
  for (let next: number | undefined = start; next !== undefined; ) {
    if (visited.has(next) || visited.size > mostSections)
      throw new DamagedFile('cross-references go in a circle')
    visited.add(next)
    const section = readSection(source, next, base, places)
    if (trailer === undefined) {
      trailer = section.trailer
      form = section.form
    }
    next = offsetIn(section.trailer, 'Prev')
  }
  if (trailer === undefined) throw new DamagedFile('there is no trailer')
  return { places, trailer, form, newest: start, base, size: sizeOf(places, trailer) }
}

function startOffset(source: ByteSource): number {
  const from = Math.max(0, source.length - tailLength)
  const at = Buffer.from(source.read(from, source.length)).lastIndexOf('startxref')
  if (at < 0) throw new DamagedFile('startxref is missing')
  return new SyntaxReader(source, from + at + 9).count()
}

function isSectionStart(source: ByteSource, offset: number): boolean {
  const reader = new SyntaxReader(source, offset)
  const word = reader.word()
  return word === 'xref' || (/^\d+$/.test(word) && /^\d+$/.test(reader.word()) && reader.accepts('obj'))
}

interface Section {
  readonly trailer: PdfDictionary
  readonly form: 'table' | 'stream'
}

function readSection(
  source: ByteSource,
  offset: number,
  base: number,
  places: Map<number, ObjectPlace>,
): Section {
  const reader = new SyntaxReader(source, offset + base)
  if (!reader.accepts('xref')) return { trailer: readStreamSection(reader, places), form: 'stream' }
  const free = readTable(reader, places)
  const trailer = reader.dictionary()
  const hybrid = offsetIn(trailer, 'XRefStm')
  if (hybrid !== undefined) readStreamSection(new SyntaxReader(source, hybrid + base), places)
  for (const number of free) if (!places.has(number)) places.set(number, { at: 'free' })
  return { trailer, form: 'table' }
}

/** Reads the subsections up to `trailer`; returns the free numbers, which a hybrid section may still fill. */
function readTable(reader: SyntaxReader, places: Map<number, ObjectPlace>): number[] {
  const free: number[] = []
  while (!reader.accepts('trailer')) {
    let first = reader.count()
    const count = reader.count()
    for (let index = 0; index < count; index++) {
      const { offset, generation, type } = fixedEntry(reader) ?? freeFormEntry(reader)
      // Some writers begin their only subsection at 1 though its first entry is object 0, the free list's head.
      if (index === 0 && first === 1 && type === 'f' && generation === 65_535) first = 0
      const number = checkedNumber(first + index)
      if (type === 'f') free.push(number)
      else if (!places.has(number)) places.set(number, { at: 'offset', offset, generation })
    }
  }
  return free
}

interface TableEntry {
  readonly offset: number
  readonly generation: number
  readonly type: 'n' | 'f'
}

/** An entry of exactly `nnnnnnnnnn ggggg n`, as 7.5.4 asks; large files have a hundred thousand of them. */
function fixedEntry(reader: SyntaxReader): TableEntry | undefined {
  reader.skipSpace()
  const { position } = reader
  const digits = (from: number, count: number): number => {
    let value = 0
    for (let at = from; at < from + count; at++) {
      const digit = (reader.byteAt(at) ?? 0) - 0x30
      if (digit < 0 || digit > 9) return Number.NaN
      value = value * 10 + digit
    }
    return value
  }
  const offset = digits(position, 10)
  const generation = digits(position + 11, 5)
  const letter = reader.byteAt(position + 17)
  const spaced = reader.byteAt(position + 10) === 0x20 && reader.byteAt(position + 16) === 0x20
  if (!spaced || Number.isNaN(offset + generation) || (letter !== 0x6e && letter !== 0x66)) return undefined
  reader.position = position + 18
  return { offset, generation, type: letter === 0x6e ? 'n' : 'f' }
}

function freeFormEntry(reader: SyntaxReader): TableEntry {
  const offset = reader.count()
  const generation = reader.count()
  const type = reader.word()
  if (type !== 'n' && type !== 'f') throw new DamagedFile('a cross-reference entry is malformed')
  return { offset, generation, type }
}

function readStreamSection(reader: SyntaxReader, places: Map<number, ObjectPlace>): PdfDictionary {
  reader.count()
  reader.count()
  if (!reader.accepts('obj')) throw new DamagedFile('no cross-reference section where one should be')
  const dictionary = reader.dictionary()
  if (!isNamed(dictionary.get('Type'), 'XRef')) throw new DamagedFile('no cross-reference stream')
  const stream = reader.stream(dictionary, (value) => (typeof value === 'number' ? value : undefined))
  if (stream === undefined) throw new DamagedFile('a cross-reference stream has no bytes')
  const data = decodeStream(stream)
  const widths = numbers(dictionary.get('W'))
  if (widths.length < 3 || widths.some((width) => width > 8)) throw new DamagedFile('/W is malformed')
  const [typeWidth = 0, secondWidth = 0, thirdWidth = 0] = widths
  const entryWidth = typeWidth + secondWidth + thirdWidth
  const index = dictionary.has('Index')
    ? numbers(dictionary.get('Index'))
    : [0, ...numbers([dictionary.get('Size') ?? 0])]
  let at = 0
  const field = (width: number): number => {
    let value = 0
    for (let left = width; left > 0; left--) value = value * 256 + (data[at++] ?? 0)
    return value
  }
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    const first = index[pair] ?? 0
    const count = index[pair + 1] ?? 0
    for (let entry = 0; entry < count && entryWidth > 0 && at + entryWidth <= data.length; entry++) {
      const type = typeWidth === 0 ? 1 : field(typeWidth)
      const second = field(secondWidth)
      const third = field(thirdWidth)
      const number = checkedNumber(first + entry)
      if (places.has(number)) continue
      if (type === 1) places.set(number, { at: 'offset', offset: second, generation: third })
      else if (type === 2) places.set(number, { at: 'objectStream', stream: second })
      else places.set(number, { at: 'free' })
    }
  }
  return dictionary
}

function numbers(value: PdfValue | undefined): number[] {
  if (!isArray(value)) throw new DamagedFile('an array of numbers was expected')
  return value.map((item) => {
    if (typeof item !== 'number' || !Number.isInteger(item) || item < 0)
      throw new DamagedFile('a count was expected')
    return item
  })
}

function checkedNumber(number: number): number {
  if (number > greatestObjectNumber) throw new DamagedFile('an object number is too great')
  return number
}

function offsetIn(trailer: PdfDictionary, key: string): number | undefined {
  const value = trailer.get(key)
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
    throw new DamagedFile(`/${key} is malformed`)
  return value
}

function sizeOf(places: ReadonlyMap<number, ObjectPlace>, trailer: PdfDictionary): number {
  let size = 1
  for (const number of places.keys()) if (number >= size) size = number + 1
  const promised = trailer.get('Size')
  if (typeof promised === 'number' && promised > size) size = Math.floor(promised)
  // A revision takes numbers from here on, and needs room for them.
  checkedNumber(size + roomForRevisions)
  return size
}
