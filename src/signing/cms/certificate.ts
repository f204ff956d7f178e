import { createHash, type KeyObject, X509Certificate } from 'node:crypto'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import {
  contextTag,
  DerError,
  type DerValue,
  expectTag,
  explicit,
  readIdentifier,
  readInside,
  readTime,
  readValue,
  tag,
} from './der.ts'
import { type DigestAlgorithm, digestAlgorithms, identifiers } from './identifiers.ts'

/** The kind of key that a certificate certifies. */
type CertifiedKey =
  | { readonly type: 'rsa'; readonly bits: number }
  /** RSA for RSASSA-PSS alone (RFC 4055 1.2), with what its parameters limit. */
  | {
      readonly type: 'rsa-pss'
      readonly bits: number
      readonly digest?: DigestAlgorithm
      /** In bytes. */
      readonly leastSalt: number
    }
  | { readonly type: 'ec'; readonly curve: 'P-256' | 'P-384' | 'P-521' }
  | { readonly type: 'other' }

/** What the program uses of an X.509 certificate (RFC 5280), beside its untouched bytes. */
export interface Certificate {
  readonly der: Uint8Array
  readonly commonName: string
  /** From the subject alternative name, or else from the subject's emailAddress. */
  readonly email?: string
  readonly issuerCommonName: string
  /** Hexadecimal, lower case. */
  readonly serial: string
  readonly notBefore: Date
  readonly notAfter: Date
  /** Absent when the certificate has no key usage extension, and so is not limited. */
  readonly keyUsage?: readonly KeyUsage[]
  readonly isAuthority: boolean
  /** How many authorities may stand below this one; absent when there is no limit. */
  readonly pathLength?: number
  readonly key: CertifiedKey
  /** SHA-256 of the whole certificate, hexadecimal, lower case. */
  readonly fingerprint: string
  /** The issuer's Name and the serial number as encoded, for CMS (RFC 5652 10.2.4). */
  readonly issuerAndSerial: { readonly issuer: Uint8Array; readonly serial: Uint8Array }
  /** The subject's Name as encoded. */
  readonly subject: Uint8Array
  /** The bits of the subject's public key, without its algorithm (RFC 6960 4.1.1 hashes these). */
  readonly publicKeyBits: Uint8Array
  /** The values of the extensions by identifier. */
  readonly extensions: Extensions
  /** Identifiers of the extensions that whoever relies on the certificate must understand (RFC 5280 4.2). */
  readonly critical: readonly string[]
  readonly x509: X509Certificate
}

/** The values of extensions by identifier (RFC 5280 4.2). */
type Extensions = ReadonlyMap<string, DerValue>

/** Uses of a key, in the order of their bits (RFC 5280 4.2.1.3). */
export const keyUsages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
] as const

/** A use of a key that a certificate may allow. */
type KeyUsage = (typeof keyUsages)[number]

const lately = new Map<string, Certificate>()
/** Far more than one office meets in a day. */
const mostKept = 512
/** Longer ones are read each time, so that nobody fills the memory. */
const longestKept = 16 * 1024

/**
 * Reads a certificate from its DER; those read lately are not read again, since the same authorities stand in every
 * file. Undefined when the bytes are not one.
 */
export function parseCertificate(bytes: Uint8Array): Certificate | undefined {
  try {
    const der = readValue(bytes).whole
    if (der.length > longestKept) return readCertificate(der)
    const fingerprint = fingerprintOf(der)
    const known = lately.get(fingerprint)
    if (known !== undefined) return known
    // A copy, lest it hold on to the whole file of which it is a view.
    const certificate = readCertificate(Uint8Array.from(der))
    lately.set(fingerprint, certificate)
    const [oldest] = lately.size > mostKept ? lately.keys() : []
    if (oldest !== undefined) lately.delete(oldest)
    return certificate
  } catch (error) {
    // OpenSSL's complaints about malformed certificates carry a code; a bug of ours does not.
    if (error instanceof DerError || (error instanceof Error && 'code' in error)) return undefined
    throw error
  }
}

const fingerprintOf = (der: Uint8Array): string => createHash('sha256').update(der).digest('hex')

function readCertificate(der: Uint8Array): Certificate {
  const [toBeSigned] = readInside(readValue(der))
  const fields = readInside(toBeSigned)
  const [serial, , issuer, validity, subject, publicKey] =
    fields[0]?.tag === contextTag(0) ? fields.slice(1) : fields
  const [notBefore, notAfter] = readInside(validity)
  const { extensions, critical } = readExtensions(explicit(fields, 3))
  const x509 = new X509Certificate(der)
  const email = emailOf(extensions, subject)
  const keyUsage = keyUsageOf(extensions)
  return {
    der,
    commonName: attributeOf(subject, identifiers.commonName) ?? '',
    ...(email === undefined ? {} : { email }),
    issuerCommonName: attributeOf(issuer, identifiers.commonName) ?? '',
    serial: Buffer.from(expectTag(serial, tag.integer).content).toString('hex').replace(/^00/, ''),
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    ...(keyUsage === undefined ? {} : { keyUsage }),
    ...basicConstraints(extensions),
    key: keyOf(x509),
    fingerprint: fingerprintOf(der),
    issuerAndSerial: {
      issuer: expectTag(issuer, tag.sequence).whole,
      serial: expectTag(serial, tag.integer).whole,
    },
    subject: expectTag(subject, tag.sequence).whole,
    publicKeyBits: expectTag(readInside(publicKey)[1], tag.bitString).content.subarray(1),
    extensions,
    critical,
    x509,
  }
}

/** Reads Extensions (RFC 5280 4.1); none when they are absent. Throws DerError also when one stands twice. */
export function readExtensions(list: DerValue | undefined): {
  readonly extensions: Extensions
  readonly critical: readonly string[]
} {
  const extensions = new Map<string, DerValue>()
  const critical: string[] = []
  for (const extension of list === undefined ? [] : readInside(list)) {
    const [type, mark, ...rest] = readInside(extension)
    const identifier = readIdentifier(type)
    const isMarked = mark?.tag === tag.boolean
    if (isMarked && mark.content[0] !== 0) critical.push(identifier)
    const value = expectTag(isMarked ? rest[0] : mark, tag.octetString)
    if (extensions.has(identifier)) throw new DerError('An extension stands twice.')
    extensions.set(identifier, readValue(value.content))
  }
  return { extensions, critical }
}

/** The text of a Name's last attribute with the identifier: the most specific one. */
function attributeOf(name: DerValue | undefined, identifier: string): string | undefined {
  return readInside(name)
    .flatMap((relative) => readInside(relative, tag.set))
    .map((attribute) => readInside(attribute))
    .filter(([type]) => readIdentifier(type) === identifier)
    .map(([, value]) => textOf(value))
    .at(-1)
}

const bmpString = 0x1e

function textOf(value: DerValue | undefined): string {
  if (value === undefined) return ''
  const bytes = Buffer.from(value.content)
  if (value.tag === bmpString)
    return bytes
      .subarray(0, bytes.length & ~1)
      .swap16()
      .toString('utf16le')
  return bytes.toString('utf8')
}

function emailOf(extensions: Extensions, subject: DerValue | undefined): string | undefined {
  const names = extensions.get(identifiers.subjectAlternativeName)
  const rfc822Name = contextTag(1, true)
  const alternative =
    names === undefined ? undefined : readInside(names).find((name) => name.tag === rfc822Name)
  if (alternative !== undefined) return Buffer.from(alternative.content).toString('latin1')
  return attributeOf(subject, identifiers.emailAddress)
}

function keyUsageOf(extensions: Extensions): KeyUsage[] | undefined {
  const value = extensions.get(identifiers.keyUsage)
  if (value === undefined) return undefined
  const bits = expectTag(value, tag.bitString).content[1] ?? 0
  return keyUsages.filter((_, index) => (bits & (0x80 >> index)) !== 0)
}

function basicConstraints(extensions: Extensions): { isAuthority: boolean; pathLength?: number } {
  const value = extensions.get(identifiers.basicConstraints)
  if (value === undefined) return { isAuthority: false }
  const [authority, pathLength] = readInside(value)
  const isAuthority = authority?.tag === tag.boolean && authority.content[0] !== 0
  return pathLength === undefined
    ? { isAuthority }
    : { isAuthority, pathLength: pathLength.content.at(-1) ?? 0 }
}

const curves: Readonly<Record<string, 'P-256' | 'P-384' | 'P-521'>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
}

function keyOf(x509: X509Certificate): CertifiedKey {
  const { asymmetricKeyType, asymmetricKeyDetails } = x509.publicKey
  if (asymmetricKeyType === 'rsa') return { type: 'rsa', bits: asymmetricKeyDetails?.modulusLength ?? 0 }
  if (asymmetricKeyType === 'rsa-pss') return pssKeyOf(asymmetricKeyDetails)
  const curve = curves[asymmetricKeyDetails?.namedCurve ?? '']
  return asymmetricKeyType === 'ec' && curve !== undefined ? { type: 'ec', curve } : { type: 'other' }
}

function pssKeyOf(details: KeyObject['asymmetricKeyDetails']): CertifiedKey {
  const {
    modulusLength: bits = 0,
    hashAlgorithm,
    mgf1HashAlgorithm,
    saltLength: leastSalt = 0,
  } = details ?? {}
  if (hashAlgorithm === undefined) return { type: 'rsa-pss', bits, leastSalt }
  const digest = digestAlgorithms.find((known) => known === hashAlgorithm)
  const isPlain = digest !== undefined && mgf1HashAlgorithm === hashAlgorithm
  return isPlain ? { type: 'rsa-pss', bits, digest, leastSalt } : { type: 'other' }
}

/** The certificates in a PEM text, or the one in DER bytes; what cannot be read is left out. */
export function parseCertificates(bytes: Uint8Array): Certificate[] {
  if (bytes[0] === tag.sequence) return [parseCertificate(bytes)].filter((found) => found !== undefined)
  const blocks = Buffer.from(bytes)
    .toString('latin1')
    .matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)
  return [...blocks]
    .map(([, text = '']) => parseCertificate(Buffer.from(text, 'base64')))
    .filter((found) => found !== undefined)
}

/** Whether the certificate's uses allow to sign documents: digitalSignature or nonRepudiation, or no limit. */
export const allowsSigning = ({ isAuthority, key, keyUsage }: Certificate): boolean =>
  !isAuthority &&
  key.type !== 'other' &&
  (keyUsage === undefined || keyUsage.includes('digitalSignature') || keyUsage.includes('nonRepudiation'))

/** Refuses certificate-usage, certificate-not-yet-valid or certificate-expired when it may not sign at that time. */
export function fitForSigning(certificate: Certificate, at: Date): Outcome<void> {
  if (!allowsSigning(certificate)) return refuse('certificate-usage')
  if (at < certificate.notBefore) {
    return refuse('certificate-not-yet-valid', { date: dayOf(certificate.notBefore) })
  }
  if (at > certificate.notAfter) return refuse('certificate-expired', { date: dayOf(certificate.notAfter) })
  return accept(undefined)
}

/** The calendar day in Thailand, as YYYY-MM-DD. */
const dayOf = (time: Date): string => time.toLocaleDateString('sv-SE', { timeZone: 'Asia/Bangkok' })
