import { accept, type Outcome, refuse } from '../shared/outcome.ts'
import type { Mark } from './marks/mark.ts'
import { addMarks, finishFont, startFont } from './marks/revisionMarks.ts'
import { certifiedChanges } from './signature/changes.ts'
import { Revision, withAppended } from './structure/append.ts'
import type { BytesOrSource } from './structure/byteSource.ts'
import { refusingDamage } from './structure/damaged.ts'
import type { PdfFile } from './structure/document.ts'
import { openToAppend } from './structure/openToAppend.ts'
import { loadTypefaces, type Typeface } from './text/typeface.ts'

export type { Mark } from './marks/mark.ts'
export type { TextMark } from './marks/textMark.ts'

/**
 * What appends marks to a file as annotations, in one revision; nothing for no marks. Text is set in Sarabun unless
 * another typeface is given. Refuses file-not-pdf, file-encrypted, file-damaged, page-missing,
 * file-changes-forbidden, file-form-unsettled for XFA, and what a mark's kind refuses: mark-malformed,
 * mark-overflows, glyph-missing, picture-unreadable, picture-too-large.
 */
export function markingAppendix(
  bytes: BytesOrSource | PdfFile,
  marks: readonly Mark[],
  typeface?: Typeface,
): Promise<Outcome<Uint8Array>> {
  return refusingDamage(async () => {
    const { regular } = await loadTypefaces()
    const opened = openToAppend(bytes)
    if (!opened.ok) return opened
    const { file, pages } = opened.value
    const allowed = certifiedChanges(file)
    if (allowed === 1 || allowed === 2) return refuse('file-changes-forbidden')
    if (marks.length === 0) return accept(new Uint8Array())
    const revision = new Revision(file)
    const font = startFont(revision, typeface ?? regular)
    const added = addMarks(revision, pages, marks, font)
    if (!added.ok) return added
    finishFont(revision, font)
    return accept(revision.write().appended)
  })
}

/** A file in memory with marks, as markingAppendix makes them; without marks it is returned as it is. */
export async function stamp(
  bytes: Uint8Array,
  marks: readonly Mark[],
  typeface?: Typeface,
): Promise<Outcome<Uint8Array>> {
  const appended = await markingAppendix(bytes, marks, typeface)
  if (!appended.ok) return appended
  return accept(appended.value.length === 0 ? bytes : withAppended(bytes, appended.value))
}
