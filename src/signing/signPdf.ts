import { createHash } from 'node:crypto'
import { withAppended } from '../pdf/append.ts'
import { type BytesOrSource, joined, sourceOf } from '../pdf/byteSource.ts'
import {
  coveredBytes,
  embedSignature,
  type PreparedSignature,
  prepareSignature,
  type SignatureRequest,
} from '../pdf/signatureRevision.ts'
import { accept, type Outcome, refuse } from '../shared/outcome.ts'
import { assembleCms, digestAlgorithmFor, signatureValue, signedAttributes } from './cades.ts'
import type { Certificate } from './certificate.ts'
import { requestTimestamp, type TimestampService } from './timestampClient.ts'
import { laterChangesOf } from './verification/laterChanges.ts'

/** A file that waits for a signature: `attributes` is what the token signs. */
export interface BegunSignature {
  readonly prepared: PreparedSignature
  readonly attributes: Uint8Array
}

/**
 * Appends the revision to be signed and makes the signed attributes over what it covers. Refuses what
 * prepareSignature refuses, and file-damaged when the file is broken in such a way that those who verify it could
 * not tell the additions from a change.
 */
export async function beginSignature(
  bytes: BytesOrSource,
  request: SignatureRequest,
  certificate: Certificate,
): Promise<Outcome<BegunSignature>> {
  const prepared = await prepareSignature(bytes, request)
  if (!prepared.ok) return prepared
  const { appended, earlierLength, byteRange } = prepared.value
  const whole = joined(sourceOf(bytes), appended)
  if (laterChangesOf(whole)(earlierLength).kind !== 'permitted') return refuse('file-damaged')
  const hash = createHash(digestAlgorithmFor(certificate))
  for (const part of coveredBytes(whole, byteRange)) hash.update(part)
  const attributes = signedAttributes({ digest: hash.digest(), certificate })
  return accept({ prepared: prepared.value, attributes })
}

/** What a token returned, and what goes into the file beside it. */
export interface FinishedSignature {
  readonly signature: Uint8Array
  readonly certificate: Certificate
  /** The issuers' certificates, DER. */
  readonly chain: readonly Uint8Array[]
  /** A time-stamp token over signatureValue(certificate, signature). */
  readonly timestamp?: Uint8Array
}

/** What is appended to the file, with the token's signature over the attributes. Refuses signature-too-large. */
export function finishSignature(
  { prepared, attributes }: BegunSignature,
  signed: FinishedSignature,
): Outcome<Uint8Array> {
  return embedSignature(prepared, assembleCms({ attributes, ...signed }))
}

/** Who signs, and how: `sign` returns the token's signature over the attributes. */
export interface Signing {
  readonly certificate: Certificate
  readonly chain: readonly Uint8Array[]
  readonly sign: (attributes: Uint8Array) => Promise<Outcome<Uint8Array>>
  /** Time-stamp services, for level B-T: the second is asked when the first fails, and so on. */
  readonly timestampServices?: readonly TimestampService[]
  readonly request: SignatureRequest
}

/**
 * Signs a PDF: PAdES B-T with a time-stamp service, B-B without (ETSI EN 319 142-1). Returns what is to be appended
 * to the file. Refuses what beginSignature, `sign`, requestTimestamp and finishSignature refuse.
 */
export async function signedAppendix(bytes: BytesOrSource, signing: Signing): Promise<Outcome<Uint8Array>> {
  const { certificate, chain, timestampServices } = signing
  const begun = await beginSignature(bytes, signing.request, certificate)
  if (!begun.ok) return begun
  const signature = await signing.sign(begun.value.attributes)
  if (!signature.ok) return signature
  const signed = { signature: signature.value, certificate, chain }
  if (timestampServices === undefined) return finishSignature(begun.value, signed)
  const stamped = createHash('sha256').update(signatureValue(certificate, signature.value)).digest()
  const timestamp = await requestTimestamp(timestampServices, stamped)
  if (!timestamp.ok) return timestamp
  return finishSignature(begun.value, { ...signed, timestamp: timestamp.value })
}

/** Signs a PDF in memory as signedAppendix does; returns the whole file. */
export async function signPdf(bytes: Uint8Array, signing: Signing): Promise<Outcome<Uint8Array>> {
  const appended = await signedAppendix(bytes, signing)
  return appended.ok ? accept(withAppended(bytes, appended.value)) : appended
}
