import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type * as Electron from 'electron'
import { handlerOf } from './protocol.ts'
import { refuseUnknown } from './unimplemented.ts'

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

async function fetchFile(address: string): Promise<Response> {
  const path = fileURLToPath(address)
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw new Error('net::ERR_FILE_NOT_FOUND')
  const headers = {
    'content-type': MEDIA_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
    'content-length': String(found.size),
  }
  return new Response(
    Readable.toWeb(createReadStream(path, { highWaterMark: 1024 * 1024 })) as ReadableStream,
    { headers },
  )
}

/** Electron's `net`; `fetch` reads file: addresses, the app's own schemes and http(s). */
export const net = refuseUnknown('net', {
  isOnline: () => true,
  async fetch(input, init) {
    const request = new Request(input as string | Request, init as RequestInit)
    const scheme = new URL(request.url).protocol.slice(0, -1)
    if (scheme !== 'file') return handlerOf(scheme)?.(request) ?? fetch(request)
    if (request.headers.has('range')) {
      throw new Error('the Electron stand-in does not implement net.fetch of a file with a Range header')
    }
    return fetchFile(request.url)
  },
} satisfies Pick<Electron.Net, 'fetch' | 'isOnline'>)
