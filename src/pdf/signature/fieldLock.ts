import type { PdfFile } from '../structure/document.ts'
import {
  dictionaryOf,
  isName,
  nameOf,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
  readText,
  textString,
} from '../structure/values.ts'

/** What others may do after a signature: 1 nothing, 2 fill in and sign, 3 annotate as well (12.8.2.2). */
export type PermittedChanges = 1 | 2 | 3

/** The form fields that a signature locks (SigFieldLock, ISO 32000-2, 12.7.5.5; FieldMDP, 12.8.2.4). */
export interface FieldLock {
  readonly action: 'All' | 'Include' | 'Exclude'
  /** Whole names; each stands for the fields below it as well. Empty for All. */
  readonly fields: readonly string[]
  /** What the signature lets others do besides. */
  readonly permits?: PermittedChanges
}

/**
 * The lock that a SigFieldLock or the parameters of a FieldMDP transform state. One that only has /P locks no field.
 * Undefined when there is none.
 */
export function readFieldLock(file: PdfFile, value: PdfValue | undefined): FieldLock | undefined {
  const dictionary = file.dictionary(value)
  const permits = readPermitted(file, dictionary?.get('P'))
  const limit = permits === undefined ? {} : { permits }
  const action = file.resolve(dictionary?.get('Action'))
  if (dictionary === undefined || !isName(action) || !isAction(action.name)) {
    return permits === undefined ? undefined : { action: 'Include', fields: [], ...limit }
  }
  const names = (file.array(dictionary.get('Fields')) ?? []).map((name) => readText(file.resolve(name)))
  return { action: action.name, fields: names.filter((name) => name !== undefined), ...limit }
}

const isAction = (name: string): name is FieldLock['action'] => /^(All|Include|Exclude)$/.test(name)

/** A /P of 1, 2 or 3. */
export function readPermitted(file: PdfFile, value: PdfValue | undefined): PermittedChanges | undefined {
  const permitted = file.number(value)
  return permitted === 1 || permitted === 2 || permitted === 3 ? permitted : undefined
}

/** The one of several that permits least; undefined when none says anything. */
export function strictest(several: readonly (PermittedChanges | undefined)[]): PermittedChanges | undefined {
  return ([1, 2, 3] as const).find((permitted) => several.includes(permitted))
}

/** Whether the lock forbids to change the field with this whole name. */
export function locksField({ action, fields }: FieldLock, name: string): boolean {
  if (action === 'All') return true
  const isNamed = fields.some((field) => name === field || name.startsWith(`${field}.`))
  return isNamed === (action === 'Include')
}

/** A field's /Lock. */
export const lockDictionary = (lock: FieldLock): PdfDictionary =>
  dictionaryOf({ Type: nameOf('SigFieldLock'), ...entriesOf(lock) })

/**
 * The signature reference that states a lock: the field's /Lock is copied into its parameters (12.8.2.4), with /P
 * as Acrobat does, so that readers find it in what is signed.
 */
export const lockReference = (lock: FieldLock, catalog: PdfReference): PdfDictionary =>
  signatureReference('FieldMDP', entriesOf(lock), catalog)

/** The signature reference of a certification (DocMDP, 12.8.2.2). */
export const certificationReference = (permits: PermittedChanges): PdfDictionary =>
  signatureReference('DocMDP', { P: permits })

function signatureReference(
  method: string,
  parameters: Readonly<Record<string, PdfValue | undefined>>,
  data?: PdfReference,
): PdfDictionary {
  return dictionaryOf({
    Type: nameOf('SigRef'),
    TransformMethod: nameOf(method),
    Data: data,
    TransformParams: dictionaryOf({ Type: nameOf('TransformParams'), ...parameters, V: nameOf('1.2') }),
  })
}

const entriesOf = ({ action, fields, permits }: FieldLock) => ({
  Action: nameOf(action),
  Fields: action === 'All' ? undefined : fields.map(textString),
  P: permits,
})
