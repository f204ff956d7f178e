import type { Certificate } from '../cms/certificate.ts'
import { readSignedData, type SignedData } from '../cms/cms.ts'
import {
  expectTag,
  readIdentifier,
  readInside,
  readOrUndefined,
  readTime,
  readValue,
  tag,
} from '../cms/der.ts'
import { type DigestAlgorithm, digestAlgorithmOf, identifiers } from '../cms/identifiers.ts'
import { judgeRevocation } from '../revocation/judge.ts'
import type { RevocationReason } from '../revocation/statement.ts'
import { judgeCms } from './cmsSignature.ts'
import { judgePath, type PathJudgement, type TrustContext } from './path.ts'

/** A time-stamp (RFC 3161) and whether it can be relied upon. */
export interface TimestampJudgement {
  readonly verdict: 'valid' | 'untrusted' | 'invalid'
  /** Why it is not relied upon, when it is intact. */
  readonly doubt?: 'timestamp-untrusted' | 'timestamp-expired' | 'timestamp-revoked'
  /** The time stated. */
  readonly time?: Date
  readonly certificate?: Certificate
  /** The way to a trusted certificate, for an intact one. */
  readonly path?: PathJudgement
}

/**
 * Judges a time-stamp token over what has the digest that `digestOf` returns for an algorithm. `existedAt` is when the
 * token is known to have existed: a later time-stamp's time, or else now. Its certificate must have been valid then as
 * well, since a key may be broken or stolen afterwards (ETSI EN 319 102-1, 5.4); a revocation between the two times
 * counts unless its reason says that the key was in good hands until then (RFC 3161, 4).
 */
export function judgeTimestamp(
  token: Uint8Array,
  digestOf: (algorithm: DigestAlgorithm) => Uint8Array,
  trust: TrustContext,
  existedAt: Date,
): TimestampJudgement {
  const { certificate, time } = readIntact(token, digestOf)
  if (certificate === undefined || time === undefined) {
    return { verdict: 'invalid', ...(time === undefined ? {} : { time }) }
  }
  const path = judgePath(certificate, trust, time)
  const isForStamping = certificate.x509.keyUsage?.includes(timeStamping) === true
  const doubt = isForStamping ? doubtOf(certificate, path, trust, existedAt) : 'timestamp-untrusted'
  const judged = { time, certificate, path }
  return doubt === undefined ? { verdict: 'valid', ...judged } : { verdict: 'untrusted', doubt, ...judged }
}

/** Whether a token is a time-stamp of what has that digest, signed by whoever its certificate says. */
export const isIntactTimestamp = (
  token: Uint8Array,
  digestOf: (algorithm: DigestAlgorithm) => Uint8Array,
): boolean => readIntact(token, digestOf).certificate !== undefined

/** What a token states; its certificate only when it is intact. */
function readIntact(
  token: Uint8Array,
  digestOf: (algorithm: DigestAlgorithm) => Uint8Array,
): { readonly certificate?: Certificate; readonly time?: Date } {
  const signedData = readSignedData(token)
  const statement = signedData && readStatement(signedData)
  if (signedData?.content === undefined || statement === undefined) return {}
  const { algorithm, imprint, time } = statement
  const cms = judgeCms(signedData, {
    covered: [signedData.content],
    contentIdentifier: identifiers.timestampInfo,
    needsBinding: false,
    needsAttributes: true,
  })
  const isIntact = Buffer.compare(digestOf(algorithm), imprint) === 0 && cms.reasons.length === 0
  const { certificate } = cms
  return isIntact && certificate !== undefined ? { certificate, time } : { time }
}

function doubtOf(
  certificate: Certificate,
  path: PathJudgement,
  context: TrustContext,
  existedAt: Date,
): TimestampJudgement['doubt'] {
  if (path.chain !== 'trusted') return 'timestamp-untrusted'
  if (path.revocation === 'revoked') return 'timestamp-revoked'
  if (path.path.some(({ notAfter }) => notAfter < existedAt)) return 'timestamp-expired'
  const [, issuer] = path.path
  if (issuer === undefined) return undefined
  const since = judgeRevocation(certificate, issuer, context.evidence, { ...context, at: existedAt })
  if (since.status !== 'revoked') return undefined
  return harmless.includes(since.event.reason ?? 'keyCompromise') ? undefined : 'timestamp-revoked'
}

/** Revoked for these, a certificate's earlier time-stamps stay good. */
const harmless: readonly RevocationReason[] = [
  'unspecified',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
]

/** id-kp-timeStamping (RFC 3161 2.3), as Node names extended uses of keys. */
const timeStamping = '1.3.6.1.5.5.7.3.8'

/** What a time-stamp token states (TSTInfo, RFC 3161 2.4.2). */
export interface TimestampStatement {
  readonly policy: string
  readonly algorithm: DigestAlgorithm
  readonly imprint: Uint8Array
  readonly time: Date
  /** The INTEGER as encoded. */
  readonly nonce?: Uint8Array
}

/** Reads what a token states; undefined when it is none or its digest is not accepted. Nothing is verified. */
export function readTimestamp(token: Uint8Array): TimestampStatement | undefined {
  const signedData = readSignedData(token)
  return signedData && readStatement(signedData)
}

function readStatement({ content, contentIdentifier }: SignedData): TimestampStatement | undefined {
  if (content === undefined || contentIdentifier !== identifiers.timestampInfo) return undefined
  return readOrUndefined(() => {
    const [, policy, messageImprint, , time, ...rest] = readInside(readValue(content))
    const [algorithmIdentifier, imprint] = readInside(messageImprint)
    const algorithm = digestAlgorithmOf(readIdentifier(readInside(algorithmIdentifier)[0]))
    const nonce = rest.find((value) => value.tag === tag.integer)
    if (algorithm === undefined) return undefined
    return {
      policy: readIdentifier(policy),
      algorithm,
      imprint: expectTag(imprint, tag.octetString).content,
      time: readTime(time),
      ...(nonce === undefined ? {} : { nonce: nonce.whole }),
    }
  })
}
