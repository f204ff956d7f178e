import { certifiedChanges } from '../../pdf/changes.ts'
import { DamagedFile } from '../../pdf/damaged.ts'
import { openFile, type PdfFile } from '../../pdf/document.ts'
import { readPages } from '../../pdf/pages.ts'
import {
  isDictionary,
  isNamed,
  isReference,
  isStream,
  type PdfDictionary,
  type PdfValue,
} from '../../pdf/values.ts'
import { isPermittedAnnotation } from './annotations.ts'
import { addedItems, changedKeys, isSame } from './compare.ts'
import { readsAbsentObject } from './reachable.ts'

/** What was done to a file after a signature, and what the added marks are. */
export interface LaterChanges {
  readonly kind: 'none' | 'permitted' | 'suspicious' | 'unreadable'
  /** Annotations other than signature fields that were added. */
  readonly marks: number
}

/**
 * Compares the revision that a signature covers with the whole file, object by object, following each one's own
 * cross-references. Only additions are permitted: annotations with their own appearance, signature fields, and the
 * document security store (ETSI EN 319 142-1, 5.4). Whatever else differs, or is not understood, is suspicious.
 */
export function judgeLaterChanges(bytes: Uint8Array, end: number): LaterChanges {
  if (end === bytes.length) return { kind: 'none', marks: 0 }
  try {
    const earlier = openFile(bytes.subarray(0, end))
    const later = openFile(bytes)
    if (!earlier.ok || !later.ok) return { kind: 'unreadable', marks: 0 }
    return compareRevisions(earlier.value, later.value)
  } catch (error) {
    if (error instanceof DamagedFile) return { kind: 'unreadable', marks: 0 }
    throw error
  }
}

function compareRevisions(earlier: PdfFile, later: PdfFile): LaterChanges {
  const suspicious = { kind: 'suspicious', marks: 0 } as const
  if (earlier.crossReference.base !== later.crossReference.base) return suspicious
  if (!isSame(earlier.root, later.root)) return suspicious
  const { changed, added } = differences(earlier, later)
  if (changed.length === 0 && added.size === 0) return { kind: 'none', marks: 0 }
  const rules = new Rules(earlier, later)
  if (!changed.every((number) => rules.permit(number))) return suspicious
  const allowed = certifiedChanges(earlier)
  if (allowed === 1 && rules.signatures + rules.marks > 0) return suspicious
  if (allowed === 2 && rules.marks > 0) return suspicious
  if (added.size > 0 && readsAbsentObject(earlier, added)) return suspicious
  return { kind: 'permitted', marks: rules.marks }
}

/** The object numbers whose values differ, and those that only the later revision has. */
function differences(earlier: PdfFile, later: PdfFile): { changed: number[]; added: Set<number> } {
  const before = earlier.crossReference.places
  const after = later.crossReference.places
  const isStored = (file: PdfFile, number: number): boolean =>
    (file.crossReference.places.get(number)?.at ?? 'free') !== 'free'
  const changed: number[] = []
  const added = new Set<number>()
  const movedStreams = new Set<number>()
  for (const [number, place] of after) {
    const old = before.get(number)
    if (place.at === 'offset' && (old?.at !== 'offset' || old.offset !== place.offset))
      movedStreams.add(number)
  }
  for (const number of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(number), after.get(number)]
    const isSamePlace =
      old?.at === 'offset' && now?.at === 'offset'
        ? old.offset === now.offset
        : old?.at === 'objectStream' && now?.at === 'objectStream'
          ? old.stream === now.stream && !movedStreams.has(now.stream)
          : !isStored(earlier, number) && !isStored(later, number)
    if (isSamePlace) continue
    if (!isStored(earlier, number)) added.add(number)
    else if (!isSame(earlier.object(number), later.object(number))) changed.push(number)
  }
  return { changed, added }
}

/** Which changes of which objects are permitted, by the part that an object plays in the signed revision. */
class Rules {
  /** The signature fields and the other annotations that were added. */
  signatures = 0
  marks = 0
  readonly #earlier: PdfFile
  readonly #later: PdfFile
  readonly #roles = new Map<number, (before: PdfValue, after: PdfValue) => boolean>()

  constructor(earlier: PdfFile, later: PdfFile) {
    this.#earlier = earlier
    this.#later = later
    const { catalog } = earlier
    const form = earlier.dictionary(catalog.get('AcroForm'))
    this.#give(earlier.crossReference.trailer.get('Info'), () => true)
    this.#give(catalog.get('Metadata'), (_, after) => isStream(after))
    this.#give(catalog.get('AcroForm'), this.#dictionaries(this.#isFormGrowth))
    this.#give(form?.get('Fields'), (before, after) => this.#isFieldsGrowth(before, after))
    for (const number of securityStore(earlier)) this.#roles.set(number, () => true)
    for (const field of earlier.array(form?.get('Fields')) ?? []) {
      if (isEmptySignatureField(earlier, field)) this.#give(field, this.#dictionaries(isFieldSigned))
    }
    for (const page of readPages(earlier)) {
      this.#give(page.dictionary.get('Annots'), (before, after) => this.#isAnnotationGrowth(before, after))
      this.#give(page.reference, this.#dictionaries(this.#isPageGrowth))
    }
    this.#give(earlier.root, this.#dictionaries(this.#isCatalogGrowth))
  }

  /** Whether the change of this object is permitted. */
  permit(number: number): boolean {
    const role = this.#roles.get(number)
    return role?.(this.#earlier.object(number), this.#later.object(number)) ?? false
  }

  #give(value: PdfValue | undefined, role: (before: PdfValue, after: PdfValue) => boolean): void {
    if (isReference(value)) this.#roles.set(value.number, role)
  }

  #dictionaries(rule: (before: PdfDictionary, after: PdfDictionary) => boolean) {
    return (before: PdfValue, after: PdfValue): boolean =>
      isDictionary(before) && isDictionary(after) && rule(before, after)
  }

  readonly #isCatalogGrowth = (before: PdfDictionary, after: PdfDictionary): boolean =>
    changedKeys(before, after).every((key) => {
      if (key === 'AcroForm') {
        const form = this.#earlier.dictionary(before.get(key)) ?? new Map()
        const grown = this.#later.dictionary(after.get(key))
        return grown !== undefined && this.#isFormGrowth(form, grown)
      }
      return key === 'DSS' || key === 'Extensions' || key === 'Version' || key === 'Metadata'
    })

  readonly #isFormGrowth = (before: PdfDictionary, after: PdfDictionary): boolean =>
    changedKeys(before, after).every((key) => {
      if (key === 'Fields') return this.#isFieldsGrowth(before.get(key), after.get(key))
      if (key === 'SigFlags') return typeof after.get(key) === 'number'
      return (key === 'DR' || key === 'DA') && !before.has(key)
    })

  #isFieldsGrowth(before: PdfValue | undefined, after: PdfValue | undefined): boolean {
    const added = addedItems(this.#earlier.array(before) ?? [], this.#later.array(after) ?? [])
    return added?.every((field) => isSignatureField(this.#later, field)) ?? false
  }

  readonly #isPageGrowth = (before: PdfDictionary, after: PdfDictionary): boolean =>
    changedKeys(before, after).every(
      (key) => key === 'Annots' && this.#isAnnotationGrowth(before.get(key), after.get(key)),
    )

  #isAnnotationGrowth(before: PdfValue | undefined, after: PdfValue | undefined): boolean {
    const added = addedItems(this.#earlier.array(before) ?? [], this.#later.array(after) ?? [])
    if (added === undefined) return false
    return added.every((annotation) => {
      if (isSignatureField(this.#later, annotation)) {
        this.signatures++
        return isSignedOrBlank(this.#later, annotation)
      }
      this.marks++
      return isPermittedAnnotation(this.#later, annotation)
    })
  }
}

function isSignatureField(file: PdfFile, value: PdfValue): boolean {
  const dictionary = file.dictionary(value)
  return isNamed(file.resolve(dictionary?.get('FT')), 'Sig') && dictionary?.has('Kids') === false
}

/** What a signed field shows is judged with its signature; an empty one may show nothing. */
function isSignedOrBlank(file: PdfFile, field: PdfValue): boolean {
  const dictionary = file.dictionary(field)
  return file.dictionary(dictionary?.get('V')) !== undefined || dictionary?.has('AP') === false
}

const isEmptySignatureField = (file: PdfFile, field: PdfValue): boolean =>
  isSignatureField(file, field) && (file.resolve(file.dictionary(field)?.get('V')) ?? null) === null

/** A field that stood empty was signed: it got its value and its look. */
const isFieldSigned = (before: PdfDictionary, after: PdfDictionary): boolean =>
  changedKeys(before, after).every((key) => ['V', 'AP', 'AS', 'F', 'M', 'MK'].includes(key))

/** The objects of the document security store, which nobody sees on a page. */
function securityStore(file: PdfFile): number[] {
  const numbers: number[] = []
  const store = file.catalog.get('DSS')
  const visit = (value: PdfValue | undefined, depth: number): void => {
    if (isReference(value)) {
      if (numbers.includes(value.number)) return
      numbers.push(value.number)
    }
    const resolved = file.resolve(value)
    if (depth > 3) return
    if (isDictionary(resolved)) for (const item of resolved.values()) visit(item, depth + 1)
    else for (const item of file.array(value) ?? []) visit(item, depth + 1)
  }
  visit(store, 0)
  return numbers
}
