import { createHash, createPrivateKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Certificate } from '../../../src/signing/cms/certificate.ts'
import {
  contextTag,
  encode,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  smallInteger,
  tag,
} from '../../../src/signing/cms/der.ts'

/** An OCSP answer as somebody might make it: rightly, or with one thing wrong. */
export interface AnswerToMake {
  /** The certificate that it is about. */
  readonly about: Certificate
  readonly issuer: Certificate
  /** Path of the PEM key that signs, and the certificate that it says belongs to that key. */
  readonly keyPem: string
  readonly responder: Certificate
  readonly certificates?: readonly Certificate[]
  readonly digest?: 'sha1' | 'sha256'
  readonly status?: 'good' | 'unknown' | { readonly revokedAt: Date; readonly reason?: number }
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
  readonly singleExtensions?: readonly Uint8Array[]
}

/** An OCSPResponse (RFC 6960 4.2.1) in DER. */
export function makeAnswer(made: AnswerToMake): Uint8Array {
  const { about, issuer, digest = 'sha1', certificates = [], singleExtensions = [] } = made
  const hash = (bytes: Uint8Array) => octetString(createHash(digest).update(bytes).digest())
  const algorithm = digest === 'sha1' ? '1.3.14.3.2.26' : '2.16.840.1.101.3.4.2.1'
  const identifier = sequence(
    sequence(objectIdentifier(algorithm), nullValue),
    hash(issuer.subject),
    hash(issuer.publicKeyBits),
    about.issuerAndSerial.serial,
  )
  const single = sequence(
    identifier,
    statusOf(made.status ?? 'good'),
    time(made.thisUpdate),
    ...(made.nextUpdate === undefined ? [] : [encode(contextTag(0), time(made.nextUpdate))]),
    ...(singleExtensions.length === 0 ? [] : [encode(contextTag(1), sequence(...singleExtensions))]),
  )
  const named = encode(contextTag(1), made.responder.subject)
  const data = sequence(named, time(made.thisUpdate), sequence(single))
  const basic = signedBy(made.keyPem, data, certificates)
  const holder = sequence(objectIdentifier('1.3.6.1.5.5.7.48.1.1'), octetString(basic))
  return sequence(encode(tag.enumerated, Uint8Array.of(0)), encode(contextTag(0), holder))
}

/** The error "try later" in place of an answer. */
export const tryLater = sequence(encode(tag.enumerated, Uint8Array.of(3)))

function statusOf(status: NonNullable<AnswerToMake['status']>): Uint8Array {
  if (status === 'good') return encode(contextTag(0, true))
  if (status === 'unknown') return encode(contextTag(2, true))
  const { revokedAt, reason } = status
  const stated = reason === undefined ? [] : [encode(contextTag(0), enumerated(reason))]
  return encode(contextTag(1), time(revokedAt), ...stated)
}

/** A CRL as somebody might make it. */
export interface ListToMake {
  readonly issuer: Certificate
  readonly keyPem: string
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
  readonly revoked?: readonly { readonly serial: Uint8Array; readonly at: Date; readonly reason?: number }[]
  /** Entries in DER in place of `revoked`. */
  readonly entries?: Uint8Array
  readonly extensions?: readonly Uint8Array[]
}

const sha256WithRsa = sequence(objectIdentifier('1.2.840.113549.1.1.11'), nullValue)

/** A CertificateList (RFC 5280 5.1) in DER. */
export function makeList({ revoked = [], extensions = [], ...made }: ListToMake): Uint8Array {
  const entries = made.entries ?? Buffer.concat(revoked.map(entryOf))
  const data = sequence(
    smallInteger(1),
    sha256WithRsa,
    made.issuer.subject,
    time(made.thisUpdate),
    ...(made.nextUpdate === undefined ? [] : [time(made.nextUpdate)]),
    ...(entries.length === 0 ? [] : [encode(tag.sequence, entries)]),
    ...(extensions.length === 0 ? [] : [encode(contextTag(0), sequence(...extensions))]),
  )
  return signedBy(made.keyPem, data, [])
}

/** One entry of a list. */
export function entryOf({ serial, at, reason }: NonNullable<ListToMake['revoked']>[number]): Uint8Array {
  const stated = reason === undefined ? [] : [sequence(extension('2.5.29.21', enumerated(reason)))]
  return sequence(serial, time(at), ...stated)
}

/** An extension, critical or not, with its value in DER. */
export const extension = (identifier: string, value: Uint8Array, isCritical = false): Uint8Array =>
  sequence(
    objectIdentifier(identifier),
    ...(isCritical ? [encode(tag.boolean, Uint8Array.of(0xff))] : []),
    octetString(value),
  )

const enumerated = (value: number): Uint8Array => encode(tag.enumerated, Uint8Array.of(value))

const time = (at: Date): Uint8Array =>
  encode(tag.generalizedTime, Buffer.from(`${at.toISOString().replace(/[-:T]|\.\d+Z$/g, '')}Z`))

function signedBy(keyPem: string, data: Uint8Array, certificates: readonly Certificate[]): Uint8Array {
  const signature = sign('sha256', data, createPrivateKey(readFileSync(keyPem)))
  return sequence(
    data,
    sha256WithRsa,
    encode(tag.bitString, Uint8Array.of(0), signature),
    ...(certificates.length === 0
      ? []
      : [encode(contextTag(0), sequence(...certificates.map(({ der }) => der)))]),
  )
}
