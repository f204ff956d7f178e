import { randomBytes } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** A long answer: what the page is told, and its body as it comes. */
export interface StreamedAnswer {
  readonly status: number
  readonly headers: ReadonlyArray<{ readonly name: string; readonly value: string }>
  readonly body: AsyncIterable<Uint8Array>
}

const offered = new Map<string, StreamedAnswer>()
let listening: Promise<number> | undefined

async function give(path: string, response: ServerResponse): Promise<void> {
  const answer = offered.get(path)
  offered.delete(path)
  if (!answer) {
    response.writeHead(404).end()
    return
  }
  response.writeHead(
    answer.status,
    answer.headers.flatMap(({ name, value }) => [name, value]),
  )
  await pipeline(Readable.from(answer.body), response)
}

function listen(): Promise<number> {
  const server = createServer((request, response) => {
    give(request.url ?? '', response).catch(() => response.destroy())
  })
  server.unref()
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

/**
 * Offers a long answer once, under an address that cannot be guessed, and returns that address. DevTools takes
 * whole bodies only; the browser is sent here instead, unseen by the page, so that long bodies are streamed.
 */
export async function offerBody(answer: StreamedAnswer): Promise<string> {
  listening ??= listen()
  const path = `/${randomBytes(24).toString('hex')}`
  offered.set(path, answer)
  return `http://127.0.0.1:${await listening}${path}`
}

/** Takes back an answer that the browser will not ask for any more. */
export function withdrawBody(address: string): void {
  offered.delete(new URL(address).pathname)
}
