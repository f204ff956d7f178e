import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connect } from '../../src/server/database/connect.ts'
import { rounded } from '../support/bench/measure.ts'
import type { OurReader } from '../support/bench/sync/ourReader.ts'
import type { PouchReader } from '../support/bench/sync/pouchReader.ts'
import type { PullReport } from '../support/bench/sync/reader.ts'
import { noteStock, putStock, type StockLetter, stock } from '../support/bench/sync/stock.ts'
import { databaseOf } from '../support/server/databaseOf.ts'
import { startServerProcess, temporaryFolder } from '../support/server/testServer.ts'

const LETTERS = Number(process.env.BENCH_LETTERS ?? 100_000)
const CHANGES = 1000
const OPEN_EVERY = 400

const couch = fileURLToPath(new URL('../support/bench/sync/couch.ts', import.meta.url))
const ourReader = fileURLToPath(new URL('../support/bench/sync/ourReader.ts', import.meta.url))
const pouchReader = fileURLToPath(new URL('../support/bench/sync/pouchReader.ts', import.meta.url))

/**
 * The first sync of a deputy's new device, 100,000 letters, one in 400 of them in the in-tray; then 1,000 changes. Ours
 * is the whole way: PostgreSQL, the server, HTTP, and the client's encrypted store in its worker, with the search
 * index built beside it. PouchDB 9 replicates the same letters as documents from a source that has them in memory, to
 * LevelDB, unencrypted and not indexed. Each reader is a process of its own; memory is what it has above its idle state.
 */
export async function bench(): Promise<Readonly<Record<string, unknown>>> {
  const folder = await mkdtemp(join(tmpdir(), 'saraban-bench-'))
  try {
    const ours = await measureOurs(folder)
    const pouch = await measurePouch(folder)
    return {
      usableSeconds: rounded(ours.first.usableSeconds),
      ratioToPouchDb: rounded(pouch.first.seconds / ours.first.seconds),
      incrementalRatioToPouchDb: rounded(pouch.changes.seconds / ours.changes.seconds),
      memoryToPouchDb: rounded(ours.changes.peak / pouch.changes.peak),
      wholeSeconds: rounded(ours.first.seconds),
      lettersPerSecond: rounded(LETTERS / ours.first.seconds),
      incrementalMs: rounded(ours.changes.seconds * 1000),
      cpuSeconds: rounded(ours.first.cpuSeconds),
      pouchCpuSeconds: rounded(pouch.first.cpuSeconds),
      memoryMb: rounded(ours.changes.peak / 1e6),
      pouchSeconds: rounded(pouch.first.seconds),
      pouchDocumentsPerSecond: rounded(LETTERS / pouch.first.seconds),
      pouchIncrementalMs: rounded(pouch.changes.seconds * 1000),
      pouchMemoryMb: rounded(pouch.changes.peak / 1e6),
      letters: ours.first.count,
      pouchDocuments: pouch.first.count,
      load: ours.load,
      pouchLoad: pouch.load,
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Both pulls of one side; `load` is the machine's when they began. */
interface Measured {
  readonly first: PullReport
  readonly changes: PullReport
  readonly load: number
}

async function measureOurs(folder: string): Promise<Measured> {
  const data = await temporaryFolder()
  const server = await startServerProcess(['--data', data.path, '--sample', '--rate-limit', 'off'])
  const database = connect((await databaseOf(data.path)).url, () => undefined)
  try {
    const newest: StockLetter[] = []
    await putStock(database.kysely, kept(stock(LETTERS, OPEN_EVERY), newest))
    const input = {
      serverUrl: server.url,
      path: join(folder, 'store.db'),
      inTray: Math.ceil(LETTERS / OPEN_EVERY),
    }
    return await measure(ourReader, input satisfies OurReader, () => noteStock(database.kysely, newest))
  } finally {
    await database.end()
    await server.stop()
    await data.remove()
  }
}

/** Passes letters on and keeps the last of them. */
function* kept(letters: Iterable<StockLetter>, newest: StockLetter[]): Generator<StockLetter> {
  for (const letter of letters) {
    newest.push(letter)
    if (newest.length > CHANGES) newest.shift()
    yield letter
  }
}

async function measurePouch(folder: string): Promise<Measured> {
  const source = fork(couch)
  try {
    const { url } = await ask<{ url: string }>(source, { count: LETTERS, openEvery: OPEN_EVERY })
    const input = { source: url, path: join(folder, 'pouch') }
    return await measure(pouchReader, input satisfies PouchReader, () => ask(source, { change: CHANGES }))
  } finally {
    source.disconnect()
  }
}

async function measure(script: string, input: object, change: () => Promise<unknown>): Promise<Measured> {
  const reader = fork(script, { execArgv: ['--expose-gc', '--max-old-space-size=4096'] })
  try {
    await ask(reader, input)
    const load = rounded(loadavg()[0] ?? Number.NaN)
    const first = await ask<PullReport>(reader, 'pull')
    await change()
    const changes = await ask<PullReport>(reader, 'pull')
    return { first, changes, load }
  } finally {
    reader.send('end')
    await once(reader, 'exit')
  }
}

async function ask<Answer>(child: ChildProcess, message: object | string): Promise<Answer> {
  child.send(message)
  const [answer] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`a child ended with ${code}`))),
  ])
  return answer as Answer
}
