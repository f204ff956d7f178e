import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'

/** One question to a time-stamp or revocation service over HTTP. */
export interface ServiceRequest {
  /** http or https; a name and password in it are sent as credentials and never told. */
  readonly url: string
  /** Sent by POST; without it the answer is fetched by GET. */
  readonly body?: { readonly bytes: Uint8Array; readonly type: string }
  /** For HTTP's basic authentication. */
  readonly credentials?: Credentials | undefined
  /** Most bytes that the answer may have. */
  readonly limit: number
  /** Milliseconds for all of it, redirects included. */
  readonly patience: number
  /** Address of an HTTP proxy. */
  readonly proxy?: string
  readonly signal?: AbortSignal
}

/** Name and password for a service. */
export interface Credentials {
  readonly user: string
  readonly password: string
}

/**
 * The answer's bytes, or why there are none; `isPassing` when asking again may help, `isSilent` when nobody was reached
 * at the address within the time.
 */
export type ServiceAnswer =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly isPassing: boolean; readonly isSilent?: boolean }

const mostRedirects = 3
const lasting: ServiceAnswer = { ok: false, isPassing: false }
const passing: ServiceAnswer = { ok: false, isPassing: true }

/**
 * Asks a service, within the time and the size allowed. GET follows three redirects, POST none: what was asked, and
 * the credentials, are for the service that was named.
 */
export async function askService(order: ServiceRequest): Promise<ServiceAnswer> {
  const bounds = [AbortSignal.timeout(order.patience), ...(order.signal === undefined ? [] : [order.signal])]
  const signal = AbortSignal.any(bounds)
  let url = order.url
  for (let step = 0; step <= mostRedirects; step++) {
    const address = readAddress(url)
    if (address === undefined) return lasting
    let response: IncomingMessage
    try {
      response = await send(address, step === 0 ? order : { ...order, credentials: undefined }, signal)
    } catch {
      // No network, no service, too slow: all the same to who asks. Where a redirect leads is another address.
      return step === 0 ? { ok: false, isPassing: true, isSilent: true } : passing
    }
    const { statusCode = 0, headers } = response
    if (statusCode >= 200 && statusCode < 300) return await readBody(response, order.limit)
    response.destroy()
    const isRedirect = statusCode >= 301 && statusCode <= 308 && headers.location !== undefined
    if (!isRedirect) return statusCode >= 500 || statusCode === 429 || statusCode === 408 ? passing : lasting
    if (order.body !== undefined || !URL.canParse(headers.location ?? '', url)) return lasting
    url = new URL(headers.location ?? '', url).href
  }
  return lasting
}

/** The address without name and password, as it may be told to people. */
export function addressToTell(url: string): string {
  if (!URL.canParse(url)) return url.replace(/\/\/[^/]*@/, '//')
  const address = new URL(url)
  address.username = ''
  address.password = ''
  return address.href
}

function readAddress(url: string): URL | undefined {
  if (!URL.canParse(url)) return undefined
  const address = new URL(url)
  return address.protocol === 'http:' || address.protocol === 'https:' ? address : undefined
}

function send(address: URL, order: ServiceRequest, signal: AbortSignal): Promise<IncomingMessage> {
  const { body, credentials, proxy } = order
  const isSecure = address.protocol === 'https:'
  const through = proxy === undefined ? {} : { proxyEnv: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } }
  const agent = isSecure ? new HttpsAgent(through) : new HttpAgent(through)
  return new Promise((answered, failed) => {
    const sent = (isSecure ? requestHttps : requestHttp)(address, {
      method: body === undefined ? 'GET' : 'POST',
      agent,
      signal,
      headers: body === undefined ? {} : { 'content-type': body.type, 'content-length': body.bytes.length },
      ...(credentials === undefined ? {} : { auth: `${credentials.user}:${credentials.password}` }),
    })
    sent.on('response', answered).on('error', failed)
    sent.end(body?.bytes)
  })
}

async function readBody(response: IncomingMessage, limit: number): Promise<ServiceAnswer> {
  const parts: Buffer[] = []
  let length = 0
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      length += part.length
      if (length > limit) return lasting
      parts.push(part)
    }
  } catch {
    return passing
  }
  return { ok: true, bytes: Buffer.concat(parts) }
}
