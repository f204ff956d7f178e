import { readSignatureAlgorithm, type StatedAlgorithm } from './algorithmIdentifier.ts'
import { type Certificate, parseCertificate } from './certificate.ts'
import {
  contextTag,
  DerError,
  type DerValue,
  encode,
  expectTag,
  readIdentifier,
  readInside,
  readOrUndefined,
  readValue,
  readValues,
  tag,
} from './der.ts'
import { identifiers } from './identifiers.ts'

/** One signer of a CMS (RFC 5652 5.3). */
export interface SignerInfo {
  /** Names the certificate, unless keyIdentifier does. */
  readonly issuerAndSerial?: { readonly issuer: Uint8Array; readonly serial: Uint8Array }
  /** The certificate's subject key identifier. */
  readonly keyIdentifier?: Uint8Array
  readonly digestIdentifier: string
  /** Absent when the algorithm is not accepted. */
  readonly signatureAlgorithm?: StatedAlgorithm
  readonly signature: Uint8Array
  /** The signed attributes as the SET that is signed; absent when the content itself is signed. */
  readonly signedAttributes?: Uint8Array
  /** The values of each signed attribute; an attribute that stands twice has all values of both. */
  readonly attributes: ReadonlyMap<string, readonly DerValue[]>
  readonly unsignedAttributes: ReadonlyMap<string, readonly DerValue[]>
}

/** A CMS SignedData (RFC 5652 5.1), as far as signatures in PDF use it. */
export interface SignedData {
  readonly contentIdentifier: string
  /** Absent when the signature is detached. */
  readonly content?: Uint8Array
  readonly certificates: readonly Certificate[]
  /** CRLs, and under context tag 1 other forms of revocation data (RFC 5652 10.2.1). */
  readonly revocations: readonly DerValue[]
  readonly signers: readonly SignerInfo[]
}

/** Far more bytes than any signature with its chain and revocation data has. */
const longestCms = 4 * 1024 * 1024

const read = new WeakMap<Uint8Array, SignedData | undefined>()

/** Reads a SignedData, and the same bytes only once. Undefined when they are not one in DER. */
export function readSignedData(der: Uint8Array): SignedData | undefined {
  if (!read.has(der)) read.set(der, der.length > longestCms ? undefined : readMessage(der))
  return read.get(der)
}

function readMessage(der: Uint8Array): SignedData | undefined {
  return readOrUndefined(() => {
    const [type, holder] = readInside(readValue(der))
    if (readIdentifier(type) !== identifiers.signedData) throw new DerError('A SignedData was expected.')
    const [signedData] = readValues(expectTag(holder, contextTag(0)).content)
    const [, , encapsulated, ...rest] = readInside(signedData)
    const [contentType, content] = readInside(encapsulated)
    const certificates = rest.find((value) => value.tag === contextTag(0))
    const revocations = rest.find((value) => value.tag === contextTag(1))
    return {
      contentIdentifier: readIdentifier(contentType),
      ...(content === undefined ? {} : { content: readContent(content) }),
      certificates: readValues(certificates?.content ?? new Uint8Array())
        .map(({ whole }) => parseCertificate(whole))
        .filter((certificate) => certificate !== undefined),
      revocations: readValues(revocations?.content ?? new Uint8Array()),
      signers: readInside(rest.at(-1), tag.set).map(readSigner),
    }
  })
}

function readContent(holder: DerValue): Uint8Array {
  const [content] = readValues(expectTag(holder, contextTag(0)).content)
  return expectTag(content, tag.octetString).content
}

function readSigner(value: DerValue): SignerInfo {
  const [, signer, digestAlgorithm, ...rest] = readInside(value)
  const signed = rest[0]?.tag === contextTag(0) ? rest.shift() : undefined
  const [signatureAlgorithm, signature, unsigned] = rest
  const algorithm = readSignatureAlgorithm(signatureAlgorithm)
  return {
    ...(signer?.tag === tag.sequence ? { issuerAndSerial: readIssuerAndSerial(signer) } : {}),
    ...(signer?.tag === contextTag(0, true) ? { keyIdentifier: signer.content } : {}),
    digestIdentifier: readIdentifier(readInside(digestAlgorithm)[0]),
    ...(algorithm === undefined ? {} : { signatureAlgorithm: algorithm }),
    signature: expectTag(signature, tag.octetString).content,
    ...(signed === undefined ? {} : { signedAttributes: encode(tag.set, signed.content) }),
    attributes: readAttributes(signed),
    unsignedAttributes: readAttributes(unsigned?.tag === contextTag(1) ? unsigned : undefined),
  }
}

function readIssuerAndSerial(value: DerValue) {
  const [issuer, serial] = readInside(value)
  return { issuer: expectTag(issuer, tag.sequence).whole, serial: expectTag(serial, tag.integer).whole }
}

function readAttributes(holder: DerValue | undefined): Map<string, DerValue[]> {
  const attributes = new Map<string, DerValue[]>()
  for (const attribute of readValues(holder?.content ?? new Uint8Array())) {
    const [type, values] = readInside(attribute)
    const identifier = readIdentifier(type)
    attributes.set(identifier, [...(attributes.get(identifier) ?? []), ...readInside(values, tag.set)])
  }
  return attributes
}

/** The signer's certificate among those of the SignedData. */
export function signerCertificate(
  signer: SignerInfo,
  certificates: readonly Certificate[],
): Certificate | undefined {
  return certificates.find((certificate) => isNamedBy(certificate, signer))
}

function isNamedBy({ issuerAndSerial, extensions }: Certificate, signer: SignerInfo): boolean {
  if (signer.issuerAndSerial !== undefined) {
    return (
      Buffer.compare(issuerAndSerial.issuer, signer.issuerAndSerial.issuer) === 0 &&
      Buffer.compare(issuerAndSerial.serial, signer.issuerAndSerial.serial) === 0
    )
  }
  const own = extensions.get(identifiers.subjectKeyIdentifier)
  return (
    own?.tag === tag.octetString &&
    signer.keyIdentifier !== undefined &&
    Buffer.compare(own.content, signer.keyIdentifier) === 0
  )
}
