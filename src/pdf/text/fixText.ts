import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { readSignatures } from '../signature/signatures.ts'
import { readAnnotations } from '../structure/annotations.ts'
import { Revision, withAppended } from '../structure/append.ts'
import { type BytesOrSource, wholeOf } from '../structure/byteSource.ts'
import { refusingDamage } from '../structure/damaged.ts'
import type { PdfFile } from '../structure/document.ts'
import { decodeStream } from '../structure/filters.ts'
import { openToAppend } from '../structure/openToAppend.ts'
import { isNamed, isReference, isStream, referenceTo } from '../structure/values.ts'
import { type ContentSpan, contentSpans } from './contentSpans.ts'
import { flateStream } from './fontEmbedding.ts'
import { learnCodes } from './learnCodes.ts'
import { readToUnicode, writeToUnicode } from './toUnicode.ts'

/**
 * Makes the text of a file that Chromium printed readable to viewers that leave /ActualText aside, as pdf.js does:
 * appends a revision in which the fonts' /ToUnicode says what the page's own /ActualText says. The look does not
 * change, no other object is touched, and a file without such fonts is returned as it is. Refuses file-signed-already
 * (what a signed page reads as is not changed), file-not-pdf, file-encrypted, file-damaged and file-form-unsettled.
 */
export function fixText(bytes: BytesOrSource): Promise<Outcome<Uint8Array>> {
  return refusingDamage(() => {
    const opened = openToAppend(bytes)
    if (!opened.ok) return opened
    const { file, pages } = opened.value
    if (readSignatures(file, readAnnotations(file, pages)).length > 0) return refuse('file-signed-already')
    const revision = new Revision(file)
    let fixed = 0
    for (const [font, spans] of Map.groupBy(contentSpans(file, pages), (span) => span.font))
      fixed += fixFont(file, revision, font, spans) ? 1 : 0
    return accept(fixed === 0 ? wholeOf(bytes) : withAppended(bytes, revision.write().appended))
  })
}

/** Gives a font the texts that it lacks; false when it lacks none, or its codes are not Chromium's kind of codes. */
function fixFont(file: PdfFile, revision: Revision, number: number, spans: readonly ContentSpan[]): boolean {
  const font = file.dictionary(referenceTo(number))
  const map = font?.get('ToUnicode')
  const stream = revision.resolve(map)
  const isTwoBytes = isNamed(file.resolve(font?.get('Encoding')), 'Identity-H')
  if (!isReference(map) || !isStream(stream) || !isTwoBytes) return false
  const known = readToUnicode(Buffer.from(decodeStream(stream)).toString('latin1'))
  if (known === undefined) return false
  const learnt = learnCodes(spans, known)
  if (learnt.size === 0) return false
  revision.replace(map, flateStream(writeToUnicode(new Map([...known, ...learnt])), {}))
  return true
}
