import { type ByteSource, type BytesOrSource, firstPart, partsOf, sourceOf } from '../../pdf/byteSource.ts'
import { certifiedChanges } from '../../pdf/changes.ts'
import { DamagedFile } from '../../pdf/damaged.ts'
import { openFile, type PdfFile } from '../../pdf/document.ts'
import { isDrawnThroughout } from '../../pdf/formLook.ts'
import { readPages } from '../../pdf/pages.ts'
import { isDictionary, isNamed, isReference, type PdfDictionary, type PdfValue } from '../../pdf/values.ts'
import { isPermittedAnnotation } from './annotations.ts'
import { addedItems, changedKeys, isSame } from './compare.ts'
import { findDifferences } from './differences.ts'
import { reachesAny } from './reachable.ts'

/** What was done to a file after a signature, and what the added marks are. */
export interface LaterChanges {
  readonly kind: 'none' | 'permitted' | 'suspicious' | 'unreadable'
  /** Annotations other than signature fields that were added. */
  readonly marks: number
}

const nothing: LaterChanges = { kind: 'none', marks: 0 }
const suspicious: LaterChanges = { kind: 'suspicious', marks: 0 }

/**
 * Compares the revision that ends at an offset with the whole file, object by object, following each one's own
 * cross-references. Only additions are permitted: annotations with their own appearance, signature fields, and the
 * document security store (ETSI EN 319 142-1, 5.4). Whatever else differs, or is not understood, is suspicious.
 */
export function laterChangesOf(bytes: BytesOrSource): (end: number) => LaterChanges {
  const source = sourceOf(bytes)
  let whole: PdfFile | undefined
  return (end) => {
    if (end === source.length) return nothing
    try {
      whole ??= opened(source)
      return compareRevisions(opened(firstPart(source, end), whole), whole)
    } catch (error) {
      if (error instanceof DamagedFile) return { kind: 'unreadable', marks: 0 }
      throw error
    }
  }
}

function opened(source: ByteSource, known?: PdfFile): PdfFile {
  const file = openFile(source, known)
  if (!file.ok) throw new DamagedFile(file.refusal.code)
  return file.value
}

function compareRevisions(earlier: PdfFile, later: PdfFile): LaterChanges {
  if (earlier.crossReference.base !== later.crossReference.base) return suspicious
  if (!isSame(earlier.root, later.root)) return suspicious
  if (earlier.crossReference.newest === later.crossReference.newest)
    return isBlank(earlier, later) ? nothing : suspicious
  const { changed, added } = findDifferences(earlier, later)
  if (changed.length === 0 && added.size === 0) return nothing
  const rules = new Rules(earlier, later)
  if (!changed.every((number) => rules.permit(number))) return suspicious
  const allowed = certifiedChanges(earlier)
  if (allowed === 1 && rules.signatures + rules.marks > 0) return suspicious
  if (allowed === 2 && rules.marks > 0) return suspicious
  const replaced = changed.filter((number) => rules.unseen.has(number))
  if (reachesAny(earlier, new Set([...added, ...replaced]))) return suspicious
  return { kind: 'permitted', marks: rules.marks }
}

/** Mail gateways append line ends; anything else that is not a revision has no business there. */
function isBlank(earlier: PdfFile, later: PdfFile): boolean {
  for (const part of partsOf(later.source, earlier.source.length, later.source.length)) {
    if (!part.every((byte) => byte === 0 || (byte >= 9 && byte <= 13) || byte === 32)) return false
  }
  return true
}

/** Which changes of which objects are permitted, by the part that an object plays in the signed revision. */
class Rules {
  /** The signature fields and the other annotations that were added. */
  signatures = 0
  marks = 0
  /** Objects whose change is permitted because nobody sees them on a page. */
  readonly unseen = new Set<number>()
  readonly #earlier: PdfFile
  readonly #later: PdfFile
  readonly #roles = new Map<number, (before: PdfValue, after: PdfValue) => boolean>()

  constructor(earlier: PdfFile, later: PdfFile) {
    this.#earlier = earlier
    this.#later = later
    const { catalog } = earlier
    const form = earlier.dictionary(catalog.get('AcroForm'))
    this.#give(catalog.get('AcroForm'), this.#dictionaries(this.#isFormGrowth))
    this.#give(form?.get('Fields'), (before, after) => this.#isFieldsGrowth(before, after))
    const { trailer } = earlier.crossReference
    const properties = [trailer.get('Info'), catalog.get('Metadata')].filter(isReference)
    for (const number of [...properties.map(({ number }) => number), ...securityStore(earlier)]) {
      this.unseen.add(number)
    }
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
    if (role === undefined) return this.unseen.has(number)
    return role(this.#earlier.object(number), this.#later.object(number))
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
      if (key === 'NeedAppearances') return !after.has(key) && isDrawnThroughout(this.#earlier)
      return (key === 'DR' || key === 'DA') && !before.has(key)
    })

  #isFieldsGrowth(before: PdfValue | undefined, after: PdfValue | undefined): boolean {
    const added = this.#additions(before, after)
    return added?.every((field) => isSignatureField(this.#later, field)) ?? false
  }

  /** What an array got, when it kept all that it had; undefined for what is no array. */
  #additions(before: PdfValue | undefined, after: PdfValue | undefined): readonly PdfValue[] | undefined {
    const items = (this.#earlier.resolve(before) ?? null) === null ? [] : this.#earlier.array(before)
    const grown = this.#later.array(after)
    return items === undefined || grown === undefined ? undefined : addedItems(items, grown)
  }

  readonly #isPageGrowth = (before: PdfDictionary, after: PdfDictionary): boolean =>
    changedKeys(before, after).every(
      (key) => key === 'Annots' && this.#isAnnotationGrowth(before.get(key), after.get(key)),
    )

  #isAnnotationGrowth(before: PdfValue | undefined, after: PdfValue | undefined): boolean {
    const added = this.#additions(before, after)
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
