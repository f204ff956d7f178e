import type { ByteSource } from './byteSource.ts'
import { checkedNumber, offsetIn, placeIn, readSection, type Section } from './crossReferenceSection.ts'
import { DamagedFile } from './damaged.ts'
import type { ObjectPlace } from './entryTable.ts'
import { SyntaxReader } from './syntax.ts'
import type { PdfDictionary } from './values.ts'

/** The whole chain of cross-reference sections (ISO 32000-2, 7.5.4 to 7.5.8). */
export interface CrossReference {
  readonly places: ObjectPlaces
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
/** Longer chains are put together into one table: each section costs every search a step. */
const longestChain = 24
const tailLength = 4096
const roomForRevisions = 1000
const fewEntries = 1 << 20

/** Where every object of a file is: the newest section that knows its number counts. */
class ObjectPlaces {
  /** The newest first. */
  readonly sections: readonly Section[]
  readonly #together: ReadonlyMap<number, ObjectPlace> | undefined

  constructor(sections: readonly Section[]) {
    this.sections = sections
    this.#together = sections.length > longestChain ? together(sections) : undefined
  }

  get(number: number): ObjectPlace | undefined {
    if (this.#together !== undefined) return this.#together.get(number)
    for (const section of this.sections) {
      const place = placeIn(section, number)
      if (place !== undefined) return place
    }
    return undefined
  }

  /** Every number that has an entry, free ones among them. */
  numbers(): Set<number> {
    return numbersIn(this.sections)
  }

  /** The numbers that may have another place than in `other`: those that only the sections apart from it name. */
  numbersApartFrom(other: ObjectPlaces): Set<number> {
    const shared = new Set(this.sections.filter((section) => other.sections.includes(section)))
    const apart = [...this.sections, ...other.sections].filter((section) => !shared.has(section))
    return numbersIn(apart)
  }

  /** The object streams that entries name. */
  containers(): Set<number> {
    return new Set(
      this.sections.flatMap(({ entries, hidden }) => [...entries.containers, ...(hidden?.containers ?? [])]),
    )
  }

  /** Whether an entry names one of the objects as its object stream. */
  hasContainerIn(objects: ReadonlySet<number>): boolean {
    return [...this.containers()].some((number) => objects.has(number))
  }
}

function numbersIn(sections: readonly Section[]): Set<number> {
  const found = new Set<number>()
  for (const { entries, hidden } of sections) {
    for (const number of entries.numbers()) found.add(number)
    for (const number of hidden?.numbers() ?? []) found.add(number)
  }
  return found
}

function together(sections: readonly Section[]): ReadonlyMap<number, ObjectPlace> {
  const places = new Map<number, ObjectPlace>()
  for (const section of sections) {
    for (const number of numbersIn([section])) {
      const place = places.has(number) ? undefined : placeIn(section, number)
      if (place !== undefined) places.set(number, place)
    }
  }
  return places
}

/**
 * Reads the cross-reference chain. Sections of `known`, another revision of the same file, are not read again where
 * this one has them too. Throws DamagedFile when any part of the chain is missing or malformed.
 */
export function readCrossReference(
  source: ByteSource,
  header: number,
  known?: CrossReference,
): CrossReference {
  const start = startOffset(source)
  const base = offsetBase(source, start, header)
  const shared = known?.base === base ? known.places.sections : []
  const sections: Section[] = []
  const visited = new Set<number>()
  // An object takes four bytes at least, even packed.
  const room = { left: fewEntries + Math.floor(source.length / 4) }
  for (let next: number | undefined = start; next !== undefined; ) {
    if (visited.has(next) || visited.size > mostSections)
      throw new DamagedFile('cross-references go in a circle')
    visited.add(next)
    const at = next + base
    const section =
      shared.find((candidate) => candidate.at === at && candidate.end <= source.length) ??
      readSection(source, at, base, room)
    sections.push(section)
    next = offsetIn(section.trailer, 'Prev')
  }
  const [newest] = sections
  if (newest === undefined) throw new DamagedFile('there is no trailer')
  const { trailer, form } = newest
  return {
    places: new ObjectPlaces(sections),
    trailer,
    form,
    newest: start,
    base,
    size: sizeOf(sections, trailer),
  }
}

function startOffset(source: ByteSource): number {
  const from = Math.max(0, source.length - tailLength)
  const at = Buffer.from(source.read(from, source.length)).lastIndexOf('startxref')
  if (at < 0) throw new DamagedFile('startxref is missing')
  return new SyntaxReader(source, from + at + 9).count()
}

/**
 * Whether offsets count from the header or from the first byte, which only a section exactly in its place tells: a
 * wrong offset into the blanks before it finds it too.
 */
function offsetBase(source: ByteSource, start: number, header: number): number {
  if (header === 0) return 0
  const bases = [0, header]
  return (
    bases.find((base) => isExact(source, start + base) && isSectionStart(source, start + base)) ??
    bases.find((base) => isSectionStart(source, start + base)) ??
    0
  )
}

/** Whether a word begins right there. */
function isExact(source: ByteSource, offset: number): boolean {
  const [before = ' ', first = ' '] = Buffer.from(source.read(offset - 1, offset + 1)).toString('latin1')
  return /\s/.test(before) && /\S/.test(first)
}

function isSectionStart(source: ByteSource, offset: number): boolean {
  const reader = new SyntaxReader(source, offset)
  const word = reader.word()
  return word === 'xref' || (/^\d+$/.test(word) && /^\d+$/.test(reader.word()) && reader.accepts('obj'))
}

function sizeOf(sections: readonly Section[], trailer: PdfDictionary): number {
  let size = 1
  for (const { entries, hidden } of sections) {
    size = Math.max(size, entries.greatest + 1, (hidden?.greatest ?? 0) + 1)
  }
  const promised = trailer.get('Size')
  if (typeof promised === 'number' && promised > size) size = Math.floor(promised)
  // A revision takes numbers from here on, and needs room for them.
  checkedNumber(size + roomForRevisions)
  return size
}
