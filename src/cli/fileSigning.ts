import { type Outcome, refuse } from '../shared/outcome.ts'
import type { SignatureAlgorithm } from '../signing/algorithm.ts'
import type { ExtendedFile } from '../signing/extendFile.ts'
import { signFile } from '../signing/signFile.ts'
import type { Signing } from '../signing/signPdf.ts'
import type { Errand } from './outputs.ts'

/** A file that waits for the token. */
export interface BegunFile {
  /** What the token signs. */
  readonly attributes: Uint8Array
  /** Puts the signature in and gives the file its name. */
  finish(signature: Uint8Array): Promise<Outcome<ExtendedFile>>
  /** Gives the file up, unless it was finished: nothing of it is left. */
  release(): Promise<void>
}

/**
 * Begins to sign a file as signFile does, and stops where the token's signature is needed: while the token works for
 * one file, the next is made ready. Refuses what signFile refuses.
 */
export async function beginFile(
  { from, to }: Errand,
  signing: Omit<Signing, 'sign'> & { readonly algorithm: SignatureAlgorithm },
  signal: AbortSignal,
): Promise<Outcome<BegunFile>> {
  const signature = Promise.withResolvers<Outcome<Uint8Array>>()
  const asked = Promise.withResolvers<Uint8Array>()
  const sign: Signing['sign'] = (attributes) => {
    asked.resolve(attributes)
    return signature.promise
  }
  const done = signFile(from, to, { ...signing, sign }, signal)
  const first = await Promise.race([asked.promise, done])
  if (!(first instanceof Uint8Array)) return first.ok ? refuse('file-damaged') : first
  return {
    ok: true,
    value: {
      attributes: first,
      finish: async (made) => {
        signature.resolve({ ok: true, value: made })
        return await done
      },
      release: async () => {
        signature.resolve(refuse('signature-cancelled'))
        await done
      },
    },
  }
}
