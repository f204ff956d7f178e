import type { z } from 'zod'
import { refusalBodySchema, type Session, sessionSchema } from '../../../shared/contract/sync.ts'
import { accept, type Outcome, type Refusal, refuse } from '../../../shared/outcome.ts'
import type { Log } from '../log.ts'

/** A device as the server knows it. */
export interface Device {
  /** UUID, made once for each installation. */
  readonly id: string
  readonly name: string
}

/** What a request sends besides its path. */
interface RequestParts {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array<ArrayBuffer> | string
  readonly timeoutMs?: number
}

/**
 * The way to the server for one account. Every request is refused with server-unreachable when no answer came (or
 * none that a server of ours gives), session-ended when the session is over, or with the server's own refusal.
 */
export interface ServerConnection {
  /** Refuses sign-in-wrong, sign-in-locked, device-revoked or server-unreachable. */
  signIn(username: string, password: string): Promise<Outcome<Session>>
  signOut(): Promise<void>
  /** Lets the first request sign in, for who came in while the server could not be reached. */
  signInLater(username: string, password: string): void
  /** A request whose answer is JSON. */
  json<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    body?: unknown,
  ): Promise<Outcome<z.infer<Schema>>>
  /** A request whose answer is read by the caller; answers other than refusals and faults pass as they are. */
  send(path: string, parts: RequestParts): Promise<Outcome<Response>>
  /** A fetch that carries the session, for the stream of events. */
  authorisedFetch(input: string | URL, init?: RequestInit): Promise<Response>
  url(path: string): string
  /** Whether the server has let this device in since the start. */
  hasSession(): boolean
  /** Milliseconds that the last answer took. */
  roundTrip(): number | null
}

/** Whether the person has to sign in again before anything else goes on. */
export const endsSession = ({ code }: Refusal): boolean =>
  code === 'session-ended' || code === 'device-revoked'

/** Whether the same request may succeed a little later, with nothing done by anyone. */
export const isTemporary = ({ code }: Refusal): boolean =>
  code === 'server-unreachable' || code === 'too-many-requests'

const notConnected = { connected: 'no' } as const

/**
 * Whether a request is certain not to have been looked at: there was no connection to carry it, or the server turned it
 * away at the door.
 */
export const neverLeft = ({ code, detail }: Refusal): boolean =>
  code === 'too-many-requests' ||
  (code === 'server-unreachable' && detail?.connected === notConnected.connected)

const TIMEOUT_MS = 15_000
const SIGN_IN_TIMEOUT_MS = 8_000
/** A token is renewed this long before it ends. */
const MARGIN_MS = 15_000

/** A connection to `serverUrl` that holds the session's tokens in memory only. */
export function serverConnection(serverUrl: string, device: Device, log: Log): ServerConnection {
  let session: { accessToken: string; refreshToken: string; endsAt: number } | undefined
  let later: { username: string; password: string } | undefined
  let renewing: Promise<Outcome<null>> | undefined
  let lastRoundTrip: number | null = null
  const url = (path: string) => new URL(path, `${serverUrl.replace(/\/+$/, '')}/`).href

  const exchange = async (path: string, parts: RequestParts): Promise<Outcome<Response>> => {
    const started = performance.now()
    try {
      const response = await fetch(url(path), {
        method: parts.method ?? 'GET',
        headers: parts.headers ?? {},
        ...(parts.body === undefined ? {} : { body: parts.body }),
        signal: AbortSignal.timeout(parts.timeoutMs ?? TIMEOUT_MS),
        redirect: 'error',
      })
      lastRoundTrip = Math.round(performance.now() - started)
      if (response.status < 500) return accept(response)
      log('server.failed', { status: response.status })
      await response.body?.cancel()
    } catch (error) {
      if (!isNetworkFault(error)) throw error
      if (isConnectFault(error)) return refuse('server-unreachable', notConnected)
    }
    return refuse('server-unreachable')
  }

  const startSession = async (path: string, body: unknown, timeoutMs: number): Promise<Outcome<Session>> => {
    const response = await exchange(path, { ...jsonBody(body), timeoutMs })
    const answer = response.ok ? await readJson(response.value, sessionSchema) : response
    if (answer.ok) {
      const { accessToken, refreshToken, expiresIn } = answer.value
      session = { accessToken, refreshToken, endsAt: Date.now() + expiresIn * 1000 }
    }
    return answer
  }
  const signIn = async (username: string, password: string) => {
    const answer = await startSession('/v1/sign-in', { username, password, device }, SIGN_IN_TIMEOUT_MS)
    if (answer.ok) later = undefined
    return answer
  }

  const renew = async (): Promise<Outcome<null>> => {
    if (session === undefined && later === undefined) return refuse('session-ended')
    const answer =
      session === undefined && later !== undefined
        ? await signIn(later.username, later.password)
        : await startSession('/v1/refresh', { refreshToken: session?.refreshToken }, TIMEOUT_MS)
    if (answer.ok) return accept(null)
    if (isTemporary(answer.refusal)) return answer
    session = undefined
    later = undefined
    return refuse('session-ended')
  }
  /** Renews once, however many requests need it: a refresh token may be used only once. */
  const renewOnce = () => {
    renewing ??= renew().finally(() => {
      renewing = undefined
    })
    return renewing
  }

  const send = async (path: string, parts: RequestParts): Promise<Outcome<Response>> => {
    for (const attempt of [1, 2]) {
      if (session === undefined || session.endsAt - MARGIN_MS < Date.now()) {
        const renewed = await renewOnce()
        if (!renewed.ok) return renewed
      }
      const headers = { ...parts.headers, authorization: `Bearer ${session?.accessToken}` }
      const response = await exchange(path, { ...parts, headers })
      if (!response.ok || response.value.status !== 401) return response
      await response.value.body?.cancel()
      if (session !== undefined) session.endsAt = 0
      if (attempt === 2) break
    }
    return refuse('session-ended')
  }

  return {
    signIn,
    signInLater: (username, password) => {
      later = { username, password }
    },
    signOut: async () => {
      if (session !== undefined) await send('/v1/sign-out', { method: 'POST', timeoutMs: 2_000 })
      session = undefined
      later = undefined
    },
    json: async (path, schema, body) => {
      const response = await send(path, body === undefined ? {} : jsonBody(body))
      return response.ok ? readJson(response.value, schema) : response
    },
    send,
    authorisedFetch: async (input, init) => {
      if (session === undefined || session.endsAt - MARGIN_MS < Date.now()) await renewOnce()
      const headers = new Headers(init?.headers)
      headers.set('authorization', `Bearer ${session?.accessToken ?? ''}`)
      return fetch(input, { ...init, headers })
    },
    url,
    hasSession: () => session !== undefined,
    roundTrip: () => lastRoundTrip,
  }
}

const jsonBody = (body: unknown) => ({
  method: 'POST' as const,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** The answer's JSON, or the refusal that it carries. What fits neither did not come from a server of ours. */
export async function readJson<Schema extends z.ZodType>(
  response: Response,
  schema: Schema,
): Promise<Outcome<z.infer<Schema>>> {
  let content: unknown
  try {
    content = await response.json()
  } catch {
    return refuse('server-unreachable')
  }
  if (response.ok) {
    const answer = schema.safeParse(content)
    return answer.success ? accept(answer.data) : refuse('server-unreachable')
  }
  const refusal = refusalBodySchema.safeParse(content)
  return refusal.success ? refuse(refusal.data.code, refusal.data.detail) : refuse('server-unreachable')
}

/** `fetch` throws TypeError for a broken connection and DOMException for a timeout; all else is a bug. */
const isNetworkFault = (error: unknown) =>
  error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError')

const CONNECT_FAULTS = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']

/** Node's `fetch` gives the fault of the connection as the cause of its own. */
const isConnectFault = (error: unknown): boolean =>
  error instanceof TypeError &&
  error.cause instanceof Error &&
  'code' in error.cause &&
  CONNECT_FAULTS.includes(String(error.cause.code))
