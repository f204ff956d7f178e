import { randomUUID } from 'node:crypto'
import { loadavg } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { Caller } from '../support/bench/load/caller.ts'
import { openSessions } from '../support/bench/load/sessions.ts'
import { percentile, rounded } from '../support/bench/measure.ts'
import { databaseOf } from '../support/server/databaseOf.ts'
import { draftCommand, numberCommand, proposeCommand } from '../support/server/letters.ts'
import { minimalPdf, sha256 } from '../support/server/minimalPdf.ts'
import { startProcess, startServerProcess, temporaryFolder } from '../support/server/testServer.ts'

const CLIENTS = 64
const ROUNDS = 3
/** Numbers asked for in a round: enough for seconds of work on either side. */
const ASKED = { ours: 2048, counterFirst: 768 }
const WARM_UP = 256

/**
 * 64 clients, each asking for one number after another over HTTP, all from one register. Turn about, the same clients
 * ask a second server on the same database that differs in one thing: each command is a transaction of its own that
 * locks the counter first (see counterFirst.ts); the size of its pool makes no difference. `gapless` looks at the register that both wrote and at what was answered.
 */
export async function bench(): Promise<Readonly<Record<string, unknown>>> {
  const folder = await temporaryFolder()
  const ours = await startServerProcess(['--data', folder.path, '--sample', '--rate-limit', 'off'])
  const database = await databaseOf(folder.path)
  const script = fileURLToPath(new URL('../support/bench/load/counterFirstServer.ts', import.meta.url))
  const reference = await startProcess(script, [folder.path], { databaseUrl: database.url })
  try {
    const [author] = await openSessions(ours.url, database.url, ['somying'])
    const holders = await openSessions(ours.url, database.url, Array(CLIENTS).fill('teerawat'))
    if (!author) throw new Error('no author')
    const told: number[] = []
    const measure = async (clients: readonly Caller[], letters: number): Promise<Round> => {
      const round = await askAll(clients, await proposedLetters(author, letters))
      told.push(...round.serials)
      return round
    }
    const others = holders.map((holder) => holder.at(reference.url))
    await measure(holders, WARM_UP)
    await measure(others, WARM_UP)
    const load = loadavg()[0] ?? Number.NaN
    const own: Round[] = []
    const theirs: Round[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      own.push(await measure(holders, ASKED.ours))
      theirs.push(await measure(others, ASKED.counterFirst))
    }
    const [rate, referenceRate] = [rateOf(own), rateOf(theirs)]
    const times = own.flatMap((round) => round.times)
    const theirTimes = theirs.flatMap((round) => round.times)
    return {
      gapless: await isGapless(database.url, told),
      ratioToCounterFirst: rounded(rate / referenceRate),
      p99: rounded(percentile(times, 0.99)),
      p95: rounded(percentile(times, 0.95)),
      p50: rounded(percentile(times, 0.5)),
      rate: rounded(rate),
      referenceRate: rounded(referenceRate),
      ratios: own.map((round, index) => rounded(rateOf([round]) / rateOf(theirs.slice(index, index + 1)))),
      referenceP99: rounded(percentile(theirTimes, 0.99)),
      clients: CLIENTS,
      numbers: told.length,
      loadBefore: rounded(load),
    }
  } finally {
    await reference.stop()
    await ours.stop()
    await folder.remove()
  }
}

/** What a round of asking gave: the serials, how long each answer took in milliseconds, and all of it in seconds. */
interface Round {
  readonly serials: readonly number[]
  readonly times: readonly number[]
  readonly seconds: number
}

const rateOf = (rounds: readonly Round[]): number =>
  rounds.reduce((sum, { serials }) => sum + serials.length, 0) /
  rounds.reduce((sum, { seconds }) => sum + seconds, 0)

/** Each client asks for the number of the next letter as soon as it has the last. */
async function askAll(clients: readonly Caller[], letters: readonly string[]): Promise<Round> {
  const left = [...letters]
  const serials: number[] = []
  const times: number[] = []
  const start = performance.now()
  await Promise.all(
    clients.map(async (client) => {
      for (let letterId = left.pop(); letterId; letterId = left.pop()) {
        const asked = performance.now()
        const [result] = await client.send([numberCommand(letterId, 'deputy')])
        times.push(performance.now() - asked)
        const [event] = (result?.events ?? []) as { body: { serial: number } }[]
        if (!event) throw new Error(`no number: ${JSON.stringify(result)}`)
        serials.push(event.body.serial)
      }
    }),
  )
  return { serials, times, seconds: (performance.now() - start) / 1000 }
}

const BATCH = 32

/** Letters that wait with the deputy. */
async function proposedLetters(author: Caller, count: number): Promise<string[]> {
  const letters = Array.from({ length: count }, () => randomUUID())
  const file = minimalPdf('หนังสือขอเลข')
  const range = `bytes 0-${file.length - 1}/${file.length}`
  const headers = { 'content-type': 'application/octet-stream', 'content-range': range }
  await author.ask(`/files/${sha256(file)}`, { method: 'PUT', headers, body: file })
  for (let first = 0; first < count; first += BATCH) {
    const batch = letters.slice(first, first + BATCH)
    const results = await author.send(
      batch.flatMap((letterId) => [draftCommand(letterId, file), proposeCommand(letterId, 'deputy')]),
    )
    const refused = results.find(({ outcome }) => outcome !== 'accepted')
    if (refused) throw new Error(JSON.stringify(refused))
  }
  // What preparing left to do, such as writing pages back, is not to be measured.
  await wait(500)
  return letters
}

/** Whether the register has 1 to n, and each was answered once. */
async function isGapless(databaseUrl: string, told: readonly number[]): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ serial: number }>(
      'select serial from register_entry order by serial',
    )
    const answered = [...told].sort((one, other) => one - other)
    return (
      rows.length === told.length &&
      rows.every(({ serial }, at) => serial === at + 1 && serial === answered[at])
    )
  } finally {
    await client.end()
  }
}
