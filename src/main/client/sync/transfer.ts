import { z } from 'zod'
import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import { readJson, type ServerConnection } from './connection.ts'

/** A file to send. `extends` names the earlier revision, already at the server, whose bytes are its beginning. */
export interface Upload {
  readonly sha256: string
  /** In bytes. */
  readonly size: number
  /** The bytes from `start` up to `end`; undefined when they are gone. Only what is sent is read. */
  readPart(start: number, end: number): Promise<Uint8Array | undefined>
  readonly extends: { readonly sha256: string; readonly bytes: number } | null
}

const PART_BYTES = 4 * 1024 * 1024
const PART_TIMEOUT_MS = 120_000
const MOST_CORRECTIONS = 3
const MOST_BROKEN_PARTS = 3

/**
 * Sends a file and goes on where an earlier try stopped; of a revision only the appended bytes. Refuses what the
 * server refuses (file-hash-mismatch, file-too-large …), file-missing when it is no longer here, and server-unreachable.
 */
export async function upload(connection: ServerConnection, file: Upload): Promise<Outcome<null>> {
  const path = `/v1/files/${file.sha256}`
  const present = await connection.send(path, { method: 'HEAD' })
  if (!present.ok) return present
  if (present.value.status === 200) return accept(null)
  const beginning = file.extends?.bytes ?? 0
  let offset = Math.max(offsetIn(present.value) ?? 0, beginning)
  let corrections = 0

  while (offset < file.size) {
    const end = Math.min(offset + PART_BYTES, file.size)
    const part = await file.readPart(offset, end)
    if (part === undefined) return refuse('file-missing')
    const query = file.extends === null ? '' : `?extends=${file.extends.sha256}`
    const answer = await connection.send(`${path}${query}`, {
      method: 'PUT',
      headers: {
        'content-type': 'application/octet-stream',
        'content-range': `bytes ${offset}-${end - 1}/${file.size}`,
      },
      body: new Uint8Array(part),
      timeoutMs: PART_TIMEOUT_MS,
    })
    if (!answer.ok) return answer
    if (answer.value.status === 201) break
    const reached = offsetIn(answer.value)
    if (!answer.value.ok) {
      // The server may have kept more or less than this device knows of: go on from there.
      const elsewhere = reached !== undefined && reached !== offset && corrections < MOST_CORRECTIONS
      if (!elsewhere) return retryWhole(connection, file, answer.value)
      corrections += 1
      await answer.value.body?.cancel()
    } else if (reached === undefined || reached <= offset) return refuse('server-unreachable')
    offset = reached ?? offset
  }
  return accept(null)
}

function offsetIn(response: Response): number | undefined {
  const offset = Number(response.headers.get('upload-offset') ?? Number.NaN)
  return Number.isSafeInteger(offset) ? offset : undefined
}

/** A server that does not have the earlier revision, restored from an older backup say, gets the whole file. */
async function retryWhole(connection: ServerConnection, file: Upload, response: Response) {
  const refused = await refusalIn(response)
  const missing = file.extends !== null && !refused.ok && refused.refusal.code === 'file-missing'
  return missing ? upload(connection, { ...file, extends: null }) : refused
}

const refusalIn = (response: Response): Promise<Outcome<null>> => readJson(response, z.null())

/**
 * Fetches a file's bytes part by part, so that a large file comes over a slow line too; a part that breaks off is asked
 * for again. Refuses file-missing and server-unreachable; the caller checks the hash.
 */
export async function download(connection: ServerConnection, sha256: string): Promise<Outcome<Uint8Array>> {
  const parts: Uint8Array[] = []
  let offset = 0
  let total = Number.POSITIVE_INFINITY
  let broken = 0
  while (offset < total) {
    const response = await connection.send(`/v1/files/${sha256}`, {
      headers: { range: `bytes=${offset}-${offset + PART_BYTES - 1}` },
      timeoutMs: PART_TIMEOUT_MS,
    })
    if (!response.ok) return response
    if (!response.value.ok) {
      const refused = await readJson(response.value, z.never())
      return refused.ok ? refuse('file-missing') : refused
    }
    const part = await partFrom(response.value, offset)
    if (part !== undefined) {
      parts.push(part.bytes)
      offset += part.bytes.length
      total = part.total
    } else if (++broken > MOST_BROKEN_PARTS) return refuse('server-unreachable')
  }
  return accept(new Uint8Array(Buffer.concat(parts)))
}

/** The part that begins at `offset`, with the size of the whole file; undefined when it broke off or is another one. */
async function partFrom(response: Response, offset: number) {
  const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get('content-range') ?? '')
  try {
    const bytes = new Uint8Array(await response.arrayBuffer())
    const [start, total] = range ? [Number(range[1]), Number(range[2])] : [0, bytes.length]
    return start === offset && bytes.length > 0 ? { bytes, total } : undefined
  } catch {
    return undefined
  }
}
