import type { Revision } from './append.ts'
import type { PdfFile } from './document.ts'
import { readFields } from './fields.ts'
import { isArray, isDictionary, isReference, type PdfReference, type PdfValue } from './values.ts'

/** SignaturesExist and AppendOnly (ISO 32000-2, 12.7.3). */
const signatureFlags = 3

/**
 * Adds `field` to the file's form, making one when there is none and keeping the fields that exist. Returns the
 * name that the field gets: `wanted`, with a number when that is taken.
 */
export function addSignatureField(
  file: PdfFile,
  revision: Revision,
  field: PdfReference,
  wanted: string,
): string {
  const form = file.catalog.get('AcroForm')
  const current = revision.resolve(form)
  const entries = new Map<string, PdfValue>(isDictionary(current) ? current : [])
  const fields = revision.resolve(entries.get('Fields'))
  entries.set('Fields', [...(isArray(fields) ? fields : []), field]).set('SigFlags', signatureFlags)
  // Readers that were asked to draw the fields would draw this one too, without its block.
  entries.delete('NeedAppearances')
  if (isReference(form) && isDictionary(current)) revision.replace(form, entries)
  else revision.replace(file.root, new Map(file.catalog).set('AcroForm', entries))
  const taken = new Set(readFields(file).map((existing) => existing.name))
  let name = wanted
  for (let number = 2; taken.has(name); number++) name = `${wanted}-${number}`
  return name
}
