import { type SnapshotPage, snapshotPageSchema } from '../../../shared/contract/sync.ts'
import type { LetterRecords } from './letterRecords.ts'
import type { SnapshotPlace, StoreOperations } from './operations.ts'
import { receiveLogs } from './receiveLogs.ts'
import type { Statements } from './statements.ts'

/** Which page of the snapshot a store reads next: the first while nothing was pulled, none once it is through. */
export function placeOf(statements: Statements): SnapshotPlace | null {
  const kept = statements.get<{ value: string }>('meta.get', 'snapshot')
  if (kept !== undefined) return JSON.parse(kept.value) as SnapshotPlace | null
  const cursor = statements.get<{ value: string }>('meta.get', 'cursor')?.value ?? '0'
  return cursor === '0' ? { open: true } : null
}

/** Does what StoreOperations says of applySnapshot. */
export function applySnapshot(
  statements: Statements,
  letters: LetterRecords,
  { page: bytes, place }: Parameters<StoreOperations['applySnapshot']>[0],
): ReturnType<StoreOperations['applySnapshot']> {
  const page = pageFrom(bytes)
  if (page === undefined) return null
  const epoch = statements.get<{ value: string }>('meta.get', 'epoch')?.value
  if (epoch === undefined) statements.run('meta.set', 'epoch', page.epoch)
  else if (epoch !== page.epoch) return { otherEpoch: page.epoch }

  const receiving = receiveLogs(statements, letters)
  for (const { letterId, events } of page.letters) receiving.receive(letterId, events)
  receiving.end()
  // The feed goes on from what the very first page was read at: later pages may know of more, never of less.
  if (place.open) statements.run('meta.set', 'cursor', String(page.head))
  const next = place.open ? null : page.next
  const after: SnapshotPlace | null = place.open || next !== null ? { open: false, before: next } : null
  statements.run('meta.set', 'snapshot', JSON.stringify(after))
  return { letterIds: page.letters.map(({ letterId }) => letterId) }
}

function pageFrom(bytes: Uint8Array): SnapshotPage | undefined {
  try {
    return snapshotPageSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data
  } catch {
    return undefined
  }
}
