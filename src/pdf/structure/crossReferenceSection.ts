import type { ByteSource } from './byteSource.ts'
import { DamagedFile } from './damaged.ts'
import { EntryTable, emptyRun, type ObjectPlace, type Run } from './entryTable.ts'
import { decodeStream } from './filters.ts'
import { SyntaxReader } from './syntax.ts'
import { isArray, isNamed, type PdfDictionary, type PdfValue } from './values.ts'

/** One cross-reference section: a table, a stream, or a hybrid of both (ISO 32000-2, 7.5.4 to 7.5.8). */
export interface Section {
  /** Offset in the file. */
  readonly at: number
  /** What lies behind this was not looked at. */
  readonly end: number
  readonly trailer: PdfDictionary
  readonly form: 'table' | 'stream'
  readonly entries: EntryTable
  /** What the stream of a hybrid section says about numbers that the table calls free or does not know. */
  readonly hidden: EntryTable | undefined
}

const greatestObjectNumber = 8_388_607

/** What a section says about an object number. */
export function placeIn({ entries, hidden }: Section, number: number): ObjectPlace | undefined {
  const place = entries.get(number)
  return hidden === undefined || (place !== undefined && place.at !== 'free')
    ? place
    : (hidden.get(number) ?? place)
}

/** How many entries may still be read: sections that are packed or read twice could otherwise fill the memory. */
export interface EntryRoom {
  left: number
}

/** Columns for so many entries, as long as there is room for them. */
function takeRun(room: EntryRoom, first: number, count: number): Run {
  if (count > 0) checkedNumber(first + count - 1)
  room.left -= count
  if (room.left < 0) throw new DamagedFile('there are more cross-references than objects')
  return emptyRun(first, count)
}

/** Reads the section at `at`; `base` is what has to be added to offsets that it states. Throws DamagedFile. */
export function readSection(source: ByteSource, at: number, base: number, room: EntryRoom): Section {
  const reader = new SyntaxReader(source, at)
  if (!reader.accepts('xref')) {
    const { entries, dictionary } = readStreamSection(reader, room)
    return { at, end: reader.position, trailer: dictionary, form: 'stream', entries, hidden: undefined }
  }
  const entries = readTable(reader, room)
  const trailer = reader.dictionary()
  const hybrid = offsetIn(trailer, 'XRefStm')
  const hiddenReader = new SyntaxReader(source, (hybrid ?? 0) + base)
  const hidden = hybrid === undefined ? undefined : readStreamSection(hiddenReader, room).entries
  const end = Math.max(reader.position, hidden === undefined ? 0 : hiddenReader.position)
  return { at, end, trailer, form: 'table', entries, hidden }
}

/** Reads the subsections up to `trailer`. */
function readTable(reader: SyntaxReader, room: EntryRoom): EntryTable {
  const entries = new EntryTable()
  while (!reader.accepts('trailer')) {
    const first = reader.count()
    const count = reader.count()
    if (count * shortestEntry > reader.source.length) throw new DamagedFile('a cross-reference table is cut')
    const run = takeRun(room, first, count)
    let batch = smallestBatch
    for (let index = 0; index < count; ) {
      reader.skipSpace()
      const read = readFixedEntries(reader, run, index, Math.min(batch, count - index))
      batch = read < batch ? smallestBatch : Math.min(2 * batch, greatestBatch)
      if (read === 0) readFreeFormEntry(reader, run, index)
      index += Math.max(read, 1)
    }
    // Some writers begin their only subsection at 1 though its first entry is object 0, the free list's head.
    const startsLate = first === 1 && run.types[0] === 0 && run.generations[0] === 65_535
    entries.addRun(startsLate ? { ...run, first: 0 } : run)
  }
  return entries
}

/** `0 0 f` and a space. */
const shortestEntry = 6

/** Entries of the usual form are taken in batches that grow, so that unusual ones cost no more than themselves. */
const smallestBatch = 8
const greatestBatch = 2048
const fixedLength = 20

/**
 * Reads entries of exactly `nnnnnnnnnn ggggg n` and two bytes of white space, as 7.5.4 asks, at most `most`; large
 * files have a hundred thousand of them. Returns how many there were.
 */
function readFixedEntries(reader: SyntaxReader, run: Run, index: number, most: number): number {
  const bytes = reader.source.read(reader.position, reader.position + most * fixedLength)
  let read = 0
  for (let at = 0; at < bytes.length; at += fixedLength) {
    const offset = digits(bytes, at, 10)
    const generation = digits(bytes, at + 11, 5)
    const letter = bytes[at + 17]
    const isSpaced =
      bytes[at + 10] === 0x20 && bytes[at + 16] === 0x20 && isSpace(bytes[at + 18]) && isSpace(bytes[at + 19])
    if (!isSpaced || offset < 0 || generation < 0 || (letter !== 0x6e && letter !== 0x66)) break
    run.types[index + read] = letter === 0x6e ? 1 : 0
    run.values[index + read] = offset
    run.generations[index + read] = generation
    read++
  }
  reader.position += read * fixedLength
  return read
}

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d

/** The number in `count` digits, or -1 when something else is among them. */
function digits(bytes: Uint8Array, from: number, count: number): number {
  let value = 0
  for (let at = from; at < from + count; at++) {
    const digit = (bytes[at] ?? 0) - 0x30
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

function readFreeFormEntry(reader: SyntaxReader, run: Run, index: number): void {
  run.values[index] = reader.count()
  run.generations[index] = reader.count()
  const type = reader.word()
  if (type !== 'n' && type !== 'f') throw new DamagedFile('a cross-reference entry is malformed')
  run.types[index] = type === 'n' ? 1 : 0
}

function readStreamSection(
  reader: SyntaxReader,
  room: EntryRoom,
): { entries: EntryTable; dictionary: PdfDictionary } {
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
  const index = dictionary.has('Index')
    ? numbers(dictionary.get('Index'))
    : [0, ...numbers([dictionary.get('Size') ?? 0])]
  const entries = new EntryTable()
  let row = 0
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    const run = readRows(data, row, widths, index[pair] ?? 0, index[pair + 1] ?? 0, room)
    entries.addRun(run)
    row += run.types.length
  }
  return { entries, dictionary }
}

/** The rows of one subsection of a cross-reference stream (7.5.8.3); fewer than `count` when the data ends. */
function readRows(
  data: Uint8Array,
  row: number,
  [typeWidth = 0, secondWidth = 0, thirdWidth = 0]: readonly number[],
  first: number,
  count: number,
  room: EntryRoom,
): Run {
  const width = typeWidth + secondWidth + thirdWidth
  const rows = width === 0 ? 0 : Math.min(count, Math.floor(data.length / width) - row)
  const run = takeRun(room, first, rows)
  let at = row * width
  const field = (bytes: number): number => {
    let value = 0
    for (let left = bytes; left > 0; left--) value = value * 256 + (data[at++] ?? 0)
    return value
  }
  for (let entry = 0; entry < rows; entry++) {
    const type = typeWidth === 0 ? 1 : field(typeWidth)
    run.types[entry] = type === 1 || type === 2 ? type : 0
    run.values[entry] = field(secondWidth)
    run.generations[entry] = field(thirdWidth)
  }
  return run
}

function numbers(value: PdfValue | undefined): number[] {
  if (!isArray(value)) throw new DamagedFile('an array of numbers was expected')
  return value.map((item) => {
    if (typeof item !== 'number' || !Number.isInteger(item) || item < 0)
      throw new DamagedFile('a count was expected')
    return item
  })
}

/** Throws DamagedFile for a number that no honest file reaches: such a file would fill the memory. */
export function checkedNumber(number: number): number {
  if (number > greatestObjectNumber) throw new DamagedFile('an object number is too great')
  return number
}

/** An offset that a trailer states. */
export function offsetIn(trailer: PdfDictionary, key: string): number | undefined {
  const value = trailer.get(key)
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
    throw new DamagedFile(`/${key} is malformed`)
  return value
}
