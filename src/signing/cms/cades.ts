import { createHash } from 'node:crypto'
import { defaultAlgorithm, digestLengths, type SignatureAlgorithm } from './algorithm.ts'
import { digestIdentifier, signatureIdentifier } from './algorithmIdentifier.ts'
import type { Certificate } from './certificate.ts'
import {
  contextTag,
  encode,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  smallInteger,
  unsignedInteger,
} from './der.ts'
import { identifiers } from './identifiers.ts'

/**
 * The signed attributes as the DER SET that is signed (RFC 5652 5.4): content type, message digest (`digest`, made
 * with the signature's digest algorithm) and the signing certificate (RFC 5035). There is no signing time: PAdES keeps it in /M (ETSI EN 319 142-1, 6.3).
 */
export function signedAttributes(of: {
  readonly digest: Uint8Array
  readonly certificate: Certificate
}): Uint8Array {
  return setOf(
    attribute(identifiers.contentType, objectIdentifier(identifiers.data)),
    attribute(identifiers.messageDigest, octetString(of.digest)),
    attribute(identifiers.signingCertificateV2, signingCertificate(of.certificate)),
  )
}

const attribute = (identifier: string, value: Uint8Array): Uint8Array =>
  sequence(objectIdentifier(identifier), setOf(value))

/** ESSCertIDv2 with its default hash SHA-256, which DER leaves out (RFC 5035, 4). */
function signingCertificate({ der, issuerAndSerial }: Certificate): Uint8Array {
  const directoryName = encode(contextTag(4), issuerAndSerial.issuer)
  const identifier = sequence(
    octetString(createHash('sha256').update(der).digest()),
    sequence(sequence(directoryName), issuerAndSerial.serial),
  )
  return sequence(sequence(identifier))
}

/** The parts of a detached CMS signature. */
export interface CmsParts {
  /** What signedAttributes returned. */
  readonly attributes: Uint8Array
  /** As a token returns it: that of RSA, or r and s of ECDSA side by side. */
  readonly signature: Uint8Array
  readonly certificate: Certificate
  /** How the signature was made; the certificate's default when absent. */
  readonly algorithm?: SignatureAlgorithm
  /** The issuers' certificates, DER, byte for byte as found. */
  readonly chain: readonly Uint8Array[]
  /** A time-stamp token over signatureValue, which makes it level B-T. */
  readonly timestamp?: Uint8Array
}

/** The signature as it stands in CMS: RSA's as it is, ECDSA's as Ecdsa-Sig-Value. A time-stamp covers this. */
export const signatureValue = ({ key }: Certificate, signature: Uint8Array): Uint8Array =>
  key.type === 'ec' ? ecdsaSignature(signature) : signature

/** The DER of a detached SignedData with one signer (RFC 5652 5.1; ETSI EN 319 122-1 profiles B-B and B-T). */
export function assembleCms(parts: CmsParts): Uint8Array {
  const { certificate, chain } = parts
  const algorithm = parts.algorithm ?? defaultAlgorithm(certificate)
  const digestAlgorithm = digestIdentifier(algorithm.digest)
  const signerInfo = sequence(
    smallInteger(1),
    sequence(certificate.issuerAndSerial.issuer, certificate.issuerAndSerial.serial),
    digestAlgorithm,
    implicit(0, parts.attributes),
    signatureIdentifier(algorithm),
    octetString(signatureValue(certificate, parts.signature)),
    ...(parts.timestamp === undefined ? [] : [unsignedAttributes(parts.timestamp)]),
  )
  const signedData = sequence(
    smallInteger(1),
    setOf(digestAlgorithm),
    sequence(objectIdentifier(identifiers.data)),
    encode(contextTag(0), ...setMembers([certificate.der, ...chain])),
    setOf(signerInfo),
  )
  return sequence(objectIdentifier(identifiers.signedData), encode(contextTag(0), signedData))
}

/** Room for a time-stamp token with its chain; those of the services in use have 3 to 8 KB. */
const timestampRoom = 10_240

/** The most bytes of DER that assembleCms makes of such a signature, for /Contents. */
export function cmsRoom(of: {
  readonly certificate: Certificate
  /** As in CmsParts. */
  readonly chain: readonly Uint8Array[]
  readonly algorithm: SignatureAlgorithm
  readonly hasTimestamp: boolean
}): number {
  const { certificate, algorithm, hasTimestamp } = of
  const digest = new Uint8Array(digestLengths[algorithm.digest])
  const attributes = signedAttributes({ digest, certificate })
  const signature = new Uint8Array(signatureLength(certificate)).fill(0xff)
  return assembleCms({ ...of, attributes, signature }).length + (hasTimestamp ? timestampRoom : 0)
}

/** The bytes of a signature as a token returns it. */
function signatureLength({ key }: Certificate): number {
  if (key.type === 'ec') return { 'P-256': 64, 'P-384': 96, 'P-521': 132 }[key.curve]
  return key.type === 'other' ? 0 : Math.ceil(key.bits / 8)
}

const unsignedAttributes = (timestamp: Uint8Array): Uint8Array =>
  implicit(1, setOf(attribute(identifiers.signatureTimestamp, timestamp)))

/** The same value under an implicit context tag. */
function implicit(number: number, value: Uint8Array): Uint8Array {
  const tagged = Uint8Array.from(value)
  tagged[0] = contextTag(number)
  return tagged
}

/** In DER order and each once. */
const setMembers = (values: readonly Uint8Array[]): Uint8Array[] =>
  [...new Map(values.map((value) => [Buffer.from(value).toString('base64'), value])).values()].toSorted(
    (one, other) => Buffer.compare(one, other),
  )

/** Ecdsa-Sig-Value (RFC 3279 2.2.3) from r and s side by side, as PKCS #11 returns them. */
function ecdsaSignature(pair: Uint8Array): Uint8Array {
  const half = pair.length / 2
  return sequence(unsignedInteger(pair.subarray(0, half)), unsignedInteger(pair.subarray(half)))
}
