import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { noted, type StockLetter, stock } from './stock.ts'

/** What the source is told: to make letters and to listen, or to change the newest of them. */
export type CouchOrder = { readonly count: number; readonly openEvery: number } | { readonly change: number }

/** A document: the sequence of its last change, its revisions (newest first) and its letter as JSON. */
interface Kept {
  readonly seq: number
  readonly hashes: readonly string[]
  readonly json: string
}

/**
 * A source for PouchDB's replication that costs as little as can be: it answers the few questions of CouchDB's protocol
 * from memory, checks nothing and packs nothing. Sends where it listens, and when a change is made.
 */
const letters = new Map<string, StockLetter>()
const docs = new Map<string, Kept>()
/** In the order of the last change. */
let order: [id: string, kept: Kept][] = []
let head = 0

const put = (letter: StockLetter) => {
  const id = letter.letterId
  letters.set(id, letter)
  const json = `"events":${JSON.stringify(letter.events)}`
  const hashes = [createHash('md5').update(json).digest('hex'), ...(docs.get(id)?.hashes ?? [])]
  docs.delete(id)
  head += 1
  docs.set(id, { seq: head, hashes, json })
}

process.on('message', (message) => {
  const told = message as CouchOrder
  if ('change' in told) {
    for (const letter of [...letters.values()].slice(-told.change)) put(noted(letter))
    order = [...docs]
    process.send?.({ changed: told.change })
    return
  }
  for (const letter of stock(told.count, told.openEvery)) put(letter)
  order = [...docs]
  server.listen(0, '127.0.0.1', () => {
    process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/letters` })
  })
})
process.on('disconnect', () => process.exit())

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '', 'http://x')
  const answer = (json: string, status = 200) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(json)
  }
  const body = await bodyOf(request)
  const [, , name = '', id = ''] = url.pathname.split('/')
  if (name === '') answer(JSON.stringify({ db_name: 'letters', update_seq: head, doc_count: docs.size }))
  else if (name === '_changes') {
    answer(changesAfter(Number(url.searchParams.get('since')), Number(url.searchParams.get('limit'))))
  } else if (name === '_bulk_get') {
    const asked = (JSON.parse(body) as { docs: { id: string }[] }).docs
    answer(`{"results":[${asked.map((one) => documentOf(one.id)).join(',')}]}`)
  } else if (name === '_local' && request.method === 'PUT') {
    answer(JSON.stringify({ ok: true, id: `_local/${id}`, rev: '0-1' }), 201)
  } else answer('{"error":"not_found","reason":"missing"}', 404)
})

const revisionOf = ({ hashes }: Kept) => `${hashes.length}-${hashes[0]}`

function changesAfter(since: number, limit: number): string {
  const from = order.findIndex(([, { seq }]) => seq > since)
  const part = from === -1 ? [] : order.slice(from, from + limit)
  const results = part.map(([id, kept]) => ({ seq: kept.seq, id, changes: [{ rev: revisionOf(kept) }] }))
  const last = results.at(-1)?.seq ?? head
  return JSON.stringify({ results, last_seq: last, pending: head - last })
}

function documentOf(id: string): string {
  const kept = docs.get(id)
  if (kept === undefined) return `{"id":"${id}","docs":[]}`
  const revisions = JSON.stringify({ start: kept.hashes.length, ids: kept.hashes })
  return `{"id":"${id}","docs":[{"ok":{"_id":"${id}","_rev":"${revisionOf(kept)}","_revisions":${revisions},${kept.json}}}]}`
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}
