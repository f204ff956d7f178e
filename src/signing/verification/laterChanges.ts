import {
  type ByteSource,
  type BytesOrSource,
  firstPart,
  joined,
  sourceOf,
} from '../../pdf/structure/byteSource.ts'
import type { CrossReference } from '../../pdf/structure/crossReference.ts'
import type { Section } from '../../pdf/structure/crossReferenceSection.ts'
import { DamagedFile } from '../../pdf/structure/damaged.ts'
import { openFile, type PdfFile } from '../../pdf/structure/document.ts'
import { mayMention } from '../../pdf/structure/mentions.ts'
import { isNamed, isStream } from '../../pdf/structure/values.ts'
import { giveCatalogRoles } from './catalogRules.ts'
import { type Change, isSuspicious } from './changeKinds.ts'
import { isSame } from './compare.ts'
import { Comparison } from './comparison.ts'
import { type Differences, findDifferences } from './differences.ts'
import { giveFieldRoles } from './fieldRules.ts'
import { givePageRoles } from './pageRules.ts'
import { namesOfParts } from './parts.ts'
import { firstReached } from './reachable.ts'

/** What was done to a file after a signature. */
export interface LaterChanges {
  readonly kind: 'none' | 'permitted' | 'suspicious' | 'unreadable'
  /** Each change by itself; empty when they could not be read. */
  readonly changes: readonly Change[]
}

/**
 * Compares the revision that ends at an offset with the whole file, object by object, following each one's own
 * cross-references. Permitted are annotations with their own appearance, the filling in of empty fields, signatures,
 * and the document security store (ETSI EN 319 142-1, 5.4), as far as certification and locks allow (ISO 32000-2,
 * 12.8.2). Whatever else differs, or is not understood, is suspicious.
 */
export function laterChangesOf(bytes: BytesOrSource): (end: number) => LaterChanges {
  const source = sourceOf(bytes)
  let whole: PdfFile | undefined
  return (end) => {
    if (end === source.length) return { kind: 'none', changes: [] }
    try {
      whole ??= opened(source)
      return conclude(compareRevisions(opened(firstPart(source, end), whole), whole))
    } catch (error) {
      if (error instanceof DamagedFile) return { kind: 'unreadable', changes: [] }
      throw error
    }
  }
}

/** Whether those who judge the file will permit what is to be appended to it: asked before it is. */
export function willBePermitted(file: PdfFile, appended: Uint8Array): boolean {
  try {
    const later = opened(joined(file.source, appended), file)
    return conclude(compareRevisions(file, later)).kind === 'permitted'
  } catch (error) {
    if (error instanceof DamagedFile) return false
    throw error
  }
}

function opened(source: ByteSource, known?: PdfFile): PdfFile {
  const file = openFile(source, known)
  if (!file.ok) throw new DamagedFile(file.refusal.code)
  return file.value
}

function conclude(changes: readonly Change[]): LaterChanges {
  if (changes.length === 0) return { kind: 'none', changes }
  return { kind: changes.some(isSuspicious) ? 'suspicious' : 'permitted', changes }
}

function compareRevisions(earlier: PdfFile, later: PdfFile): readonly Change[] {
  const [before, after] = [earlier.crossReference, later.crossReference]
  if (before.newest === after.newest) return isBlank(earlier, later) ? [] : [{ kind: 'change-unexplained' }]
  if (!isSame(earlier.root, later.root)) return [{ kind: 'catalog-swapped', object: later.root.number }]
  if (!continues(before, after)) return [{ kind: 'cross-reference-forged' }]
  const differences = findDifferences(earlier, later)
  if (differences.changed.length + differences.added.size + differences.repointed.length === 0) return []
  const comparison = new Comparison(earlier, later)
  giveCatalogRoles(comparison)
  giveFieldRoles(comparison)
  givePageRoles(comparison)
  judgeChanged(comparison, differences)
  const posing = differences.changed.filter((number) => comparison.guarded.has(number))
  const watched = new Set([...differences.added, ...posing, ...comparison.dropped])
  // The walk through all objects is made when one of them may be named at all.
  const reached = mayMention(earlier, watched) ? firstReached(earlier, watched, comparison.uses) : undefined
  if (reached !== undefined) comparison.note({ kind: 'shadow-hide-and-replace', object: reached })
  judgePermissions(comparison)
  // What only moved, such as an object that was written once more, is no change but shows that there was a revision.
  if (comparison.changes.length === 0) comparison.note({ kind: 'structure' })
  return comparison.changes
}

/** Whether the chain of the later revision runs through that of the earlier, and is read alike by all readers. */
function continues(before: CrossReference, after: CrossReference): boolean {
  const [newest] = before.places.sections
  const appended = after.places.sections.slice(0, -before.places.sections.length)
  return (
    before.base === after.base &&
    after.places.sections.some(({ at }) => at === newest?.at) &&
    !appended.some(isDisputed)
  )
}

/** Of a number that table and stream of a hybrid section both place, readers take this or that (7.5.8.4). */
function isDisputed({ entries, hidden }: Section): boolean {
  return [...(hidden?.numbers() ?? [])].some((number) => {
    const [one, other] = [entries.get(number)?.at ?? 'free', hidden?.get(number)?.at ?? 'free']
    return one !== 'free' && other !== 'free'
  })
}

/** Mail gateways append line ends; anything else that is not a revision has no business there. */
function isBlank(earlier: PdfFile, later: PdfFile): boolean {
  for (const part of later.source.parts(earlier.source.length, later.source.length)) {
    if (!part.every((byte) => byte === 0 || (byte >= 9 && byte <= 13) || byte === 32)) return false
  }
  return true
}

function judgeChanged(comparison: Comparison, { changed, repointed }: Differences): void {
  let nameOf: ReturnType<typeof namesOfParts> | undefined
  for (const object of repointed) comparison.note({ kind: 'shadow-hide-and-replace', object })
  for (const object of changed) {
    if (repointed.includes(object) || comparison.judge(object) || isStructure(comparison, object)) continue
    nameOf ??= namesOfParts(comparison.earlier)
    const isGone = comparison.later.object(object) === null
    comparison.note({ kind: isGone ? 'shadow-hide' : nameOf(object), object })
  }
}

/** Cross-reference and object streams may be written anew under their number: what they hold is compared by itself. */
function isStructure(comparison: Comparison, object: number): boolean {
  const isPlumbing = (file: PdfFile): boolean => {
    const stream = file.object(object)
    const type = isStream(stream) ? stream.dictionary.get('Type') : undefined
    return isNamed(type, 'XRef') || isNamed(type, 'ObjStm')
  }
  if (!isPlumbing(comparison.earlier) || !isPlumbing(comparison.later)) return false
  comparison.guarded.add(object)
  comparison.note({ kind: 'structure' })
  return true
}

/** Evidence may be added to any file; filling and signing, and then annotating, only where it is allowed. */
const always = ['security-store', 'document-timestamp', 'metadata', 'structure']

function judgePermissions(comparison: Comparison): void {
  const { allowed } = comparison.permissions
  for (const change of comparison.changes) {
    if (isSuspicious(change) || always.includes(change.kind)) continue
    if (allowed === 1 || (allowed === 2 && change.kind === 'annotation'))
      comparison.note({ ...change, kind: 'certification-violated' })
  }
}
