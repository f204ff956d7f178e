import { inspect } from '../pdf/inspect.ts'
import { type Mark, markingAppendix } from '../pdf/stamp.ts'
import { withAppended } from '../pdf/structure/append.ts'
import type { BytesOrSource } from '../pdf/structure/byteSource.ts'
import { refusingDamage } from '../pdf/structure/damaged.ts'
import { openFile } from '../pdf/structure/document.ts'
import { accept, type Outcome, refuse } from '../shared/outcome.ts'
import { willBePermitted } from './verification/laterChanges.ts'

/**
 * What appends marks to a file, as markingAppendix makes it. Refuses what that refuses, and file-damaged when the
 * file is signed but broken in such a way that its signatures would count as invalid afterwards.
 */
export async function stampAppendix(
  bytes: BytesOrSource,
  marks: readonly Mark[],
): Promise<Outcome<Uint8Array>> {
  const file = await refusingDamage(() => openFile(bytes))
  if (!file.ok) return file
  const appended = await markingAppendix(file.value, marks)
  if (!appended.ok || marks.length === 0) return appended
  const before = await inspect(file.value)
  if (!before.ok) return before
  const isSafe = before.value.signatures.length === 0 || willBePermitted(file.value, appended.value)
  return isSafe ? appended : refuse('file-damaged')
}

/** A file in memory with the marks that stampAppendix makes. */
export async function stampPdf(bytes: Uint8Array, marks: readonly Mark[]): Promise<Outcome<Uint8Array>> {
  const appended = await stampAppendix(bytes, marks)
  return appended.ok ? accept(withAppended(bytes, appended.value)) : appended
}
