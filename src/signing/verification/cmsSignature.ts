import { createHash } from 'node:crypto'
import type { Certificate } from '../cms/certificate.ts'
import { type SignedData, type SignerInfo, signerCertificate } from '../cms/cms.ts'
import { type DerValue, expectTag, readIdentifier, readInside, readOrUndefined, tag } from '../cms/der.ts'
import { type DigestAlgorithm, digestAlgorithmOf, identifiers } from '../cms/identifiers.ts'
import { isSignedWith } from '../cms/signedWith.ts'
import type { Reason } from './reasons.ts'

/** What a CMS signature proves about the bytes that it covers. */
export interface CmsJudgement {
  readonly digestOk: boolean
  readonly signatureOk: boolean
  readonly signer?: SignerInfo
  readonly certificate?: Certificate
  readonly reasons: readonly Reason[]
}

/** What is expected of the SignedData. */
export interface CmsExpectation {
  /** The bytes that are covered, in parts. */
  readonly covered: Iterable<Uint8Array>
  readonly contentIdentifier: string
  /** CAdES binds the signer's certificate by an attribute (RFC 5035); the older PDF format may not. */
  readonly needsBinding: boolean
  /** Whether attributes have to be signed: always in CAdES and time-stamps (RFC 5652 5.3). */
  readonly needsAttributes: boolean
}

/** Verifies digest, attributes, certificate binding and signature of a SignedData with one signer. */
export function judgeCms(signedData: SignedData, expected: CmsExpectation): CmsJudgement {
  const [signer, another] = signedData.signers
  if (signer === undefined || another !== undefined) return failed('signer-count')
  const algorithm = digestAlgorithmOf(signer.digestIdentifier)
  if (algorithm === undefined || signer.signatureAlgorithm === undefined) {
    return { ...failed('algorithm-refused'), signer }
  }
  const certificate = signerCertificate(signer, signedData.certificates)
  if (certificate === undefined) return { ...failed('certificate-missing'), signer }
  if (signer.signedAttributes === undefined && !expected.needsAttributes)
    return { ...judgeBare(signedData, signer, certificate, algorithm, expected), signer, certificate }
  const found: Reason[] = []
  const digestOk = coversContent(signer, algorithm, expected)
  if (!digestOk) found.push('digest-mismatch')
  const signatureOk = isSignedBy(certificate, signer, algorithm)
  if (!signatureOk) found.push('signature-mismatch')
  const binding = judgeBinding(signer, certificate, expected.needsBinding)
  if (binding !== undefined) found.push(binding)
  return { digestOk, signatureOk, signer, certificate, reasons: found }
}

const failed = (reason: Reason): CmsJudgement => ({ digestOk: false, signatureOk: false, reasons: [reason] })

/** Content type and message digest stand exactly once and fit the content (RFC 5652 11.1, 11.2). */
function coversContent(signer: SignerInfo, algorithm: DigestAlgorithm, expected: CmsExpectation): boolean {
  const [contentType, ...moreTypes] = signer.attributes.get(identifiers.contentType) ?? []
  const [messageDigest, ...moreDigests] = signer.attributes.get(identifiers.messageDigest) ?? []
  if (moreTypes.length > 0 || moreDigests.length > 0) return false
  const hash = createHash(algorithm)
  for (const part of expected.covered) hash.update(part)
  return (
    readOrUndefined(
      () =>
        readIdentifier(contentType) === expected.contentIdentifier &&
        Buffer.compare(expectTag(messageDigest, tag.octetString).content, hash.digest()) === 0,
    ) ?? false
  )
}

/** The digest of the algorithm is that of the content (RFC 4056 3, RFC 5754 3). */
function isSignedBy(certificate: Certificate, signer: SignerInfo, digest: DigestAlgorithm): boolean {
  const { signedAttributes, signature, signatureAlgorithm } = signer
  if (signedAttributes === undefined || signatureAlgorithm === undefined) return false
  return isSignedWith(certificate, signatureAlgorithm, digest, [signedAttributes], signature)
}

/** A signature without attributes is over the content itself (RFC 5652 5.4), which has to be plain data. */
function judgeBare(
  { contentIdentifier }: SignedData,
  { signature, signatureAlgorithm }: SignerInfo,
  certificate: Certificate,
  digest: DigestAlgorithm,
  expected: CmsExpectation,
): CmsJudgement {
  const isSigned =
    contentIdentifier === expected.contentIdentifier &&
    signatureAlgorithm !== undefined &&
    isSignedWith(certificate, signatureAlgorithm, digest, notAttributes(expected.covered), signature)
  const reasons: Reason[] = isSigned ? [] : ['digest-mismatch', 'signature-mismatch']
  return { digestOk: isSigned, signatureOk: isSigned, reasons }
}

/** Nothing when the content may be the attributes of another signature, passed off as content (RFC 5652 14). */
function* notAttributes(content: Iterable<Uint8Array>): Generator<Uint8Array> {
  let isFirst = true
  for (const part of content) {
    if (isFirst && part[0] === tag.set) return
    if (part.length > 0) isFirst = false
    yield part
  }
}

/**
 * The ESS attribute must name the certificate that verifies the signature (RFC 5035 4; EN 319 122-1 5.2.2). Its first
 * version names it by SHA-1 (RFC 2634 5.4): enough here, where the certificate was chosen before it was named.
 */
function judgeBinding(signer: SignerInfo, certificate: Certificate, needed: boolean): Reason | undefined {
  const values = [
    ...(signer.attributes.get(identifiers.signingCertificate) ?? []).map((value) => [value, 1] as const),
    ...(signer.attributes.get(identifiers.signingCertificateV2) ?? []).map((value) => [value, 2] as const),
  ]
  if (values.length === 0) return needed ? 'certificate-unbound' : undefined
  const isBound = values.every(([value, version]) => names(value, version, certificate))
  return isBound ? undefined : 'certificate-swapped'
}

function names(value: DerValue, version: 1 | 2, certificate: Certificate): boolean {
  const matches = readOrUndefined(() => {
    const [identifier] = readInside(readInside(value)[0])
    const parts = readInside(identifier)
    const isNamed = version === 2 && parts[0]?.tag === tag.sequence
    const named = isNamed ? digestAlgorithmOf(readIdentifier(readInside(parts.shift())[0])) : 'sha256'
    const algorithm = version === 1 ? 'sha1' : named
    if (algorithm === undefined) return false
    const hash = createHash(algorithm).update(certificate.der).digest()
    return Buffer.compare(expectTag(parts[0], tag.octetString).content, hash) === 0
  })
  return matches === true
}
