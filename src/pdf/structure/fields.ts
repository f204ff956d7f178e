import { DamagedFile } from './damaged.ts'
import type { PdfFile } from './document.ts'
import {
  isName,
  isNamed,
  isReference,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
  readText,
} from './values.ts'

/** A terminal form field with what it inherits (ISO 32000-2, 12.7.4). */
export interface FormField {
  /** The whole name, parts joined by dots. */
  readonly name: string
  readonly dictionary: PdfDictionary
  /** Undefined when the field stands in its parent without an object number. */
  readonly reference: PdfReference | undefined
  readonly isSignature: boolean
  /** Tx, Ch, Btn or Sig; empty when the file states none. */
  readonly type: string
  /** /Ff (12.7.4.1) */
  readonly flags: number
  readonly value: PdfValue | undefined
  /** The object numbers of its widgets. */
  readonly widgets: readonly number[]
}

const deepestTree = 64
const mostFields = 100_000

/** The form's terminal fields in order. Throws DamagedFile when the tree goes in a circle. */
export function readFields(file: PdfFile): readonly FormField[] {
  const form = file.dictionary(file.catalog.get('AcroForm'))
  const fields: FormField[] = []
  const visited = new Set<number>()
  const visit = (node: PdfValue, parent: Inherited, depth: number): void => {
    file.step()
    if (isReference(node)) {
      if (visited.has(node.number)) return
      visited.add(node.number)
    }
    if (depth > deepestTree || fields.length > mostFields) throw new DamagedFile('the form is too deep')
    const dictionary = file.dictionary(node)
    if (dictionary === undefined) return
    const part = readText(file.resolve(dictionary.get('T')))
    const own = {
      name: [parent.name, part].filter((text) => text !== undefined && text !== '').join('.'),
      type: dictionary.get('FT') ?? parent.type,
      flags: dictionary.get('Ff') ?? parent.flags,
      value: dictionary.get('V') ?? parent.value,
    }
    const kids = file.array(dictionary.get('Kids')) ?? []
    const children = kids.filter((kid) => file.dictionary(kid)?.has('T') === true)
    for (const child of children) visit(child, own, depth + 1)
    if (children.length > 0) return
    const widgets = [node, ...kids].flatMap((widget) => (isReference(widget) ? [widget.number] : []))
    const type = file.resolve(own.type)
    fields.push({
      name: own.name,
      dictionary,
      reference: isReference(node) ? node : undefined,
      isSignature: isNamed(type, 'Sig'),
      type: isName(type) ? type.name : '',
      flags: file.number(own.flags) ?? 0,
      value: own.value,
      widgets,
    })
  }
  for (const field of file.array(form?.get('Fields')) ?? [])
    visit(field, { name: '', type: undefined, flags: undefined, value: undefined }, 0)
  return fields
}

interface Inherited {
  readonly name: string
  readonly type: PdfValue | undefined
  readonly flags: PdfValue | undefined
  readonly value: PdfValue | undefined
}
