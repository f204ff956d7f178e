import type { PdfFile } from '../../pdf/structure/document.ts'
import { isDrawnThroughout } from '../../pdf/structure/formLook.ts'
import {
  isDictionary,
  isName,
  isReference,
  type PdfDictionary,
  type PdfValue,
} from '../../pdf/structure/values.ts'
import type { SuspiciousChange } from './changeKinds.ts'
import { changedKeys, isSame } from './compare.ts'
import type { Comparison } from './comparison.ts'
import { judgeAddedField } from './fieldRules.ts'

/** Gives their roles to the catalog, the form's dictionary, and what describes the file or proves its signatures. */
export function giveCatalogRoles(comparison: Comparison): void {
  const { earlier } = comparison
  const { catalog } = earlier
  comparison.give(earlier.root, (before, after) => {
    if (isDictionary(before) && isDictionary(after)) judgeCatalog(comparison, before, after)
    else comparison.note({ kind: 'catalog-swapped', object: earlier.root.number })
  })
  comparison.give(catalog.get('AcroForm'), (before, after) => judgeForm(comparison, before, after))
  comparison.guard(earlier.dictionary(catalog.get('AcroForm')), 'Fields', (before, after) =>
    judgeFields(comparison, before, after),
  )
  for (const value of [earlier.crossReference.trailer.get('Info'), catalog.get('Metadata')]) {
    if (!isReference(value)) continue
    comparison.guarded.add(value.number)
    comparison.give(value, () => comparison.note({ kind: 'metadata', object: value.number }))
  }
  for (const number of securityStore(earlier)) {
    comparison.guarded.add(number)
    comparison.give({ kind: 'reference', number, generation: 0 }, () =>
      comparison.note({ kind: 'security-store' }),
    )
  }
}

const catalogKinds: Readonly<Record<string, SuspiciousChange>> = {
  OpenAction: 'scripts-added',
  AA: 'scripts-added',
  URI: 'scripts-added',
  OCProperties: 'layers-changed',
  Perms: 'certification-added',
  Legal: 'certification-added',
  AF: 'embedded-file',
  Collection: 'embedded-file',
  NeedsRendering: 'xfa-changed',
}

function judgeCatalog(comparison: Comparison, before: PdfDictionary, after: PdfDictionary): void {
  for (const key of changedKeys(before, after)) {
    const [old, value] = [before.get(key), after.get(key)]
    if (key === 'AcroForm') judgeForm(comparison, comparison.earlier.resolve(old) ?? new Map(), value)
    else if (key === 'DSS') comparison.note({ kind: 'security-store' })
    else if (key === 'Metadata') comparison.note({ kind: 'metadata' })
    else if (key === 'Pages')
      comparison.note({ kind: comparison.replacement(value, 'pages-changed'), object: numberOf(value) })
    else if (key === 'Names') comparison.note({ kind: judgeNames(comparison, old, value) })
    else if (isVersionGrowth(comparison, key, old, value)) comparison.note({ kind: 'structure' })
    else if (key === 'Perms' && isFirstCertification(comparison, old, value))
      comparison.note({ kind: 'certification' })
    else
      comparison.note({
        kind: catalogKinds[key] ?? 'catalog-swapped',
        object: comparison.earlier.root.number,
      })
  }
}

const numberOf = (value: PdfValue | undefined): number => (isReference(value) ? value.number : 0)

/** Names lead to scripts, to embedded files, and to places that links go to. */
function judgeNames(
  { earlier, later }: Comparison,
  before: PdfValue | undefined,
  after: PdfValue | undefined,
): SuspiciousChange {
  const isKept = (key: string): boolean =>
    isSame(earlier.dictionary(before)?.get(key) ?? null, later.dictionary(after)?.get(key) ?? null)
  if (!isKept('JavaScript')) return 'scripts-added'
  return isKept('EmbeddedFiles') ? 'catalog-swapped' : 'embedded-file'
}

/** PAdES names its extension (ETSI EN 319 142-1, 6.3), and writers raise the version; neither ever falls. */
function isVersionGrowth(
  { earlier, later }: Comparison,
  key: string,
  before: PdfValue | undefined,
  after: PdfValue | undefined,
): boolean {
  if (key === 'Version') {
    const [old, now] = [earlier.resolve(before), later.resolve(after)]
    if (!isName(now) || !/^[12]\.\d$/.test(now.name)) return false
    return !isName(old) || old.name <= now.name
  }
  if (key !== 'Extensions') return false
  const [old, now] = [earlier.dictionary(before) ?? new Map(), later.dictionary(after)]
  return now !== undefined && [...old].every(([name, value]) => isSame(value, now.get(name)))
}

/** Only the first signature may certify (ISO 32000-2, 12.8.2.2.1); rights that the file grants readers stay. */
function isFirstCertification(
  { permissions, earlier, later }: Comparison,
  before: PdfValue | undefined,
  after: PdfValue | undefined,
): boolean {
  const old = earlier.dictionary(before) ?? new Map()
  const now = later.dictionary(after)
  return !permissions.isSigned && now !== undefined && changedKeys(old, now).every((key) => key === 'DocMDP')
}

function judgeForm(comparison: Comparison, before: PdfValue, after: PdfValue | undefined): void {
  const form = comparison.later.dictionary(after)
  if (!isDictionary(before) || form === undefined) {
    comparison.note({ kind: 'form-field-changed' })
    return
  }
  for (const key of changedKeys(before, form)) {
    const [old, value] = [before.get(key), form.get(key)]
    if (key === 'Fields') judgeFields(comparison, old, value)
    else if (key === 'XFA') comparison.note({ kind: 'xfa-changed' })
    else if (isFormGrowth(comparison, key, old, value)) comparison.note({ kind: 'structure' })
    else comparison.note({ kind: 'form-field-changed' })
  }
}

function isFormGrowth(
  comparison: Comparison,
  key: string,
  before: PdfValue | undefined,
  after: PdfValue | undefined,
): boolean {
  const { earlier, later } = comparison
  if (key === 'SigFlags') return typeof later.resolve(after) === 'number'
  if (key === 'NeedAppearances') return after === undefined && isDrawnThroughout(earlier)
  if (key === 'DA') return before === undefined
  return key === 'DR' && keepsResources(comparison, before, after, 2)
}

/** Whether resources kept what they had, so that what is drawn with them stays. */
function keepsResources(
  comparison: Comparison,
  before: PdfValue | undefined,
  after: PdfValue | undefined,
  depth: number,
): boolean {
  if (before === undefined || isSame(before, after)) return true
  const old = comparison.earlier.dictionary(before)
  const now = comparison.later.dictionary(after)
  if (old === undefined || now === undefined || depth === 0) return false
  return [...old].every(([key, value]) => keepsResources(comparison, value, now.get(key), depth - 1))
}

function judgeFields(
  comparison: Comparison,
  before: PdfValue | undefined,
  after: PdfValue | undefined,
): void {
  const { added, isKept } = comparison.additions(before, after)
  if (!isKept) comparison.note({ kind: 'form-field-changed' })
  for (const field of added) judgeAddedField(comparison, field)
}

/** The objects of the document security store, which nobody sees on a page. */
function securityStore(file: PdfFile): ReadonlySet<number> {
  const numbers = new Set<number>()
  const visit = (value: PdfValue | undefined, depth: number): void => {
    file.step()
    if (isReference(value)) {
      if (numbers.has(value.number)) return
      numbers.add(value.number)
    }
    if (depth > 3) return
    const resolved = file.resolve(value)
    if (isDictionary(resolved)) for (const item of resolved.values()) visit(item, depth + 1)
    else for (const item of file.array(value) ?? []) visit(item, depth + 1)
  }
  visit(file.catalog.get('DSS'), 0)
  return numbers
}
