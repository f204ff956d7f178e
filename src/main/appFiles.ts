import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import type { FileReader } from './client/client.ts'

/** What pages may load: their own files, and nothing from any network. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.pdf': 'application/pdf',
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
  '.icc': 'application/octet-stream',
}

const safeHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/** What reading says of an address that names no file of ours. */
const unknown = new Set(['ENOENT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE'])

const PART_BYTES = 1024 * 1024

/** Answers `app://saraban/…`: the renderer's own files, and letters' files at `/file/SHA256` with Range. */
export function appFiles(rendererFolder: string, files: FileReader) {
  return async (request: Request): Promise<Response> => {
    const { host, pathname } = new URL(request.url)
    if (host !== 'saraban' || request.method !== 'GET') return empty(403)
    const letterFile = /^\/file\/([0-9a-f]{64})$/.exec(pathname)?.[1]
    return letterFile === undefined
      ? rendererFile(rendererFolder, pathname)
      : fileResponse(letterFile, request.headers.get('range'), files)
  }
}

const empty = (status: number, headers: Record<string, string> = {}) =>
  new Response(null, { status, headers: { ...safeHeaders, ...headers } })

async function rendererFile(folder: string, pathname: string): Promise<Response> {
  const path = normalize(join(folder, decodeURIComponent(pathname === '/' ? '/index.html' : pathname)))
  if (!path.startsWith(folder + sep)) return empty(403)
  try {
    const content = new Uint8Array(await readFile(path))
    const type = types[extname(path)] ?? 'application/octet-stream'
    return new Response(content, { headers: { ...safeHeaders, 'content-type': type } })
  } catch (error) {
    // A file that is there but cannot be read is a fault, which must not pass for an address that was made up.
    if (!unknown.has((error as NodeJS.ErrnoException).code ?? '')) throw error
    return empty(404)
  }
}

async function fileResponse(sha256: string, range: string | null, files: FileReader): Promise<Response> {
  const size = (await files.size(sha256)) ?? (await files.read(sha256))?.length
  if (size === undefined) return empty(404)
  const asked = /^bytes=(\d+)-(\d*)$/.exec(range ?? '')
  const start = Number(asked?.[1] ?? 0)
  const end = Math.min(asked?.[2] ? Number(asked[2]) + 1 : size, size)
  if (start >= end) return empty(416, { 'content-range': `bytes */${size}` })
  const first = await partOrWhole(sha256, start, Math.min(start + PART_BYTES, end), files)
  if (first === undefined) return empty(404)
  return new Response(streamFrom(first, sha256, start, end, files), {
    status: asked === null ? 200 : 206,
    headers: {
      ...safeHeaders,
      'content-type': 'application/pdf',
      'content-length': String(end - start),
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
      ...(asked === null ? {} : { 'content-range': `bytes ${start}-${end - 1}/${size}` }),
    },
  })
}

/** A part of a file; a file that was damaged here is fetched again. */
async function partOrWhole(sha256: string, start: number, end: number, files: FileReader) {
  const part = await files.readPart(sha256, start, end)
  return part ?? (await files.read(sha256))?.subarray(start, end)
}

function streamFrom(first: Uint8Array, sha256: string, start: number, end: number, files: FileReader) {
  let position = start + first.length
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(first)
      if (position >= end) controller.close()
    },
    pull: async (controller) => {
      const part = await partOrWhole(sha256, position, Math.min(position + PART_BYTES, end), files)
      if (part === undefined || part.length === 0) return controller.error(new Error('the file is damaged'))
      controller.enqueue(part)
      position += part.length
      if (position >= end) controller.close()
    },
  })
}
