import type { ByteSource } from '../pdf/byteSource.ts'
import type { Outcome } from '../shared/outcome.ts'
import { copyToExtend, type ExtendedFile } from '../signing/extendFile.ts'
import type { Errand } from './outputs.ts'

/**
 * Makes the errand's result: the file with something appended, which `append` makes from what it reads of it. Refuses
 * what copyToExtend and `append` refuse; then nothing is left.
 */
export async function appendTo(
  { from, to }: Errand,
  append: (source: ByteSource) => Promise<Outcome<Uint8Array>>,
): Promise<Outcome<ExtendedFile>> {
  const copied = await copyToExtend(from, to)
  if (!copied.ok) return copied
  const { source, extend, discard } = copied.value
  try {
    const appended = await append(source)
    return appended.ok ? await extend(appended.value) : appended
  } finally {
    await discard()
  }
}
