import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { Revision } from '../structure/append.ts'
import type { BytesOrSource } from '../structure/byteSource.ts'
import { refusingDamage } from '../structure/damaged.ts'
import { asksForAppearances, isDrawnThroughout } from '../structure/formLook.ts'
import { openToAppend } from '../structure/openToAppend.ts'
import { fillByteRange, timestampDictionary } from './signatureDictionary.ts'
import { addSignatureField, freeName } from './signatureField.ts'
import type { PreparedSignature } from './signatureRevision.ts'

/**
 * Appends one revision with a document time-stamp that waits for its token (ISO 32000-2, 12.8.5): a field that nobody
 * sees, and room for a token of `contentsBytes`. Refuses what openToAppend refuses, and file-form-unsettled for filled
 * fields that readers draw.
 */
export function prepareDocumentTimestamp(
  bytes: BytesOrSource,
  contentsBytes: number,
): Promise<Outcome<PreparedSignature>> {
  return refusingDamage(() => {
    const opened = openToAppend(bytes)
    if (!opened.ok) return opened
    const { file, pages } = opened.value
    const [page] = pages
    if (page === undefined) return refuse('file-damaged')
    if (asksForAppearances(file) && !isDrawnThroughout(file)) return refuse('file-form-unsettled')
    const revision = new Revision(file)
    const signature = revision.add(null)
    const text = timestampDictionary(contentsBytes)
    revision.replace(signature, { kind: 'verbatim', text })
    const name = freeName(file, 'Timestamp')
    const unseen = { page, rect: [0, 0, 0, 0], appearance: undefined }
    addSignatureField(revision, { name, signature, lock: undefined }, unseen)
    const { appended, offsets } = revision.write()
    const body = (offsets.get(signature.number) ?? 0) + `${signature.number} 0 obj\n`.length
    const earlierLength = file.source.length
    const byteRange = fillByteRange(appended, earlierLength, body, text)
    return accept({ appended, earlierLength, byteRange, fieldName: name })
  })
}
