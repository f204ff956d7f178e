import type { PdfFile } from '../../pdf/structure/document.ts'
import type { ObjectPlace } from '../../pdf/structure/entryTable.ts'
import { isSame } from './compare.ts'

/** The objects that two revisions of a file do not share. */
export interface Differences {
  /** In both, with different values. */
  readonly changed: readonly number[]
  /** Only in the later revision. */
  readonly added: ReadonlySet<number>
  /**
   * Numbers that the later revision leads to other bytes of the earlier one, prepared there before, or whose generation
   * it changes, so that readers that heed it find nothing at the old references, or something at others.
   */
  readonly repointed: readonly number[]
}

/**
 * Compares what two revisions say about each object number. Objects that stand at the same place are the same
 * bytes, so that only the others are read: a large file costs no more than its cross-references.
 */
export function findDifferences(earlier: PdfFile, later: PdfFile): Differences {
  const changed: number[] = []
  const added = new Set<number>()
  const repointed: number[] = []
  for (const number of moved(earlier, later)) {
    const [before, after] = [earlier, later].map(({ crossReference }) => crossReference.places.get(number))
    const isRenamed = isOfAnotherGeneration(before, after)
    if (isRenamed || leadsBack(earlier, after)) repointed.push(number)
    if (!isStored(before)) added.add(number)
    else if (isRenamed || !isSame(earlier.object(number), later.object(number))) changed.push(number)
  }
  return { changed, added, repointed }
}

/** The numbers whose place is another, or whose object stream is. */
function moved(earlier: PdfFile, later: PdfFile): number[] {
  const before = earlier.crossReference.places
  const after = later.crossReference.places
  const numbers = new Set<number>()
  for (const number of after.numbersApartFrom(before)) {
    if (!isSamePlace(before.get(number), after.get(number))) numbers.add(number)
  }
  if (after.hasContainerIn(numbers)) {
    const streams = new Set(numbers)
    for (const number of after.numbers()) {
      const place = after.get(number)
      if (place?.at === 'objectStream' && streams.has(place.stream)) numbers.add(number)
    }
  }
  return [...numbers].filter((number) => isStored(before.get(number)) || isStored(after.get(number)))
}

const isStored = (place: ObjectPlace | undefined): boolean => place !== undefined && place.at !== 'free'

/** Whether both have the object; members of object streams are of generation 0 (7.5.7). */
function isOfAnotherGeneration(one: ObjectPlace | undefined, other: ObjectPlace | undefined): boolean {
  const [old, now] = [one, other].map((place) => (place?.at === 'offset' ? place.generation : 0))
  return isStored(one) && isStored(other) && old !== now
}

function isSamePlace(one: ObjectPlace | undefined, other: ObjectPlace | undefined): boolean {
  if (one === undefined || other === undefined || one.at !== other.at) return one === other
  if (one.at === 'offset')
    return other.at === 'offset' && one.offset === other.offset && one.generation === other.generation
  return one.at === 'free' || (other.at === 'objectStream' && one.stream === other.stream)
}

/** Whether a place that changed is in what was signed. */
const leadsBack = ({ source, crossReference }: PdfFile, place: ObjectPlace | undefined): boolean =>
  place?.at === 'offset' && place.offset + crossReference.base < source.length
