import { createHash, randomBytes } from 'node:crypto'
import { accept, type Outcome, refuse } from '../shared/outcome.ts'
import {
  encode,
  nullValue,
  objectIdentifier,
  octetString,
  readInside,
  readOrUndefined,
  readValue,
  sequence,
  smallInteger,
  tag,
  unsignedInteger,
} from './der.ts'
import { digestIdentifiers } from './identifiers.ts'
import { judgeTimestamp } from './verification/timestamp.ts'

/** How long a time-stamp service may take, in milliseconds. */
const patience = 20_000
/** Far more bytes than any answer has. */
const longestAnswer = 1024 * 1024

/**
 * Asks a service for a time-stamp over a signature value (RFC 3161, over HTTP, with the service's certificate).
 * Returns the token after checking that it is intact and stamps just this value; whether the service is trusted
 * is for verification to say. Refuses timestamp-unavailable.
 */
export async function requestTimestamp(
  url: string,
  signatureValue: Uint8Array,
): Promise<Outcome<Uint8Array>> {
  const answer = await post(url, timestampQuery(signatureValue))
  const token = answer && readToken(answer)
  if (token === undefined) return refuse('timestamp-unavailable', { service: url })
  const { verdict } = judgeTimestamp(token, [signatureValue], { trust: [], known: [] })
  return verdict === 'invalid' ? refuse('timestamp-unavailable', { service: url }) : accept(token)
}

/** TimeStampReq, version 1, SHA-256, with a nonce and certReq (RFC 3161 2.4.1). */
function timestampQuery(signatureValue: Uint8Array): Uint8Array {
  const imprint = createHash('sha256').update(signatureValue).digest()
  const algorithm = sequence(objectIdentifier(digestIdentifiers.sha256.digest), nullValue)
  const certificateWanted = encode(tag.boolean, Uint8Array.of(0xff))
  return sequence(
    smallInteger(1),
    sequence(algorithm, octetString(imprint)),
    unsignedInteger(randomBytes(8)),
    certificateWanted,
  )
}

async function post(url: string, query: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query' },
      body: Buffer.from(query),
      signal: AbortSignal.timeout(patience),
    })
    if (!response.ok) return undefined
    const answer = new Uint8Array(await response.arrayBuffer())
    return answer.length > longestAnswer ? undefined : answer
  } catch {
    // No network, no service, an address that is none: all the same to who signs.
    return undefined
  }
}

/** The token of a TimeStampResp that was granted, with or without modifications (RFC 3161 2.4.2). */
function readToken(answer: Uint8Array): Uint8Array | undefined {
  return readOrUndefined(() => {
    const [status, token] = readInside(readValue(answer))
    const [code] = readInside(status)
    return (code?.content[0] ?? 2) <= 1 ? token?.whole : undefined
  })
}
