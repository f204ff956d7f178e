import { randomBytes } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/**
 * DevTools carries bodies whole and in base64. Long ones go by this server instead: the browser is sent here
 * behind the page's back, to an address that works once and cannot be guessed.
 */
type Route = (response: ServerResponse) => Promise<unknown>

/** A long answer: what the page is told, and its body as it comes. */
export interface StreamedAnswer {
  readonly status: number
  readonly headers: ReadonlyArray<{ readonly name: string; readonly value: string }>
  readonly body: AsyncIterable<Uint8Array>
}

const routes = new Map<string, Route>()
let listening: Promise<number> | undefined

function listen(): Promise<number> {
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    const route = routes.get(path)
    routes.delete(path)
    if (route) route(response).catch(() => response.destroy())
    else response.writeHead(404).end()
  })
  server.unref()
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

async function addRoute(route: Route): Promise<string> {
  listening ??= listen()
  const path = `/${randomBytes(24).toString('hex')}`
  routes.set(path, route)
  return `http://127.0.0.1:${await listening}${path}`
}

/** Offers a long answer once, and returns its address. */
export function offerBody({ status, headers, body }: StreamedAnswer): Promise<string> {
  return addRoute((response) => {
    const lines = headers.flatMap(({ name, value }) => [name, value])
    return pipeline(Readable.from(body), response.writeHead(status, lines))
  })
}

/** Takes back an address that the browser will not ask for any more. */
export function withdraw(address: string): void {
  routes.delete(new URL(address).pathname)
}
