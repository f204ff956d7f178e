import type { Inspection } from '../../../pdf/inspect.ts'
import type { Memo } from '../../../pdf/memo/memo.ts'
import type { Places } from '../../../pdf/places/places.ts'
import type { SignatureRequest } from '../../../pdf/signature/signatureRevision.ts'
import type { Outcome } from '../../../shared/outcome.ts'
import type { BegunSignature } from '../../../signing/signPdf.ts'

/** What the document process does: pure work on bytes, so that asking again after a crash is harmless. */
export interface DocumentOperations {
  /** Refuses file-not-pdf, file-encrypted and file-damaged. */
  inspect(bytes: Uint8Array): Promise<Outcome<Inspection>>
  findPlaces(bytes: Uint8Array): Promise<Outcome<Places>>
  /** What the pages say, for finding the letter; empty when nothing can be read. */
  readText(input: { bytes: Uint8Array; most: number }): Promise<string>
  composeMemo(memo: Memo): Promise<Outcome<Uint8Array>>
  /** Appends the revision to be signed; `certificate` is the signer's, `chain` its issuers', DER. */
  beginSignature(input: {
    bytes: Uint8Array
    request: SignatureRequest
    certificate: Uint8Array
    chain: readonly Uint8Array[]
  }): Promise<Outcome<BegunSignature>>
  /** What is appended to the file, with the token's signature. */
  finishSignature(input: {
    begun: BegunSignature
    signature: Uint8Array
    certificate: Uint8Array
    chain: readonly Uint8Array[]
  }): Promise<Outcome<Uint8Array>>
  /**
   * Checks a file just signed: refuses signature-invalid when the newest signature does not hold, or when one that
   * held in the first `earlierBytes` bytes no longer does. Trust is the server's matter.
   */
  checkSignatures(input: { bytes: Uint8Array; earlierBytes: number }): Promise<Outcome<null>>
}

export type DocumentOperation = keyof DocumentOperations
export type DocumentInput<Name extends DocumentOperation> = Parameters<DocumentOperations[Name]>[0]
export type DocumentAnswer<Name extends DocumentOperation> = Awaited<ReturnType<DocumentOperations[Name]>>

/** To the document process. */
export interface DocumentRequest {
  readonly id: number
  readonly name: DocumentOperation
  readonly input: unknown
}

/** From the document process: the answer, or a fault (a bug, without content). */
export type DocumentReply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly fault: Readonly<Record<string, string>> }
