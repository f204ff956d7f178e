import { createHash } from 'node:crypto'
import {
  coveredBytes,
  embedSignature,
  type PreparedSignature,
  prepareSignature,
  type SignatureRequest,
} from '../pdf/signatureRevision.ts'
import { accept, type Outcome } from '../shared/outcome.ts'
import { assembleCms, digestAlgorithmFor, signedAttributes } from './cades.ts'
import type { Certificate } from './certificate.ts'

/** A file that waits for a signature: `attributes` is what the token signs. */
export interface BegunSignature {
  readonly prepared: PreparedSignature
  readonly attributes: Uint8Array
}

/**
 * Appends the revision to be signed and makes the signed attributes over what it covers. Refuses what
 * prepareSignature refuses.
 */
export async function beginSignature(
  bytes: Uint8Array,
  request: SignatureRequest,
  certificate: Certificate,
): Promise<Outcome<BegunSignature>> {
  const prepared = await prepareSignature(bytes, request)
  if (!prepared.ok) return prepared
  const hash = createHash(digestAlgorithmFor(certificate))
  for (const part of coveredBytes(prepared.value.bytes, prepared.value.byteRange)) hash.update(part)
  const attributes = signedAttributes({ digest: hash.digest(), certificate })
  return accept({ prepared: prepared.value, attributes })
}

/**
 * Puts the token's signature over the attributes into the file. `chain` holds the issuers' certificates, DER.
 * Refuses signature-too-large.
 */
export function finishSignature(
  { prepared, attributes }: BegunSignature,
  signed: {
    readonly signature: Uint8Array
    readonly certificate: Certificate
    readonly chain: readonly Uint8Array[]
  },
): Outcome<Uint8Array> {
  return embedSignature(prepared, assembleCms({ attributes, ...signed }))
}

/** Who signs, and how: `sign` returns the token's signature over the attributes. */
export interface Signing {
  readonly certificate: Certificate
  readonly chain: readonly Uint8Array[]
  readonly sign: (attributes: Uint8Array) => Promise<Outcome<Uint8Array>>
  readonly request: SignatureRequest
}

/** Signs a PDF (PAdES B-B, ETSI EN 319 142-1). Refuses what beginSignature, `sign` and finishSignature refuse. */
export async function signPdf(
  bytes: Uint8Array,
  { certificate, chain, sign, request }: Signing,
): Promise<Outcome<Uint8Array>> {
  const begun = await beginSignature(bytes, request, certificate)
  if (!begun.ok) return begun
  const signature = await sign(begun.value.attributes)
  if (!signature.ok) return signature
  return finishSignature(begun.value, { signature: signature.value, certificate, chain })
}
