import { accept, type Outcome } from '../shared/outcome.ts'
import { markPrefix } from './marks/markPrefix.ts'
import { certifiedChanges, transformParameters } from './signature/changes.ts'
import { type FieldLock, type PermittedChanges, readFieldLock, readPermitted } from './signature/fieldLock.ts'
import { type FoundAnnotation, readAnnotations } from './structure/annotations.ts'
import type { BytesOrSource } from './structure/byteSource.ts'
import { refusingDamage } from './structure/damaged.ts'
import { openFile, type PdfFile } from './structure/document.ts'
import { type FormField, readFields } from './structure/fields.ts'
import { type FileFont, readFonts } from './structure/fonts.ts'
import { readPages } from './structure/pages.ts'
import { type FileRevision, readRevisions } from './structure/revisions.ts'
import { isName, isNamed, readText } from './structure/values.ts'

/** What an administrator wants to know of a file besides what `inspect` tells. Nothing in it has been verified. */
export interface Description {
  /** Bytes. */
  readonly size: number
  /** The higher of what the header and the catalog state, such as `1.7`. */
  readonly version: string
  readonly linearized: boolean
  /** What wrote the file, and what its text was written in. */
  readonly producer?: string
  readonly creator?: string
  readonly title?: string
  readonly revisions: readonly DescribedRevision[]
  /** What its signatures let others do: 1 nothing, 2 fill in and sign, 3 annotate as well. */
  readonly permits?: PermittedChanges
  /** What each signed field states, by its whole name. */
  readonly rules: ReadonlyMap<string, SignatureRules>
  readonly emptySignatureFields: readonly { readonly field: string; readonly page: number }[]
  readonly fonts: readonly FileFont[]
}

/** A revision with what it added to the pages as they are now. */
export interface DescribedRevision extends Omit<FileRevision, 'added'> {
  /** Names of our own marks. */
  readonly marks: readonly string[]
  /** Annotations of others, each by its subtype. */
  readonly annotations: readonly string[]
}

/** The rules that a signature makes for what comes later (ISO 32000-2, 12.8.2). */
export interface SignatureRules {
  /** DocMDP */
  readonly certifies?: PermittedChanges
  /** FieldMDP */
  readonly locks?: FieldLock
}

/** Describes a file. Refuses file-not-pdf, file-encrypted and file-damaged. */
export function describeFile(bytes: BytesOrSource): Promise<Outcome<Description>> {
  return refusingDamage(() => {
    const opened = openFile(bytes)
    if (!opened.ok) return opened
    const file = opened.value
    const pages = readPages(file)
    const annotations = readAnnotations(file, pages)
    const fields = readFields(file).filter(({ isSignature }) => isSignature)
    const permits = certifiedChanges(file)
    return accept({
      size: file.source.length,
      ...headOf(file),
      ...informationOf(file),
      revisions: readRevisions(file).map((revision) => describeRevision(file, revision, annotations)),
      ...(permits === undefined ? {} : { permits }),
      rules: new Map(fields.map((field) => [field.name, rulesOf(file, field)])),
      emptySignatureFields: fields
        .filter(({ value }) => file.dictionary(value) === undefined)
        .map((field) => ({ field: field.name, page: pageOf(field, annotations) })),
      fonts: readFonts(file, pages),
    })
  })
}

function headOf(file: PdfFile): Pick<Description, 'version' | 'linearized'> {
  const head = Buffer.from(file.source.read(0, 2048)).toString('latin1')
  const stated = file.resolve(file.catalog.get('Version'))
  const versions = [/%PDF-(\d\.\d)/.exec(head)?.[1] ?? '', isName(stated) ? stated.name : '']
  return { version: versions.sort().at(-1) ?? '', linearized: /\/Linearized\s+\d/.test(head) }
}

function informationOf(file: PdfFile): Pick<Description, 'producer' | 'creator' | 'title'> {
  const information = file.dictionary(file.crossReference.trailer.get('Info'))
  const textOf = (key: string): string | undefined => readText(file.resolve(information?.get(key)))
  const [producer, creator, title] = [textOf('Producer'), textOf('Creator'), textOf('Title')]
  return {
    ...(producer === undefined ? {} : { producer }),
    ...(creator === undefined ? {} : { creator }),
    ...(title === undefined ? {} : { title }),
  }
}

function describeRevision(
  file: PdfFile,
  { added, ...revision }: FileRevision,
  annotations: readonly FoundAnnotation[],
): DescribedRevision {
  const marks: string[] = []
  const others: string[] = []
  for (const { dictionary, number } of annotations) {
    if (number === undefined || !added.has(number)) continue
    const subtype = file.resolve(dictionary.get('Subtype'))
    const name = readText(file.resolve(dictionary.get('NM')))
    if (isNamed(subtype, 'Widget')) continue
    if (name?.startsWith(markPrefix)) marks.push(name.slice(markPrefix.length))
    else others.push(isName(subtype) ? subtype.name : '')
  }
  return { ...revision, marks, annotations: others }
}

function rulesOf(file: PdfFile, { value, dictionary }: FormField): SignatureRules {
  const signature = file.dictionary(value)
  if (signature === undefined) return {}
  const certification = transformParameters(file, signature, 'DocMDP')
  const locks =
    readFieldLock(file, transformParameters(file, signature, 'FieldMDP')) ??
    readFieldLock(file, dictionary.get('Lock'))
  return {
    ...(certification === undefined ? {} : { certifies: readPermitted(file, certification.get('P')) ?? 2 }),
    ...(locks === undefined ? {} : { locks }),
  }
}

const pageOf = ({ widgets }: FormField, annotations: readonly FoundAnnotation[]): number =>
  annotations.find(({ number }) => number !== undefined && widgets.includes(number))?.page ?? 0
