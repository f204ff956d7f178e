import { type Outcome, refuse } from '../shared/outcome.ts'
import { type ExtendedFile, extendFile } from './extendFile.ts'
import { type Signing, signedAppendix } from './signPdf.ts'

/**
 * Signs the PDF `from` into `to` as signPdf does, with memory that does not grow with the file. Until it is signed
 * nothing bears the name `to`. Refuses what signPdf and extendFile refuse, and signature-cancelled once `cancelled`
 * is aborted.
 */
export function signFile(
  from: string,
  to: string,
  signing: Signing,
  cancelled?: AbortSignal,
): Promise<Outcome<ExtendedFile>> {
  const unlessCancelled = <Value>(outcome: Outcome<Value>): Outcome<Value> =>
    cancelled?.aborted === true ? refuse('signature-cancelled') : outcome
  return extendFile(from, to, async (source) => {
    const sign: Signing['sign'] = async (attributes, algorithm) =>
      cancelled?.aborted === true ? refuse('signature-cancelled') : signing.sign(attributes, algorithm)
    return unlessCancelled(await signedAppendix(source, { ...signing, sign }))
  })
}
