import { type Certificate, parseCertificate, parseCertificates } from '../cms/certificate.ts'

/** An authority that is trusted, as a manifest names it. */
interface TrustedAuthority {
  readonly name: string
  /** SHA-256 of its certificate, hexadecimal, lower case: what is trusted is the certificate that has it. */
  readonly sha256: string
  /** Its certificate, DER in base64; absent when signatures have to bring it along. */
  readonly certificate?: string
  /** When its certificate ends, YYYY-MM-DD; for people. */
  readonly validUntil?: string
  /** Where the certificate, or its fingerprint, was had from; for people. */
  readonly source: string
}

/** A list of trusted authorities. */
export interface TrustManifest {
  readonly format: 1
  readonly authorities: readonly TrustedAuthority[]
  /** Whether it stands in place of the authorities that the program knows, and not beside them. */
  readonly replaces?: boolean
}

/** Reads a manifest from its JSON. Undefined when it is none, or a certificate has another fingerprint than it says. */
export function readManifest(text: string): TrustManifest | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  return isManifest(value) && value.authorities.every(isAsPinned) ? value : undefined
}

/** Who is trusted: certificates, and SHA-256 fingerprints of certificates that signatures bring along. */
export interface Anchors {
  readonly trust: readonly Certificate[]
  readonly pinned: readonly string[]
}

/** Reads what names trusted authorities: certificates in PEM or DER, or a manifest. What is neither is left out. */
export function readAnchors(bytes: Uint8Array): Anchors {
  const manifest = bytes[0] === brace ? readManifest(Buffer.from(bytes).toString('utf8')) : undefined
  if (manifest === undefined) return { trust: parseCertificates(bytes), pinned: [] }
  return {
    trust: manifest.authorities.flatMap(({ certificate }) =>
      certificate === undefined ? [] : parseCertificates(Buffer.from(certificate, 'base64')),
    ),
    pinned: manifest.authorities.map(({ sha256 }) => sha256),
  }
}

const brace = 0x7b

const isAsPinned = ({ certificate, sha256 }: TrustedAuthority): boolean =>
  certificate === undefined || parseCertificate(Buffer.from(certificate, 'base64'))?.fingerprint === sha256

function isManifest(value: unknown): value is TrustManifest {
  return (
    isRecord(value) &&
    value.format === 1 &&
    (value.replaces === undefined || typeof value.replaces === 'boolean') &&
    Array.isArray(value.authorities) &&
    value.authorities.every(isAuthority)
  )
}

const isAuthority = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value.name === 'string' &&
  typeof value.source === 'string' &&
  typeof value.sha256 === 'string' &&
  /^[0-9a-f]{64}$/.test(value.sha256) &&
  (value.certificate === undefined || typeof value.certificate === 'string')

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
