import { accept, type Outcome, refuse } from '../shared/outcome.ts'
import { Revision, withAppended } from './append.ts'
import { type BytesOrSource, wholeOf } from './byteSource.ts'
import { certifiedChanges } from './changes.ts'
import { refusingDamage } from './damaged.ts'
import { openToAppend } from './openToAppend.ts'
import { addMarks, finishFont, startFont } from './revisionMarks.ts'
import type { TextMark } from './textMark.ts'
import { loadTypefaces } from './typeface.ts'

export type { TextMark } from './textMark.ts'

/**
 * Appends text marks as annotations in one revision; the input is an exact prefix of what is returned, and without
 * marks it is returned as it is. Refuses file-not-pdf, file-encrypted, file-damaged, page-missing, glyph-missing,
 * file-changes-forbidden and, for XFA, file-form-unsettled.
 */
export function stamp(bytes: BytesOrSource, marks: readonly TextMark[]): Promise<Outcome<Uint8Array>> {
  return refusingDamage(async () => {
    const { regular } = await loadTypefaces()
    const opened = openToAppend(bytes)
    if (!opened.ok) return opened
    const { file, pages } = opened.value
    const allowed = certifiedChanges(file)
    if (allowed === 1 || allowed === 2) return refuse('file-changes-forbidden')
    if (marks.length === 0) return accept(wholeOf(bytes))
    const revision = new Revision(file)
    const font = startFont(revision, regular)
    const added = addMarks(revision, pages, marks, font)
    if (!added.ok) return added
    finishFont(revision, font)
    return accept(withAppended(bytes, revision.write().appended))
  })
}
