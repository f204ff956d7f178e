import { inspect } from '../pdf/inspect.ts'
import { type Mark, stamp } from '../pdf/stamp.ts'
import { type Outcome, refuse } from '../shared/outcome.ts'
import { laterChangesOf } from './verification/laterChanges.ts'

/**
 * Appends marks as `stamp` does. Refuses what it refuses, and file-damaged when the file is signed but broken
 * in such a way that its signatures would count as invalid afterwards.
 */
export async function stampPdf(bytes: Uint8Array, marks: readonly Mark[]): Promise<Outcome<Uint8Array>> {
  const stamped = await stamp(bytes, marks)
  if (!stamped.ok || marks.length === 0) return stamped
  const before = await inspect(bytes)
  if (!before.ok) return before
  if (before.value.signatures.length === 0) return stamped
  return laterChangesOf(stamped.value)(bytes.length).kind === 'permitted' ? stamped : refuse('file-damaged')
}
