import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { type ByteSource, type BytesOrSource, sourceOf } from './byteSource.ts'
import { type CrossReference, readCrossReference } from './crossReference.ts'
import { DamagedFile } from './damaged.ts'
import { decodeStream } from './filters.ts'
import { SyntaxReader } from './syntax.ts'
import {
  isArray,
  isDictionary,
  isReference,
  isStream,
  type PdfDictionary,
  type PdfReference,
  type PdfStream,
  type PdfValue,
} from './values.ts'

const headerWithin = 1024
/** What one step of reading costs beside the bytes that it parses. */
const stepCost = 16
const leastBudget = 8 << 20
/** Structure that was compressed is read unpacked, and each of its objects once more. */
const budgetOfByte = 12
/** As many bytes are unpacked in the time in which one is parsed. */
const decodedForOne = 4
const longestReferenceChain = 32

/**
 * A PDF file whose objects are parsed when they are asked for, and no others. Reading stops with DamagedFile
 * after more work than an honest file of this size can need, so that no file holds a process.
 */
export class PdfFile {
  readonly source: ByteSource
  readonly crossReference: CrossReference
  private readonly parsed = new Map<number, PdfValue>()
  private readonly underWay = new Set<number>()
  private readonly objectStreams = new Map<number, ReadonlyMap<number, PdfValue>>()
  private budget: number

  constructor(source: ByteSource, crossReference: CrossReference) {
    this.source = source
    this.crossReference = crossReference
    this.budget = leastBudget + budgetOfByte * source.length
  }

  /** The value of an object; null when it is free or absent (7.3.10). */
  object(number: number): PdfValue {
    this.step()
    const known = this.parsed.get(number)
    if (known !== undefined) return known
    if (this.underWay.has(number)) throw new DamagedFile('objects need each other to be read')
    this.underWay.add(number)
    const value = this.parse(number)
    this.underWay.delete(number)
    this.parsed.set(number, value)
    return value
  }

  /** Follows references until a value that is none. */
  resolve(value: PdfValue | undefined): PdfValue | undefined {
    let current = value
    for (let step = 0; isReference(current); step++) {
      if (step > longestReferenceChain) throw new DamagedFile('references go in a circle')
      current = this.referred(current)
    }
    return current
  }

  /**
   * What a reference names. One whose generation is not the object's own names nothing (7.3.10), which some readers
   * keep to and others do not: a file that shows different things to them is damaged. Members of object streams are
   * of generation 0 and are found whatever a reference says.
   */
  private referred({ number, generation }: PdfReference): PdfValue {
    const place = this.crossReference.places.get(number)
    if (place?.at === 'offset' && place.generation !== generation)
      throw new DamagedFile(`object ${number} is of another generation`)
    return this.object(number)
  }

  /** The dictionary that `value` is or leads to; a stream gives its dictionary. */
  dictionary(value: PdfValue | undefined): PdfDictionary | undefined {
    const resolved = this.resolve(value)
    if (isStream(resolved)) return resolved.dictionary
    return isDictionary(resolved) ? resolved : undefined
  }

  /** The array that `value` is or leads to. */
  array(value: PdfValue | undefined): readonly PdfValue[] | undefined {
    const resolved = this.resolve(value)
    return isArray(resolved) ? resolved : undefined
  }

  /** The number that `value` is or leads to. */
  number(value: PdfValue | undefined): number | undefined {
    const resolved = this.resolve(value)
    return typeof resolved === 'number' ? resolved : undefined
  }

  /** The reference to the catalog. */
  get root(): PdfReference {
    const root = this.crossReference.trailer.get('Root')
    if (!isReference(root)) throw new DamagedFile('there is no catalog')
    return root
  }

  /** The catalog (7.7.2). */
  get catalog(): PdfDictionary {
    const catalog = this.dictionary(this.root)
    if (catalog === undefined) throw new DamagedFile('there is no catalog')
    return catalog
  }

  /** Counts one step of reading, and `bytes` that it parses; throws DamagedFile when there were too many. */
  step(bytes = 0): void {
    this.budget -= stepCost + bytes
    if (this.budget < 0) throw new DamagedFile('the file takes too much work to read')
  }

  /** The decoded bytes of a stream of structure, which count as work; throws DamagedFile when they are too many. */
  decoded(stream: PdfStream): Uint8Array {
    const bytes = decodeStream(stream, this.budget)
    this.step(Math.ceil(bytes.length / decodedForOne))
    return bytes
  }

  private parse(number: number): PdfValue {
    const place = this.crossReference.places.get(number)
    if (place === undefined || place.at === 'free') return null
    if (place.at === 'objectStream') return this.objectStream(place.stream).get(number) ?? null
    const reader = new SyntaxReader(this.source, place.offset + this.crossReference.base)
    if (reader.count() !== number) throw new DamagedFile(`object ${number} is not where it should be`)
    const generation = reader.count()
    if (generation !== place.generation || !reader.accepts('obj'))
      throw new DamagedFile(`object ${number} is not where it should be`)
    // An object without a value is null, as readers have it.
    if (reader.accepts('endobj')) return null
    const value = reader.value()
    const whole = isDictionary(value) ? reader.stream(value, (length) => this.number(length)) : undefined
    this.step(reader.position - place.offset)
    return whole ?? value
  }

  private objectStream(number: number): ReadonlyMap<number, PdfValue> {
    const known = this.objectStreams.get(number)
    if (known !== undefined) return known
    if (this.crossReference.places.get(number)?.at !== 'offset') throw new DamagedFile('no object stream')
    const stream = this.object(number)
    if (!isStream(stream)) throw new DamagedFile('no object stream')
    const data = this.decoded(stream)
    const count = this.number(stream.dictionary.get('N')) ?? 0
    const first = this.number(stream.dictionary.get('First')) ?? 0
    const heads = new SyntaxReader(data, 0, false)
    const values = new Map<number, PdfValue>()
    for (let index = 0; index < count; index++) {
      this.step()
      const member = heads.count()
      const offset = heads.count()
      const reader = new SyntaxReader(data, first + offset, false)
      if (!values.has(member)) values.set(member, reader.value())
      this.step(reader.position - first - offset)
    }
    this.objectStreams.set(number, values)
    return values
  }
}

/**
 * Opens a file; one that is open already is returned as it is. What was read for `known`, another revision of the same file, is not read again. Refuses
 * file-not-pdf and file-encrypted; throws DamagedFile when its structure is broken.
 */
export function openFile(bytes: BytesOrSource | PdfFile, known?: PdfFile): Outcome<PdfFile> {
  if (bytes instanceof PdfFile) return accept(bytes)
  const source = sourceOf(bytes)
  const header = Buffer.from(source.read(0, headerWithin)).indexOf('%PDF-')
  if (header < 0) return refuse('file-not-pdf')
  const crossReference = readCrossReference(source, header, known?.crossReference)
  const encryption = crossReference.trailer.get('Encrypt')
  if (encryption !== undefined && encryption !== null) return refuse('file-encrypted')
  return accept(new PdfFile(source, crossReference))
}
