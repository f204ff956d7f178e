import { createHash } from 'node:crypto'
import type { Certificate } from '../cms/certificate.ts'
import { type SignedData, type SignerInfo, signerCertificate } from '../cms/cms.ts'
import { expectTag, readIdentifier, readInside, readOrUndefined, tag } from '../cms/der.ts'
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
  return isSignedWith(certificate, signatureAlgorithm, digest, signedAttributes, signature)
}

/** The ESS attribute must name the certificate that verifies the signature (RFC 5035 4; EN 319 122-1 5.2.2.3). */
function judgeBinding(signer: SignerInfo, certificate: Certificate, needed: boolean): Reason | undefined {
  const [value] = signer.attributes.get(identifiers.signingCertificateV2) ?? []
  if (value === undefined) return needed ? 'certificate-unbound' : undefined
  const matches = readOrUndefined(() => {
    const [identifier] = readInside(readInside(value)[0])
    const parts = readInside(identifier)
    const named = parts[0]?.tag === tag.sequence ? readIdentifier(readInside(parts.shift())[0]) : undefined
    const algorithm = named === undefined ? 'sha256' : digestAlgorithmOf(named)
    if (algorithm === undefined) return false
    const hash = createHash(algorithm).update(certificate.der).digest()
    return Buffer.compare(expectTag(parts[0], tag.octetString).content, hash) === 0
  })
  return matches === true ? undefined : 'certificate-swapped'
}
