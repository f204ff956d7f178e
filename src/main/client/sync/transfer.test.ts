import { expect, test } from 'vitest'
import { accept } from '../../../shared/outcome.ts'
import type { ServerConnection } from './connection.ts'
import { download, upload } from './transfer.ts'

const file = new Uint8Array(10_000_000).map((_, index) => (index * 7) % 251)

/** A server that honours ranges and whose `breaks` first answers break off in the middle; tells what was asked. */
function server(breaks: number) {
  const asked: string[] = []
  const send: ServerConnection['send'] = async (_, { headers }) => {
    const range = headers?.range ?? ''
    asked.push(range)
    const [start = 0, last = 0] = range.slice(6).split('-').map(Number)
    const end = Math.min(last, file.length - 1)
    const breaksOff = asked.length > 1 && asked.length <= 1 + breaks
    const body = new ReadableStream({
      start: (stream) => {
        stream.enqueue(file.slice(start, breaksOff ? start + 1000 : end + 1))
        if (breaksOff) stream.error(new TypeError('terminated'))
        else stream.close()
      },
    })
    return accept(
      new Response(body, {
        status: 206,
        headers: { 'content-range': `bytes ${start}-${end}/${file.length}` },
      }),
    )
  }
  return { asked, connection: { send } as unknown as ServerConnection }
}

test('a large file comes in parts, and a part that broke off is asked for again, not the whole file', async () => {
  const { asked, connection } = server(2)
  const got = await download(connection, 'a'.repeat(64))
  expect(got.ok && Buffer.compare(got.value, file)).toBe(0)
  const starts = asked.map((range) => Number(/\d+/.exec(range)?.[0]))
  expect(starts).toEqual([0, 4_194_304, 4_194_304, 4_194_304, 8_388_608])
})

test('a line that always breaks is given up, to be tried again later', async () => {
  const { connection } = server(Number.POSITIVE_INFINITY)
  expect(await download(connection, 'a'.repeat(64))).toMatchObject({
    refusal: { code: 'server-unreachable' },
  })
})

test('of a signed revision only what was appended is read and sent', async () => {
  const base = 9_990_000
  const sent: string[] = []
  const read: number[] = []
  const send: ServerConnection['send'] = async (path, { method, headers }) => {
    if (method === 'HEAD') return accept(new Response(null, { status: 404 }))
    sent.push(`${path} ${headers?.['content-range']}`)
    return accept(new Response(null, { status: 201 }))
  }
  const sha256 = 'b'.repeat(64)
  const outcome = await upload({ send } as unknown as ServerConnection, {
    sha256,
    size: file.length,
    readPart: async (start, end) => {
      read.push(end - start)
      return file.subarray(start, end)
    },
    extends: { sha256: 'a'.repeat(64), bytes: base },
  })
  expect(outcome.ok).toBe(true)
  expect(read).toEqual([10_000])
  expect(sent).toEqual([`/v1/files/${sha256}?extends=${'a'.repeat(64)} bytes 9990000-9999999/10000000`])
})

test('a file that is gone is said to be missing', async () => {
  const send = async () => accept(new Response(null, { status: 404 }))
  const gone = { sha256: 'b'.repeat(64), size: 10, readPart: async () => undefined, extends: null }
  expect(await upload({ send } as unknown as ServerConnection, gone)).toMatchObject({
    refusal: { code: 'file-missing' },
  })
})
