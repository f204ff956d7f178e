import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import type { Intake } from '../intake.ts'
import type { ExchangeFile } from '../message.ts'
import { type ReceivedAnswer, receiveAnswer } from './receiveAnswer.ts'
import { base64Length, type XmlPart } from './writeXml.ts'

/** One question to the node. */
export interface SoapCall {
  readonly url: URL
  readonly message: readonly XmlPart[]
  /** Most bytes that the answer may have. */
  readonly limit: number
  /** Milliseconds for all of it. */
  readonly patienceMs: number
  readonly signal: AbortSignal
  /** Where the answer and its files are kept; null where it is only read. */
  readonly intake: Intake | null
  readonly readFile: (file: ExchangeFile) => Readable
}

/** An answer with its HTTP status. */
export interface SoapAnswer extends ReceivedAnswer {
  readonly status: number
}

/** Status codes that say nothing about the question (RFC 9110): the node, or what stands before it, is not ready. */
const NOT_READY = new Set([408, 429, 502, 503, 504])

/**
 * POSTs a message as `text/xml` (SOAP 1.1, section 6) and takes the answer in. Refuses exchange-unreachable when there
 * is none in time: whether the node has taken the message is then unknown; and file-missing. Follows no
 * redirects.
 */
export async function soapCall(call: SoapCall): Promise<Outcome<SoapAnswer>> {
  const signal = AbortSignal.any([call.signal, AbortSignal.timeout(call.patienceMs)])
  const isSecure = call.url.protocol === 'https:'
  const sent = (isSecure ? requestHttps : requestHttp)(call.url, {
    method: 'POST',
    signal,
    agent: false,
    headers: {
      'content-type': 'text/xml; charset=utf-8',
      'content-length': lengthOf(call.message),
      soapaction: '""',
    },
  })
  try {
    const response = await responseTo(sent, bodyOf(call))
    const { statusCode: status = 0 } = response
    if (NOT_READY.has(status)) {
      response.destroy()
      return unreachable(call.url)
    }
    const answer = await receiveAnswer(response, call.limit, call.intake)
    response.destroy()
    return accept({ ...answer, status })
  } catch (error) {
    sent.destroy()
    if ((error as NodeJS.ErrnoException).syscall === 'open') return refuse('file-missing')
    if (isOurs(error)) throw error
    return unreachable(call.url)
  }
}

const unreachable = ({ host }: URL) => refuse('exchange-unreachable', { host })

/** A full disk is ours; it is no silence of the node. */
function isOurs(error: unknown): boolean {
  const { syscall = '' } = error as NodeJS.ErrnoException
  return ['write', 'read', 'close', 'fsync'].includes(syscall) && !isOfSocket(error)
}

/** Writing to and reading from a connection that was reset carry the same names as those of a file. */
const isOfSocket = (error: unknown): boolean =>
  ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ETIMEDOUT'].includes((error as NodeJS.ErrnoException).code ?? '')

/** A node may answer, or close, before it has heard all. */
const responseTo = (sent: ClientRequest, body: Readable): Promise<IncomingMessage> =>
  new Promise((answered, failed) => {
    sent.once('response', answered).on('error', failed)
    pipeline(body, sent).catch(failed)
  })

const lengthOf = (message: readonly XmlPart[]): number =>
  message.reduce(
    (sum, part) => sum + (typeof part === 'string' ? Buffer.byteLength(part) : base64Length(part.file.bytes)),
    0,
  )

const bodyOf = ({ message, readFile }: SoapCall): Readable =>
  Readable.from(
    (async function* () {
      for (const part of message) {
        if (typeof part === 'string') yield Buffer.from(part)
        else yield* inBase64(readFile(part.file))
      }
    })(),
    { objectMode: false },
  )

/** A stream's bytes in base64, without the whole of them in memory. */
async function* inBase64(file: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of file) {
    const bytes = Buffer.concat([rest, chunk])
    const whole = bytes.length - (bytes.length % 3)
    rest = bytes.subarray(whole)
    if (whole > 0) yield Buffer.from(bytes.subarray(0, whole).toString('base64'))
  }
  if (rest.length > 0) yield Buffer.from(rest.toString('base64'))
}
