import { accept, type Outcome, refuse } from '../shared/outcome.ts'
import type { SignatureAlgorithm } from './algorithm.ts'
import { copyToExtend, type ExtendedFile } from './extendFile.ts'
import { beginOrder, finishOrder, type SignatureOrder, type Signing } from './signPdf.ts'

/** A file on disk that waits for a signature, as signBatch begins, finishes and releases it. */
export interface BegunFile {
  /** What the token signs. */
  readonly attributes: Uint8Array
  /** How the token has to sign it. */
  readonly algorithm: SignatureAlgorithm
  /** Puts the token's signature in; only then there is a file of the name. Refuses what finishOrder and extend refuse. */
  finish(signature: Uint8Array): Promise<Outcome<ExtendedFile>>
  /** Removes what is unfinished. Call it in the end, whatever happens. */
  release(): Promise<void>
}

/**
 * Makes the PDF `from` ready to be signed into `to`, with memory that does not grow with the file. Refuses what
 * copyToExtend and beginSignature refuse.
 */
export async function beginFile(
  from: string,
  to: string,
  order: SignatureOrder,
): Promise<Outcome<BegunFile>> {
  const copied = await copyToExtend(from, to)
  if (!copied.ok) return copied
  const copy = copied.value
  let isReady = false
  try {
    const begun = await beginOrder(copy.source, order)
    if (!begun.ok) return begun
    isReady = true
    const { attributes, algorithm } = begun.value
    const finish = async (signature: Uint8Array): Promise<Outcome<ExtendedFile>> => {
      const appended = await finishOrder(begun.value, order, signature)
      return appended.ok ? copy.extend(appended.value) : appended
    }
    return accept({ attributes, algorithm, finish, release: copy.discard })
  } finally {
    if (!isReady) await copy.discard()
  }
}

/**
 * Signs the PDF `from` into `to`, with memory that does not grow with the file. Until it is signed nothing bears the
 * name `to`. Refuses what beginFile, `sign` and `finish` refuse, and signature-cancelled once `cancelled` is aborted.
 */
export async function signFile(
  from: string,
  to: string,
  signing: Signing,
  cancelled?: AbortSignal,
): Promise<Outcome<ExtendedFile>> {
  const begun = await beginFile(from, to, signing)
  if (!begun.ok) return begun
  const { attributes, algorithm, finish, release } = begun.value
  const isCancelled = (): boolean => cancelled?.aborted ?? false
  try {
    if (isCancelled()) return refuse('signature-cancelled')
    const signature = await signing.sign(attributes, algorithm)
    if (!signature.ok) return signature
    if (isCancelled()) return refuse('signature-cancelled')
    return await finish(signature.value)
  } finally {
    await release()
  }
}
