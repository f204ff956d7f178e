import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
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
} from './cms/der.ts'
import { digestIdentifiers } from './cms/identifiers.ts'
import { addressToTell, askService, type Credentials } from './serviceRequest.ts'
import { isIntactTimestamp, readTimestamp } from './verification/timestamp.ts'

/** A service that stamps the time (RFC 3161 over HTTP). */
export interface TimestampService {
  readonly url: string
  readonly credentials?: Credentials
  /** The policy under which it shall stamp, as a dotted identifier; whichever it likes when absent. */
  readonly policy?: string
  /** Address of an HTTP proxy. */
  readonly proxy?: string
}

/** Milliseconds for all services and tries together, and for one try. */
const patience = 30_000
const patienceForOne = 10_000
/** Milliseconds before the second and the third round. */
const pauses = [400, 1600]
/** Far more bytes than any answer has. */
const longestAnswer = 1024 * 1024

/**
 * Asks for a time-stamp over what has this SHA-256 digest. The services are asked one after another, those that failed
 * for the moment once more after a pause. Returns the token after checking that it is intact and stamps just this
 * digest for just this question, under the policy asked for; whether the service is trusted is for verification to
 * say. Refuses timestamp-unavailable, naming the services, and signature-cancelled when `signal` fires.
 */
export async function requestTimestamp(
  services: readonly TimestampService[],
  digest: Uint8Array,
  signal?: AbortSignal,
): Promise<Outcome<Uint8Array>> {
  const end = Date.now() + patience
  const bounds = [AbortSignal.timeout(patience), ...(signal === undefined ? [] : [signal])]
  let hopeful = services
  for (const pause of [0, ...pauses]) {
    if (hopeful.length === 0 || Date.now() + pause >= end) break
    await sleep(pause, undefined, { signal: AbortSignal.any(bounds) }).catch(() => undefined)
    const again: TimestampService[] = []
    for (const service of hopeful) {
      if (signal?.aborted === true) return refuse('signature-cancelled')
      const token = await askOnce(service, digest, AbortSignal.any(bounds))
      if (token === 'later') again.push(service)
      else if (token !== 'never') return accept(token)
    }
    hopeful = again
  }
  if (signal?.aborted === true) return refuse('signature-cancelled')
  return refuse('timestamp-unavailable', {
    service: services.map(({ url }) => addressToTell(url)).join(', '),
  })
}

/** The token, or whether the service may be asked again. */
async function askOnce(
  service: TimestampService,
  digest: Uint8Array,
  signal: AbortSignal,
): Promise<Uint8Array | 'later' | 'never'> {
  const { url, credentials, policy, proxy } = service
  const nonce = unsignedInteger(randomBytes(8))
  const answer = await askService({
    url,
    body: { bytes: timestampQuery(digest, nonce, policy), type: 'application/timestamp-query' },
    credentials,
    limit: longestAnswer,
    patience: patienceForOne,
    signal,
    ...(proxy === undefined ? {} : { proxy }),
  })
  if (!answer.ok) return answer.isPassing ? 'later' : 'never'
  const token = readToken(answer.bytes)
  if (token === undefined) return 'never'
  const stated = readTimestamp(token)
  const answersThis =
    isIntactTimestamp(token, () => digest) &&
    stated?.algorithm === 'sha256' &&
    stated.nonce !== undefined &&
    Buffer.compare(stated.nonce, nonce) === 0 &&
    (policy === undefined || stated.policy === policy)
  return answersThis ? token : 'never'
}

/** TimeStampReq, version 1, SHA-256, with a nonce and certReq (RFC 3161 2.4.1). */
function timestampQuery(digest: Uint8Array, nonce: Uint8Array, policy: string | undefined): Uint8Array {
  const algorithm = sequence(objectIdentifier(digestIdentifiers.sha256.digest), nullValue)
  const certificateWanted = encode(tag.boolean, Uint8Array.of(0xff))
  return sequence(
    smallInteger(1),
    sequence(algorithm, octetString(digest)),
    ...(policy === undefined ? [] : [objectIdentifier(policy)]),
    nonce,
    certificateWanted,
  )
}

/** The token of a TimeStampResp that was granted, with or without modifications (RFC 3161 2.4.2). */
function readToken(answer: Uint8Array): Uint8Array | undefined {
  return readOrUndefined(() => {
    const [status, token] = readInside(readValue(answer))
    const [code] = readInside(status)
    return (code?.content[0] ?? 2) <= 1 ? token?.whole : undefined
  })
}
