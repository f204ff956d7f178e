import { createHash } from 'node:crypto'
import { type Certificate, parseCertificate, readExtensions } from '../cms/certificate.ts'
import {
  contextTag,
  DerError,
  type DerValue,
  encode,
  expectTag,
  explicit,
  nullValue,
  objectIdentifier,
  octetString,
  readIdentifier,
  readInside,
  readOrUndefined,
  readTime,
  readValue,
  sequence,
  tag,
} from '../cms/der.ts'
import { digestAlgorithmOf } from '../cms/identifiers.ts'
import { revocationIdentifiers } from './identifiers.ts'
import { hasIssued, isSignedBy } from './issuerSignature.ts'
import {
  faulty,
  knowsSince,
  type RevocationEvent,
  revocationReasons,
  type StatementOutcome,
} from './statement.ts'

/**
 * An OCSPRequest about one certificate (RFC 6960 4.1.1), with a nonce (RFC 8954). The CertID is hashed with SHA-1:
 * it only names the issuer, and some responders know no other.
 */
export function ocspRequest(certificate: Certificate, issuer: Certificate, nonce: Uint8Array): Uint8Array {
  const hash = (bytes: Uint8Array) => octetString(createHash('sha1').update(bytes).digest())
  const identifier = sequence(
    sequence(objectIdentifier(revocationIdentifiers.sha1), nullValue),
    hash(issuer.subject),
    hash(issuer.publicKeyBits),
    certificate.issuerAndSerial.serial,
  )
  const extension = sequence(
    objectIdentifier(revocationIdentifiers.ocspNonce),
    octetString(octetString(nonce)),
  )
  const requests = sequence(sequence(identifier))
  return sequence(sequence(requests, encode(contextTag(2), sequence(extension))))
}

/** What an OCSP service answered (BasicOCSPResponse, RFC 6960 4.2.1). */
export interface OcspAnswer {
  readonly responder: DerValue
  readonly producedAt: Date
  readonly singles: readonly DerValue[]
  /** Present when the service sent back what it was asked with. */
  readonly nonce?: Uint8Array
  readonly extensions: ReadonlyMap<string, DerValue>
  readonly critical: readonly string[]
  readonly certificates: readonly Certificate[]
  readonly signed: Uint8Array
  readonly algorithm: DerValue | undefined
  readonly signature: DerValue | undefined
}

/** Reads an OCSPResponse: not-answered when it carries an error, unreadable when it is none. Nothing is verified. */
export function readOcspAnswer(der: Uint8Array): OcspAnswer | 'not-answered' | 'unreadable' {
  const read = readOrUndefined(() => {
    const fields = readInside(readValue(der))
    if (expectTag(fields[0], tag.enumerated).content[0] !== 0) return 'not-answered'
    const [type, response] = readInside(explicit(fields, 0))
    if (readIdentifier(type) !== revocationIdentifiers.basicOcspResponse) return 'unreadable'
    return readBasic(readValue(expectTag(response, tag.octetString).content))
  })
  return read ?? 'unreadable'
}

function readBasic(basic: DerValue): OcspAnswer {
  const [signed, algorithm, signature, ...rest] = readInside(basic)
  const fields = readInside(signed)
  if (fields[0]?.tag === contextTag(0)) fields.shift()
  const [responder, producedAt, singles, ...more] = fields
  if (responder === undefined) throw new DerError('A responder was expected.')
  const { extensions, critical } = readExtensions(explicit(more, 1))
  const nonce = extensions.get(revocationIdentifiers.ocspNonce)
  const certificates = explicit(rest, 0)
  return {
    responder,
    producedAt: readTime(producedAt),
    singles: readInside(singles),
    ...(nonce === undefined ? {} : { nonce: nonce.content }),
    extensions,
    critical,
    certificates: (certificates === undefined ? [] : readInside(certificates))
      .map(({ whole }) => parseCertificate(whole))
      .filter((certificate) => certificate !== undefined),
    signed: expectTag(signed, tag.sequence).whole,
    algorithm,
    signature,
  }
}

/**
 * What an answer states about a certificate. It must be signed by the issuer itself, or by a responder to which the
 * issuer gave a certificate for that (RFC 6960 4.2.2.2); `known` may hold such a certificate.
 */
export function statementOfAnswer(
  answer: OcspAnswer,
  certificate: Certificate,
  issuer: Certificate,
  known: readonly Certificate[],
): StatementOutcome {
  const read = readOrUndefined((): StatementOutcome => {
    const single = answer.singles.find((found) => isAbout(readInside(found)[0], certificate, issuer))
    if (single === undefined) return faulty('other-certificate')
    const candidates = [issuer, ...answer.certificates, ...known].filter((found) =>
      isNamed(answer.responder, found),
    )
    const signer = candidates.find((found) =>
      isSignedBy(found, answer.signed, answer.algorithm, answer.signature),
    )
    if (signer === undefined) return faulty('signature-wrong')
    const isIssuer = signer.fingerprint === issuer.fingerprint
    if (!isIssuer && !mayRespond(signer, issuer, answer.producedAt)) return faulty('responder-unauthorised')
    return readSingle(single, answer, isIssuer ? undefined : signer)
  })
  return read ?? faulty('unreadable')
}

/** Until when all that an answer states holds; undefined when it does not say so. */
export function answerHoldsUntil({ singles }: OcspAnswer): Date | undefined {
  return readOrUndefined(() => {
    const times = singles.map((single) => readTime(explicit(readInside(single), 0)).getTime())
    return times.length === 0 ? undefined : new Date(Math.min(...times))
  })
}

function readSingle(
  single: DerValue,
  answer: OcspAnswer,
  responder: Certificate | undefined,
): StatementOutcome {
  const [, status, thisUpdate, ...rest] = readInside(single)
  const next = explicit(rest, 0)
  const { extensions, critical } = readExtensions(explicit(rest, 1))
  const unknown = [...answer.critical, ...critical].filter(
    (identifier) => identifier !== revocationIdentifiers.ocspNonce,
  )
  if (unknown.length > 0) return faulty('kind-refused')
  const kind = statuses[status?.tag ?? 0]
  if (kind === undefined) return faulty('unreadable')
  const cutoff = revocationIdentifiers.ocspArchiveCutoff
  return {
    ok: true,
    statement: {
      status: kind,
      ...(kind === 'revoked' && status !== undefined ? { revoked: readRevoked(status) } : {}),
      thisUpdate: readTime(thisUpdate),
      ...(next === undefined ? {} : { nextUpdate: readTime(next) }),
      ...knowsSince(extensions.get(cutoff) ?? answer.extensions.get(cutoff)),
      ...(responder === undefined ? {} : { responder }),
    },
  }
}

const statuses: Readonly<Record<number, 'good' | 'revoked' | 'unknown'>> = {
  [contextTag(0, true)]: 'good',
  [contextTag(1)]: 'revoked',
  [contextTag(2, true)]: 'unknown',
}

function readRevoked(status: DerValue): RevocationEvent {
  const [time, ...rest] = readInside(status, contextTag(1))
  const reason = explicit(rest, 0)
  const named = reason === undefined ? undefined : revocationReasons[reason.content[0] ?? 0]
  return { time: readTime(time), ...(named === undefined ? {} : { reason: named }) }
}

/** Whether a CertID names the certificate (RFC 6960 4.1.1). */
function isAbout(identifier: DerValue | undefined, certificate: Certificate, issuer: Certificate): boolean {
  const [algorithm, name, key, serial] = readInside(identifier)
  const dotted = readIdentifier(readInside(algorithm)[0])
  const digest = dotted === revocationIdentifiers.sha1 ? 'sha1' : digestAlgorithmOf(dotted)
  if (digest === undefined) return false
  const isHashOf = (value: DerValue | undefined, bytes: Uint8Array) =>
    Buffer.compare(expectTag(value, tag.octetString).content, createHash(digest).update(bytes).digest()) === 0
  return (
    Buffer.compare(expectTag(serial, tag.integer).whole, certificate.issuerAndSerial.serial) === 0 &&
    isHashOf(name, certificate.issuerAndSerial.issuer) &&
    isHashOf(key, issuer.publicKeyBits)
  )
}

/** Whether a ResponderID names the certificate: by name, or by the SHA-1 of its key (RFC 6960 4.2.1). */
function isNamed(responder: DerValue, certificate: Certificate): boolean {
  const inner = readValue(responder.content)
  if (responder.tag === contextTag(1)) return Buffer.compare(inner.whole, certificate.subject) === 0
  const hash = createHash('sha1').update(certificate.publicKeyBits).digest()
  return responder.tag === contextTag(2) && Buffer.compare(inner.content, hash) === 0
}

function mayRespond(responder: Certificate, issuer: Certificate, at: Date): boolean {
  return (
    responder.x509.keyUsage?.includes(revocationIdentifiers.ocspSigning) === true &&
    responder.notBefore <= at &&
    at <= responder.notAfter &&
    hasIssued(issuer, responder)
  )
}
