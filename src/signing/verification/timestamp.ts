import { createHash } from 'node:crypto'
import type { Certificate } from '../certificate.ts'
import { readSignedData, type SignedData } from '../cms.ts'
import { expectTag, readIdentifier, readInside, readOrUndefined, readTime, readValue, tag } from '../der.ts'
import { digestAlgorithmOf, identifiers } from '../identifiers.ts'
import { judgeChain } from './chain.ts'
import { judgeCms } from './cmsSignature.ts'

/** A time-stamp (RFC 3161) and whether it can be relied upon. */
export interface TimestampJudgement {
  readonly verdict: 'valid' | 'untrusted' | 'invalid'
  /** The time stated. */
  readonly time?: Date
  readonly certificate?: Certificate
}

/** Judges a time-stamp token over `stamped`, which is given in parts. `known` may hold issuers' certificates. */
export function judgeTimestamp(
  token: Uint8Array,
  stamped: Iterable<Uint8Array>,
  { trust, known }: { readonly trust: readonly Certificate[]; readonly known: readonly Certificate[] },
): TimestampJudgement {
  const signedData = readSignedData(token)
  const statement = signedData && readStatement(signedData)
  if (signedData?.content === undefined || statement === undefined) return { verdict: 'invalid' }
  const { algorithm, imprint, time } = statement
  const hash = createHash(algorithm)
  for (const part of stamped) hash.update(part)
  const cms = judgeCms(signedData, {
    covered: [signedData.content],
    contentIdentifier: identifiers.timestampInfo,
    needsBinding: false,
  })
  const { certificate } = cms
  const isIntact = Buffer.compare(hash.digest(), imprint) === 0 && cms.reasons.length === 0
  if (!isIntact || certificate === undefined) return { verdict: 'invalid', time }
  const isForStamping = certificate.x509.keyUsage?.includes(timeStamping) === true
  const chain = judgeChain(certificate, [...signedData.certificates, ...known], trust, time)
  return { verdict: isForStamping && chain === 'trusted' ? 'valid' : 'untrusted', time, certificate }
}

/** id-kp-timeStamping (RFC 3161 2.3), as Node names extended uses of keys. */
const timeStamping = '1.3.6.1.5.5.7.3.8'

function readStatement({ content, contentIdentifier }: SignedData) {
  if (content === undefined || contentIdentifier !== identifiers.timestampInfo) return undefined
  return readOrUndefined(() => {
    const [, , messageImprint, , time] = readInside(readValue(content))
    const [algorithmIdentifier, imprint] = readInside(messageImprint)
    const algorithm = digestAlgorithmOf(readIdentifier(readInside(algorithmIdentifier)[0]))
    if (algorithm === undefined) return undefined
    return { algorithm, imprint: expectTag(imprint, tag.octetString).content, time: readTime(time) }
  })
}
