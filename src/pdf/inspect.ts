import { accept, type Outcome } from '../shared/outcome.ts'
import { shownSize } from './geometry.ts'
import { markPrefix } from './marks/markPrefix.ts'
import { certifiedChanges } from './signature/changes.ts'
import { readSecurityStore, type ValidationMaterial } from './signature/securityStore.ts'
import { readSignatures, type SignatureField } from './signature/signatures.ts'
import { changesItself } from './structure/activeContent.ts'
import { type FoundAnnotation, readAnnotations } from './structure/annotations.ts'
import type { BytesOrSource } from './structure/byteSource.ts'
import { refusingDamage } from './structure/damaged.ts'
import { openFile, type PdfFile } from './structure/document.ts'
import { readPages, type Turn } from './structure/pages.ts'
import { isNamed, readText } from './structure/values.ts'

export type { SignatureField } from './signature/signatures.ts'

/** A page as shown, in points. */
export interface PageInspection {
  readonly width: number
  readonly height: number
  readonly rotate: Turn
}

/** One of our own annotations. */
export interface WrittenMark {
  /** What follows `saraban:` in /NM, such as `number`, `date` or `stamp:1`. */
  readonly name: string
  /** The annotation's /Contents. */
  readonly text: string
  /** Counted from 1. */
  readonly page: number
}

/** What a file says about itself. Nothing in it has been verified. */
export interface Inspection {
  readonly pages: readonly PageInspection[]
  /** In the order in which they were written. */
  readonly signatures: readonly SignatureField[]
  readonly marks: readonly WrittenMark[]
  /** The form of the newest cross-reference section. */
  readonly xref: 'table' | 'stream'
  /** Whether the file can change what it shows by itself. */
  readonly isActive: boolean
  /** Whether the author's certification forbids any change (DocMDP 1). */
  readonly certifiedAgainstChanges: boolean
  /** What the document security store holds; absent when there is none. */
  readonly securityStore?: ValidationMaterial
}

/** Reads pages, signatures and our marks. Refuses file-not-pdf, file-encrypted and file-damaged. */
export function inspect(bytes: BytesOrSource | PdfFile): Promise<Outcome<Inspection>> {
  return refusingDamage(() => {
    const opened = openFile(bytes)
    if (!opened.ok) return opened
    const file = opened.value
    const pages = readPages(file)
    const annotations = readAnnotations(file, pages)
    const securityStore = readSecurityStore(file)
    return accept({
      pages: pages.map((page) => ({ ...shownSize(page), rotate: page.turn })),
      signatures: readSignatures(file, annotations),
      marks: annotations.flatMap(writtenMark(file)),
      xref: file.crossReference.form,
      isActive: changesItself(file),
      certifiedAgainstChanges: certifiedChanges(file) === 1,
      ...(securityStore === undefined ? {} : { securityStore }),
    })
  })
}

const writtenMark =
  (file: PdfFile) =>
  ({ dictionary, page }: FoundAnnotation): WrittenMark[] => {
    const name = readText(file.resolve(dictionary.get('NM')))
    if (!name?.startsWith(markPrefix) || isNamed(file.resolve(dictionary.get('Subtype')), 'Widget')) return []
    return [
      {
        name: name.slice(markPrefix.length),
        text: readText(file.resolve(dictionary.get('Contents'))) ?? '',
        page,
      },
    ]
  }
