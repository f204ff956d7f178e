import { type ByteSource, find, firstPart } from './byteSource.ts'
import { openFile, type PdfFile } from './document.ts'

/** A revision of a file: the bytes from the end of the one before it up to its own end (ISO 32000-2, 7.5.6). */
export interface FileRevision {
  readonly from: number
  /** Behind its %%EOF and the end of that line. */
  readonly to: number
  /** What its cross-references say about objects, against the revision before it. */
  readonly objects: { readonly added: number; readonly changed: number; readonly removed: number }
  /** Numbers of the objects that are new in it. */
  readonly added: ReadonlySet<number>
}

/** Revisions beyond these are not told apart. */
const mostRevisions = 200
const endMark = Buffer.from('%%EOF')

/**
 * The revisions of a file, the oldest first: each ends where a %%EOF stands behind the offset of one of the chain's
 * sections. Bytes behind the last one belong to it. Throws DamagedFile when an earlier revision cannot be read.
 */
export function readRevisions(file: PdfFile): FileRevision[] {
  const ends = revisionEnds(file)
  const revisions: FileRevision[] = []
  let earlier: PdfFile | undefined
  for (const to of ends) {
    const opened = to === file.source.length ? undefined : openFile(firstPart(file.source, to), file)
    const later = opened?.ok === true ? opened.value : file
    revisions.push({ from: revisions.at(-1)?.to ?? 0, to, ...compare(earlier, later) })
    earlier = later
  }
  return revisions
}

function revisionEnds({ source, crossReference }: PdfFile): number[] {
  const sections = new Set(crossReference.places.sections.map(({ at }) => at - crossReference.base))
  const ends: number[] = []
  for (let at = find(source, endMark, 0); at >= 0; at = find(source, endMark, at + 1)) {
    const before = Buffer.from(source.read(at - 60, at)).toString('latin1')
    const start = /startxref\s+(\d+)\s*$/.exec(before)?.[1]
    // The first part of a linearized file ends with the offset 0: it is no revision.
    if (start !== undefined && sections.has(Number(start))) ends.push(endOfLine(source, at + endMark.length))
  }
  return [...ends.slice(0, -1).slice(-mostRevisions), source.length]
}

function endOfLine(source: ByteSource, at: number): number {
  const [first, second] = source.read(at, at + 2)
  if (first === 0x0d) return second === 0x0a ? at + 2 : at + 1
  return first === 0x0a ? at + 1 : at
}

function compare(earlier: PdfFile | undefined, later: PdfFile): Pick<FileRevision, 'objects' | 'added'> {
  const before = earlier?.crossReference.places
  const after = later.crossReference.places
  const added = new Set<number>()
  let [changed, removed] = [0, 0]
  for (const number of before === undefined ? after.numbers() : after.numbersApartFrom(before)) {
    later.step()
    const old = before?.get(number)
    const place = after.get(number)
    const was = old !== undefined && old.at !== 'free'
    const is = place !== undefined && place.at !== 'free'
    if (is && !was) added.add(number)
    else if (was && !is) removed++
    else if (was && JSON.stringify(old) !== JSON.stringify(place)) changed++
  }
  return { objects: { added: added.size, changed, removed }, added }
}
