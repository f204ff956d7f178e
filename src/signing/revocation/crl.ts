import { type Certificate, readExtensions } from '../cms/certificate.ts'
import {
  contextTag,
  DerError,
  type DerValue,
  expectTag,
  explicit,
  readInside,
  readOrUndefined,
  readTime,
  readValue,
  tag,
} from '../cms/der.ts'
import { revocationIdentifiers } from './identifiers.ts'
import { isSignedBy } from './issuerSignature.ts'
import { addressesIn, generalNames, pointersOf } from './pointers.ts'
import {
  faulty,
  knowsSince,
  type RevocationEvent,
  revocationReasons,
  type StatementOutcome,
} from './statement.ts'

/** A certificate revocation list (RFC 5280 5.1). Its entries stay bytes, however many they are. */
export interface RevocationList {
  /** The issuer's Name as encoded. */
  readonly issuer: Uint8Array
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
  readonly entries: Uint8Array
  readonly extensions: ReadonlyMap<string, DerValue>
  readonly critical: readonly string[]
  readonly signed: Uint8Array
  readonly algorithm: DerValue
  readonly signature: DerValue
}

/** Reads a list from its DER. Undefined when the bytes are none. */
export function readRevocationList(der: Uint8Array): RevocationList | undefined {
  return readOrUndefined(() => {
    const [signed, algorithm, signature] = readInside(readValue(der))
    const fields = readInside(signed)
    if (fields[0]?.tag === tag.integer) fields.shift()
    const [inner, issuer, thisUpdate, ...rest] = fields
    const isTime = rest[0]?.tag === tag.utcTime || rest[0]?.tag === tag.generalizedTime
    const nextUpdate = isTime ? rest.shift() : undefined
    const entries = rest[0]?.tag === tag.sequence ? rest.shift() : undefined
    const outer = expectTag(algorithm, tag.sequence)
    if (Buffer.compare(expectTag(inner, tag.sequence).whole, outer.whole) !== 0) {
      throw new DerError('The algorithms inside and outside differ.')
    }
    return {
      issuer: expectTag(issuer, tag.sequence).whole,
      thisUpdate: readTime(thisUpdate),
      ...(nextUpdate === undefined ? {} : { nextUpdate: readTime(nextUpdate) }),
      entries: entries?.content ?? new Uint8Array(),
      ...readExtensions(explicit(rest, 0)),
      signed: expectTag(signed, tag.sequence).whole,
      algorithm: outer,
      signature: expectTag(signature, tag.bitString),
    }
  })
}

/** What a list states about a certificate, after its issuer and signature were checked. */
export function statementOfList(
  list: RevocationList,
  certificate: Certificate,
  issuer: Certificate,
): StatementOutcome {
  const isIssuers =
    Buffer.compare(list.issuer, certificate.issuerAndSerial.issuer) === 0 &&
    Buffer.compare(list.issuer, issuer.subject) === 0
  if (!isIssuers) return faulty('other-issuer')
  const { keyUsage } = issuer
  if (keyUsage !== undefined && !keyUsage.includes('cRLSign')) return faulty('responder-unauthorised')
  const read = readOrUndefined((): StatementOutcome => {
    if (!isUnderstood(list, certificate)) return faulty('kind-refused')
    if (!isSigned(list, issuer)) return faulty('signature-wrong')
    const entry = findEntry(list.entries, readValue(certificate.issuerAndSerial.serial).content)
    const revoked = entry === undefined ? undefined : readEntry(entry)
    const { thisUpdate, nextUpdate, extensions } = list
    return {
      ok: true,
      statement: {
        status: revoked === undefined ? 'good' : 'revoked',
        ...(revoked === undefined ? {} : { revoked }),
        thisUpdate,
        ...(nextUpdate === undefined ? {} : { nextUpdate }),
        ...knowsSince(extensions.get(revocationIdentifiers.expiredCertificatesOnList)),
      },
    }
  })
  return read ?? faulty('unreadable')
}

const verified = new WeakMap<RevocationList, Map<string, boolean>>()

/** A large list is hashed once for each issuer, however many certificates are looked up in it. */
function isSigned(list: RevocationList, issuer: Certificate): boolean {
  const known = verified.get(list) ?? new Map<string, boolean>()
  verified.set(list, known)
  const before = known.get(issuer.fingerprint)
  if (before !== undefined) return before
  const isOurs = isSignedBy(issuer, list.signed, list.algorithm, list.signature)
  known.set(issuer.fingerprint, isOurs)
  return isOurs
}

const understood: readonly string[] = [
  revocationIdentifiers.issuingDistributionPoint,
  revocationIdentifiers.crlNumber,
  revocationIdentifiers.authorityKeyIdentifier,
]

/** Whether the list is a whole one for this certificate (RFC 5280 6.3.3 b): no delta, no indirect, no part. */
function isUnderstood({ critical, extensions }: RevocationList, certificate: Certificate): boolean {
  if (critical.some((identifier) => !understood.includes(identifier))) return false
  const point = extensions.get(revocationIdentifiers.issuingDistributionPoint)
  if (point === undefined) return true
  return readInside(point).every((field) => {
    const isSet = field.content[0] !== 0
    if (field.tag === contextTag(0)) return isPointOf(field, certificate)
    if (field.tag === contextTag(1, true)) return !isSet || !certificate.isAuthority
    if (field.tag === contextTag(2, true)) return !isSet || certificate.isAuthority
    return false
  })
}

/** A list of one distribution point speaks for the certificates that name that point. */
function isPointOf(holder: DerValue, certificate: Certificate): boolean {
  const { crls } = pointersOf(certificate)
  return addressesIn(generalNames(holder)).some((address) => crls.includes(address))
}

/** Goes through the entries byte by byte, since a list may have hundreds of thousands. Throws DerError. */
function findEntry(entries: Uint8Array, serial: Uint8Array): DerValue | undefined {
  for (let at = 0; at < entries.length; ) {
    const length = entries[at + 1] ?? 0
    const isShort = length < 0x80
    const whole = isShort ? 2 + length : readValue(entries, at).whole.length
    const start = isShort ? at + 2 : at + whole - readValue(entries, at).content.length
    if (holdsSerial(entries, start, serial)) return expectTag(readValue(entries, at), tag.sequence)
    at += whole
  }
  return undefined
}

function holdsSerial(entries: Uint8Array, start: number, serial: Uint8Array): boolean {
  if (entries[start] !== tag.integer || entries[start + 1] !== serial.length) return false
  for (let at = 0; at < serial.length; at++) if (entries[start + 2 + at] !== serial[at]) return false
  return true
}

function readEntry(entry: DerValue): RevocationEvent {
  const [, time, list] = readInside(entry)
  const reason = readExtensions(list).extensions.get(revocationIdentifiers.crlReason)
  const named = reason === undefined ? undefined : revocationReasons[reason.content[0] ?? 0]
  return { time: readTime(time), ...(named === undefined ? {} : { reason: named }) }
}
