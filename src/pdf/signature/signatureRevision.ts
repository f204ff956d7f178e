import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import type { Mark } from '../marks/mark.ts'
import { addMarks, finishFont, startFont } from '../marks/revisionMarks.ts'
import { readAnnotations } from '../structure/annotations.ts'
import { Revision } from '../structure/append.ts'
import type { BytesOrSource } from '../structure/byteSource.ts'
import { refusingDamage } from '../structure/damaged.ts'
import type { PdfFile } from '../structure/document.ts'
import { asksForAppearances, isDrawnThroughout } from '../structure/formLook.ts'
import { openToAppend } from '../structure/openToAppend.ts'
import type { Page } from '../structure/pages.ts'
import { isDictionary, type PdfReference } from '../structure/values.ts'
import { loadTypefaces } from '../text/typeface.ts'
import { certifiedChanges } from './changes.ts'
import { type PermittedChanges, strictest } from './fieldLock.ts'
import type { SeedValues } from './seedValues.ts'
import {
  type ByteRange,
  fillByteRange,
  type SignatureEntries,
  signatureDictionary,
} from './signatureDictionary.ts'
import {
  type ChosenField,
  chooseField,
  placeSignature,
  type SignaturePlacement,
} from './signaturePlacement.ts'
import { readSignatures } from './signatures.ts'

export type { ByteRange } from './signatureDictionary.ts'

/** What one signature writes into the file besides its CMS. */
export interface SignatureRequest extends SignatureEntries, SignaturePlacement {
  /** Makes it the author's certification, and says what others may do after it (`--certify`). */
  readonly certifies?: PermittedChanges
  readonly marks: readonly Mark[]
}

/** A file that waits for its CMS. */
export interface PreparedSignature {
  /** What is appended to the file: /ByteRange is final, /Contents holds zeroes. */
  readonly appended: Uint8Array
  /** The length of the file before it. */
  readonly earlierLength: number
  /** Offset and length of the two parts that the signature covers: all but /Contents. */
  readonly byteRange: ByteRange
  /** The name that the field got. */
  readonly fieldName: string
  /** What may be changed after the signature; absent when it does not say. */
  readonly permits?: PermittedChanges
  /** What the author of an existing field demands of the signature. */
  readonly seeds?: SeedValues
}

/**
 * Appends one revision that holds the marks, the visible block and an ETSI.CAdES.detached signature dictionary
 * (ETSI EN 319 142-1, 6.3). Refuses what stamp refuses; file-form-unsettled for filled fields that readers draw;
 * file-signed-already for a certification that is not the first signature; and field-missing, field-signed and
 * field-locked.
 */
export function prepareSignature(
  bytes: BytesOrSource | PdfFile,
  request: SignatureRequest,
): Promise<Outcome<PreparedSignature>> {
  return refusingDamage(async () => {
    const { regular } = await loadTypefaces()
    const opened = openToAppend(bytes)
    if (!opened.ok) return opened
    const { file, pages } = opened.value
    const allowed = mayBeSigned(file, pages, request)
    if (!allowed.ok) return allowed
    const field = chooseField(file, pages, request)
    if (!field.ok) return field
    const revision = new Revision(file)
    const font = startFont(revision, regular)
    const marked = addMarks(revision, pages, request.marks, font, {
      at: request.signedAt,
      author: request.signerName,
    })
    if (!marked.ok) return marked
    const { lock } = field.value
    const signature = revision.add(null)
    const text = signatureDictionary(request, { certifies: request.certifies, lock, catalog: file.root })
    revision.replace(signature, { kind: 'verbatim', text })
    const placed = placeSignature(revision, pages, field.value, signature, request, font)
    if (!placed.ok) return placed
    if (request.certifies !== undefined) certify(revision, signature)
    finishFont(revision, font)
    return accept(writePrepared(revision, signature, text, field.value, request))
  })
}

function mayBeSigned(file: PdfFile, pages: readonly Page[], request: SignatureRequest): Outcome<void> {
  const allowed = certifiedChanges(file)
  if (allowed === 1 || (allowed === 2 && request.marks.length > 0)) return refuse('file-changes-forbidden')
  if (asksForAppearances(file) && !isDrawnThroughout(file)) return refuse('file-form-unsettled')
  if (request.certifies === undefined) return accept(undefined)
  const isSigned = readSignatures(file, readAnnotations(file, pages)).length > 0
  return isSigned ? refuse('file-signed-already') : accept(undefined)
}

/** The catalog names the certification's signature (ISO 32000-2, 12.8.6). */
function certify(revision: Revision, signature: PdfReference): void {
  const catalog = revision.resolve(revision.file.root)
  if (!isDictionary(catalog)) return
  const permissions = revision.resolve(catalog.get('Perms'))
  const entries = new Map(isDictionary(permissions) ? permissions : []).set('DocMDP', signature)
  revision.replace(revision.file.root, new Map(catalog).set('Perms', entries))
}

function writePrepared(
  revision: Revision,
  signature: PdfReference,
  text: string,
  field: ChosenField,
  { certifies }: SignatureRequest,
): PreparedSignature {
  const { appended, offsets } = revision.write()
  const body = (offsets.get(signature.number) ?? 0) + `${signature.number} 0 obj\n`.length
  const earlierLength = revision.file.source.length
  const permits = strictest([certifies, field.lock?.permits])
  return {
    appended,
    earlierLength,
    byteRange: fillByteRange(appended, earlierLength, body, text),
    fieldName: field.name,
    ...(permits === undefined ? {} : { permits }),
    ...('seeds' in field && field.seeds !== undefined ? { seeds: field.seeds } : {}),
  }
}

/** Puts the CMS into the reserved /Contents; returns what is appended to the file. Refuses signature-too-large. */
export function embedSignature(prepared: PreparedSignature, cms: Uint8Array): Outcome<Uint8Array> {
  const [, open, close] = prepared.byteRange
  const room = close - open - 2
  if (cms.length * 2 > room) return refuse('signature-too-large')
  const signed = Uint8Array.from(prepared.appended)
  const digits = Buffer.from(cms).toString('hex').padEnd(room, '0')
  signed.set(Buffer.from(digits, 'latin1'), open + 1 - prepared.earlierLength)
  return accept(signed)
}
