import type { Certificate } from '../certificate.ts'
import { readSignedData, type SignedData } from '../cms.ts'
import { expectTag, readIdentifier, readInside, readOrUndefined, readTime, readValue, tag } from '../der.ts'
import { type DigestAlgorithm, digestAlgorithmOf, identifiers } from '../identifiers.ts'
import { judgeChain } from './chain.ts'
import { judgeCms } from './cmsSignature.ts'

/** A time-stamp (RFC 3161) and whether it can be relied upon. */
export interface TimestampJudgement {
  readonly verdict: 'valid' | 'untrusted' | 'invalid'
  /** The time stated. */
  readonly time?: Date
  readonly certificate?: Certificate
}

/**
 * Judges a time-stamp token over what has the digest that `digestOf` returns for an algorithm. `known` may hold
 * issuers' certificates.
 */
export function judgeTimestamp(
  token: Uint8Array,
  digestOf: (algorithm: DigestAlgorithm) => Uint8Array,
  { trust, known }: { readonly trust: readonly Certificate[]; readonly known: readonly Certificate[] },
): TimestampJudgement {
  const signedData = readSignedData(token)
  const statement = signedData && readStatement(signedData)
  if (signedData?.content === undefined || statement === undefined) return { verdict: 'invalid' }
  const { algorithm, imprint, time } = statement
  const cms = judgeCms(signedData, {
    covered: [signedData.content],
    contentIdentifier: identifiers.timestampInfo,
    needsBinding: false,
  })
  const { certificate } = cms
  const isIntact = Buffer.compare(digestOf(algorithm), imprint) === 0 && cms.reasons.length === 0
  if (!isIntact || certificate === undefined) return { verdict: 'invalid', time }
  const isForStamping = certificate.x509.keyUsage?.includes(timeStamping) === true
  const chain = judgeChain(certificate, [...signedData.certificates, ...known], trust, time)
  return { verdict: isForStamping && chain === 'trusted' ? 'valid' : 'untrusted', time, certificate }
}

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
