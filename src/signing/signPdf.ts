import { createHash, verify } from 'node:crypto'
import type { SeedValues } from '../pdf/signature/seedValues.ts'
import { coveredBytes } from '../pdf/signature/signatureDictionary.ts'
import {
  embedSignature,
  type PreparedSignature,
  prepareSignature,
  type SignatureRequest,
} from '../pdf/signature/signatureRevision.ts'
import { withAppended } from '../pdf/structure/append.ts'
import { type BytesOrSource, joined } from '../pdf/structure/byteSource.ts'
import { refusingDamage } from '../pdf/structure/damaged.ts'
import { openFile } from '../pdf/structure/document.ts'
import { accept, type Outcome, refuse } from '../shared/outcome.ts'
import { defaultAlgorithm, keyOptions, type SignatureAlgorithm } from './cms/algorithm.ts'
import { assembleCms, cmsRoom, signatureValue, signedAttributes } from './cms/cades.ts'
import type { Certificate } from './cms/certificate.ts'
import { type DigestAlgorithm, digestAlgorithms } from './cms/identifiers.ts'
import { unmetDemand } from './seedDemands.ts'
import { requestTimestamp, type TimestampService } from './timestampClient.ts'
import { willBePermitted } from './verification/laterChanges.ts'

/** A file that waits for a signature. */
export interface BegunSignature {
  readonly prepared: PreparedSignature
  /** What the token signs. */
  readonly attributes: Uint8Array
  /** How the token has to sign it. */
  readonly algorithm: SignatureAlgorithm
}

/** What is known of a signature before it is made. What is absent makes the room for it larger. */
export interface SigningPlan {
  /** Default: that of the key, with a digest that the field's author demands. */
  readonly algorithm?: SignatureAlgorithm
  /** The issuers' certificates, DER, that finishSignature will get. */
  readonly chain?: readonly Uint8Array[]
  readonly hasTimestamp?: boolean
}

/**
 * Appends the revision to be signed and makes the signed attributes over what it covers. Refuses what
 * prepareSignature refuses; field-demands when the author of an existing field demands what the signature will not
 * be; and file-damaged when the file is broken in such a way that those who verify it could not tell the additions
 * from a change.
 */
export async function beginSignature(
  bytes: BytesOrSource,
  request: SignatureRequest,
  certificate: Certificate,
  plan: SigningPlan = {},
): Promise<Outcome<BegunSignature>> {
  const opened = await refusingDamage(() => openFile(bytes))
  if (!opened.ok) return opened
  const file = opened.value
  const prepared = await prepareSignature(file, { contentsBytes: roomFor(certificate, plan), ...request })
  if (!prepared.ok) return prepared
  const { appended, byteRange } = prepared.value
  const algorithm = plan.algorithm ?? algorithmOf(certificate, prepared.value.seeds)
  const demand = demandOf(prepared.value, request, { ...plan, certificate, algorithm })
  if (demand !== undefined) return refuse('field-demands', { field: prepared.value.fieldName, demand })
  if (!willBePermitted(file, appended)) return refuse('file-damaged')
  const hash = createHash(algorithm.digest)
  for (const part of coveredBytes(joined(file.source, appended), byteRange)) hash.update(part)
  const attributes = signedAttributes({ digest: hash.digest(), certificate })
  return accept({ prepared: prepared.value, attributes, algorithm })
}

/** Room for chains that are not known beforehand. */
const roomForAny = 16_384

function roomFor(certificate: Certificate, { chain, hasTimestamp, algorithm }: SigningPlan): number {
  if (chain === undefined || hasTimestamp === undefined) return roomForAny
  // The field's author may demand a longer digest than the default one.
  const longest = { ...(algorithm ?? defaultAlgorithm(certificate)), digest: 'sha512' } as const
  return cmsRoom({ certificate, chain, algorithm: longest, hasTimestamp })
}

/** The default one, unless the field's author demands another digest. */
function algorithmOf(certificate: Certificate, seeds: SeedValues | undefined): SignatureAlgorithm {
  const usual = defaultAlgorithm(certificate)
  const isDemanded = (digest: DigestAlgorithm) => seeds?.digests?.includes(digest.toUpperCase()) ?? true
  const digest = [usual.digest, ...digestAlgorithms].find(isDemanded) ?? usual.digest
  return { ...usual, digest }
}

function demandOf(
  { seeds, permits }: PreparedSignature,
  { reason, certifies }: SignatureRequest,
  plan: SigningPlan & { readonly certificate: Certificate; readonly algorithm: SignatureAlgorithm },
): string | undefined {
  if (seeds === undefined) return undefined
  return unmetDemand(seeds, {
    certificate: plan.certificate,
    chain: plan.chain ?? [],
    digest: plan.algorithm.digest,
    reason,
    certifies,
    permits,
    hasTimestamp: plan.hasTimestamp ?? false,
  })
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

/**
 * What is appended to the file, with the token's signature over the attributes. Refuses signature-too-large, and
 * signature-invalid for one that the certificate's key did not make.
 */
export function finishSignature(
  { prepared, attributes, algorithm }: BegunSignature,
  signed: FinishedSignature,
): Outcome<Uint8Array> {
  const key = { key: signed.certificate.x509.publicKey, ...keyOptions(algorithm) }
  if (!verify(algorithm.digest, attributes, key, signed.signature)) {
    return refuse('signature-invalid', { reason: 'signature-mismatch' })
  }
  return embedSignature(prepared, assembleCms({ attributes, algorithm, ...signed }))
}

/** Who signs, and how. */
export interface Signing {
  readonly certificate: Certificate
  readonly chain: readonly Uint8Array[]
  /** Default: as in SigningPlan. `algorithmFor` makes one. */
  readonly algorithm?: SignatureAlgorithm
  /** Returns the token's signature over the attributes: that of RSA, or r and s of ECDSA side by side. */
  readonly sign: (attributes: Uint8Array, algorithm: SignatureAlgorithm) => Promise<Outcome<Uint8Array>>
  /** Time-stamp services, for level B-T: the second is asked when the first fails, and so on. */
  readonly timestampServices?: readonly TimestampService[]
  readonly request: SignatureRequest
}

/**
 * Signs a PDF: PAdES B-T with a time-stamp service, B-B without (ETSI EN 319 142-1). Returns what is to be appended
 * to the file. Refuses what beginSignature, `sign`, requestTimestamp and finishSignature refuse.
 */
export async function signedAppendix(bytes: BytesOrSource, signing: Signing): Promise<Outcome<Uint8Array>> {
  const { certificate, chain, timestampServices, algorithm } = signing
  const begun = await beginSignature(bytes, signing.request, certificate, {
    chain,
    hasTimestamp: timestampServices !== undefined,
    ...(algorithm === undefined ? {} : { algorithm }),
  })
  if (!begun.ok) return begun
  const signature = await signing.sign(begun.value.attributes, begun.value.algorithm)
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
