import type { DevToolsSession, Protocol } from '../browser/devtoolsPipe.ts'
import { offerBody, withdraw } from './loopback.ts'
import { handlerOf, toAppAddress, toBrowserAddress, toBrowserPolicy } from './protocol.ts'

type Paused = Protocol.Fetch.requestPausedPayload
type Header = Protocol.Fetch.HeaderEntry

/** Says whether a document may be loaded; called for those only. */
export type NavigationGuard = (paused: Paused, appAddress: string) => boolean

function bodyOf({ request }: Paused): Buffer<ArrayBuffer> | null {
  const entries = request.postDataEntries
  return entries ? Buffer.concat(entries.map(({ bytes }) => Buffer.from(bytes ?? '', 'base64'))) : null
}

/** The handler's header as the browser is to see it. */
function browserHeader(name: string, value: string): Header {
  if (name.startsWith('content-security-policy')) return { name, value: toBrowserPolicy(value) }
  return { name, value: name === 'location' ? toBrowserAddress(value) : value }
}

function headersOf(response: Response): Header[] {
  const headers: Header[] = []
  response.headers.forEach((value, name) => {
    headers.push(browserHeader(name, value))
  })
  return headers
}

/** Up to this many bytes, an answer is handed over whole. */
const WHOLE_LIMIT = 256 * 1024

/** The first chunks of a body, until they exceed the limit or the body ends. */
async function readStart(body: ReadableStreamDefaultReader<Uint8Array>) {
  const chunks: Uint8Array[] = []
  for (let size = 0; size <= WHOLE_LIMIT; size += chunks.at(-1)!.byteLength) {
    const { done, value } = await body.read()
    if (done) return { chunks, whole: true }
    chunks.push(value)
  }
  return { chunks, whole: false }
}

/** All of a body whose first chunks have been read; the rest is cancelled when the reader stops early. */
async function* resume(chunks: readonly Uint8Array[], body: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    yield* chunks
    for (let next = await body.read(); !next.done; next = await body.read()) yield next.value
  } finally {
    await body.cancel().catch(() => undefined)
  }
}

/** Hands a handler's answer to the browser: a short one whole, a long one as a stream. */
async function fulfil(session: DevToolsSession, requestId: string, response: Response): Promise<void> {
  const headers = headersOf(response)
  const reader = response.body?.getReader()
  const { chunks, whole } = reader ? await readStart(reader) : { chunks: [], whole: true }
  if (whole || !reader) {
    const body = Buffer.concat(chunks).toString('base64')
    const answer = { requestId, responseCode: response.status, responseHeaders: headers, body }
    await session.send('Fetch.fulfillRequest', answer)
    return
  }
  const url = await offerBody({ status: response.status, headers, body: resume(chunks, reader) })
  await session.send('Fetch.continueRequest', { requestId, url }).catch((error: unknown) => {
    withdraw(url)
    throw error
  })
}

/** Lets the app's protocol handler answer; requests that no handler knows are blocked. */
async function answer(session: DevToolsSession, paused: Paused): Promise<void> {
  const { requestId, request } = paused
  const url = toAppAddress(request.url)
  const handler = url === request.url ? undefined : handlerOf(new URL(url).protocol.slice(0, -1))
  // Electron asks for no favicon, so the handler must not hear of one.
  if (handler && new URL(url).pathname === '/favicon.ico') {
    await session.send('Fetch.fulfillRequest', { requestId, responseCode: 204 })
    return
  }
  if (!handler) {
    await session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' })
    return
  }
  const { method, headers } = request
  const response = await handler(new Request(url, { method, headers, body: bodyOf(paused) }))
  if (response.type === 'error') throw new Error('the protocol handler answered with an error')
  await fulfil(session, requestId, response)
}

/** Answers the requests of a page, or of a worker of it, from the app's protocol handlers. */
export function answerRequests(session: DevToolsSession, mayNavigate: NavigationGuard): void {
  session.on('Fetch.requestPaused', (paused) => {
    const { requestId, resourceType, request } = paused
    const allowed = resourceType !== 'Document' || mayNavigate(paused, toAppAddress(request.url))
    const answered = allowed
      ? answer(session, paused)
      : session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
    answered.catch((error: unknown) => {
      // A page that has gone in the meantime needs no answer.
      session.send('Fetch.failRequest', { requestId, errorReason: 'Failed' }).then(
        () => console.error(`[protocol] ${toAppAddress(request.url)}`, error),
        () => undefined,
      )
    })
  })
}
