import { createHash } from 'node:crypto'
import { type BytesOrSource, wholeOf } from './byteSource.ts'
import { DamagedFile } from './damaged.ts'
import type { PdfFile } from './document.ts'
import { formatObject, formatValue } from './serialize.ts'
import { isArray, isString, type PdfReference, type PdfValue, referenceTo } from './values.ts'

/**
 * The objects of one revision to be appended: new ones and replacements. Nothing of the file is read again, and
 * none of its bytes are written again.
 */
export class Revision {
  readonly file: PdfFile
  private readonly objects = new Map<number, { generation: number; value: PdfValue }>()
  private next: number

  constructor(file: PdfFile) {
    this.file = file
    this.next = file.crossReference.size
  }

  /** Adds a new object. */
  add(value: PdfValue): PdfReference {
    const reference = referenceTo(this.next++)
    this.objects.set(reference.number, { generation: 0, value })
    return reference
  }

  /**
   * Gives the object behind `reference`, old or new, the value `value`. Throws DamagedFile for a member of an object
   * stream that is referred to by another generation than 0: outside of it, no more than one of both would find it.
   */
  replace(reference: PdfReference, value: PdfValue): void {
    const place = this.file.crossReference.places.get(reference.number)
    if (place?.at === 'objectStream' && reference.generation !== 0)
      throw new DamagedFile(`object ${reference.number} is of another generation`)
    this.objects.set(reference.number, { generation: reference.generation, value })
  }

  /** Takes back an object that this revision added. */
  remove(reference: PdfReference): void {
    this.objects.delete(reference.number)
  }

  /** The value that `value` is or leads to, with this revision's own changes. */
  resolve(value: PdfValue | undefined): PdfValue | undefined {
    if (value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'reference') {
      const changed = this.objects.get(value.number)
      if (changed !== undefined) return changed.value
    }
    return this.file.resolve(value)
  }

  /**
   * What is appended to the file, and the offset of each of its objects in the file that comes out. The
   * cross-reference section has the form of the file's newest one (ISO 32000-2, 7.5.6).
   */
  write(): { appended: Uint8Array; offsets: ReadonlyMap<number, number> } {
    const { source, crossReference } = this.file
    const [lastByte] = source.read(source.length - 1, source.length)
    const parts: Buffer[] = [Buffer.from(lastByte === 0x0a || lastByte === 0x0d ? '' : '\n')]
    const offsets = new Map<number, number>()
    let end = source.length + (parts[0]?.length ?? 0)
    const put = (part: Buffer): void => {
      parts.push(part)
      end += part.length
    }
    for (const [number, { generation, value }] of [...this.objects].sort(([a], [b]) => a - b)) {
      offsets.set(number, end)
      put(formatObject(number, generation, value))
    }
    const section = end
    put(crossReference.form === 'table' ? this.table(offsets) : this.stream(offsets, section))
    put(Buffer.from(`startxref\n${section - crossReference.base}\n%%EOF\n`, 'latin1'))
    return { appended: Buffer.concat(parts), offsets }
  }

  private trailer(size: number): Map<string, PdfValue> {
    const { trailer, newest } = this.file.crossReference
    const entries = new Map<string, PdfValue>([['Size', size]])
    for (const key of ['Root', 'Info']) {
      const value = trailer.get(key)
      if (value !== undefined) entries.set(key, value)
    }
    const id = this.file.array(trailer.get('ID'))
    if (isArray(id) && isString(id[0])) {
      const changed = createHash('md5').update(id[0].bytes).update(String(this.file.source.length)).digest()
      entries.set('ID', [id[0], { kind: 'string', bytes: changed }])
    }
    return entries.set('Prev', newest)
  }

  private table(offsets: ReadonlyMap<number, number>): Buffer {
    const { base } = this.file.crossReference
    let text = 'xref\n'
    for (const run of consecutive([...offsets.keys()])) {
      text += `${run[0]} ${run.length}\n`
      for (const number of run) {
        const offset = String((offsets.get(number) ?? 0) - base).padStart(10, '0')
        const generation = String(this.objects.get(number)?.generation ?? 0).padStart(5, '0')
        text += `${offset} ${generation} n \n`
      }
    }
    return Buffer.from(`${text}trailer\n${formatValue(this.trailer(this.next))}\n`, 'latin1')
  }

  private stream(offsets: ReadonlyMap<number, number>, section: number): Buffer {
    const { base } = this.file.crossReference
    const own = this.next
    const all = new Map(offsets).set(own, section)
    const rows = Buffer.alloc(all.size * 9)
    const numbers = [...all.keys()].sort((a, b) => a - b)
    numbers.forEach((number, row) => {
      rows.writeUInt8(1, row * 9)
      rows.writeUIntBE((all.get(number) ?? 0) - base, row * 9 + 1, 6)
      rows.writeUInt16BE(this.objects.get(number)?.generation ?? 0, row * 9 + 7)
    })
    const dictionary = this.trailer(own + 1)
    dictionary.set('Type', { kind: 'name', name: 'XRef' })
    dictionary.set('W', [1, 6, 2])
    dictionary.set(
      'Index',
      consecutive(numbers).flatMap((run) => [run[0] ?? 0, run.length]),
    )
    return formatObject(own, 0, { kind: 'stream', dictionary, encoded: rows })
  }
}

/** Ascending numbers as runs without gaps. */
function consecutive(numbers: readonly number[]): number[][] {
  const runs: number[][] = []
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const run = runs.at(-1)
    if (run !== undefined && run.at(-1) === number - 1) run.push(number)
    else runs.push([number])
  }
  return runs
}

/** The whole file that a revision makes: `earlier` and what was appended to it. */
export function withAppended(earlier: BytesOrSource, appended: Uint8Array): Uint8Array {
  const start = wholeOf(earlier)
  const bytes = new Uint8Array(start.length + appended.length)
  bytes.set(start)
  bytes.set(appended, start.length)
  assertPrefix(start, bytes)
  return bytes
}

/** Throws unless `earlier` is an exact prefix of `later`: a revision never touches the bytes before it. */
export function assertPrefix(earlier: Uint8Array, later: Uint8Array): void {
  if (later.length < earlier.length || Buffer.compare(earlier, later.subarray(0, earlier.length)) !== 0)
    throw new Error('a revision changed the bytes before it')
}
