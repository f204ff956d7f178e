import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import type { LetterEvent } from '../../src/shared/contract/letter.ts'
import { type AudienceToken, audienceOf, tokensOf } from '../../src/shared/domain/audience.ts'
import { directoryOf } from '../../src/shared/domain/organisation.ts'
import { type Act, busyOffice } from '../support/bench/load/office.ts'
import { type Reader, startReader } from '../support/bench/load/reader.ts'
import { openSessions } from '../support/bench/load/sessions.ts'
import { putOrganisation, staffed } from '../support/bench/load/staffed.ts'
import { percentile, rounded, slope } from '../support/bench/measure.ts'
import { databaseOf } from '../support/server/databaseOf.ts'
import { sha256 } from '../support/server/minimalPdf.ts'
import { put } from '../support/server/testClient.ts'
import { startServerProcess, temporaryFolder } from '../support/server/testServer.ts'

const CLIENTS = 200
const PEOPLE = 60
const COMMANDS_PER_SECOND = 50
const WARM_UP_SECONDS = 10
const SECONDS = Number(process.env.BENCH_SECONDS ?? 60)
/** What arrives later than this after the last command counts as missing. */
const PATIENCE_MS = 10_000

/**
 * 200 connected clients of 60 people, told of news by server-sent events and pulling their feeds then, while the office
 * does 50 things a second for a minute: the load comes evenly, whether the server keeps up or not. A command's time
 * runs from the moment it was due; the lag of an event at a client from the answer to its sender until the client has
 * it. Slopes are least squares over the minute, in milliseconds and megabytes a second; a lag within 2 ms a second of
 * flat is flat. What clients should have and have not is `missing`.
 */
export async function bench(): Promise<Readonly<Record<string, unknown>>> {
  const folder = await temporaryFolder()
  const server = await startServerProcess(['--data', folder.path, '--sample', '--rate-limit', 'off'])
  const readers: Reader[] = []
  try {
    const database = await databaseOf(folder.path)
    const organisation = staffed(PEOPLE)
    await putOrganisation(database.url, organisation)
    const people = Array.from(
      { length: CLIENTS },
      (_, index) => organisation.people[index % organisation.people.length]?.id ?? '',
    )
    const callers = await openSessions(server.url, database.url, people)
    for (const caller of callers) readers.push(startReader(caller, 0))
    await wait(1000)

    const office = busyOffice(organisation)
    const sent: Sent[] = []
    const failures: string[] = []
    const pid = server.process.pid ?? 0
    const memory: [seconds: number, megabytes: number][] = []
    const begin = performance.now()
    const secondsAt = (moment: number) => (moment - begin) / 1000 - WARM_UP_SECONDS
    const watch = setInterval(() => memory.push([secondsAt(performance.now()), residentMb(pid)]), 1000)
    const carryOut = async (act: Act, due: number) => {
      const mine = readers.filter(({ caller }) => caller.personId === act.personId)
      const reader = mine[sent.length % mine.length] as Reader
      let from = due
      if (act.file) {
        const { method, headers } = put(act.file, 0, act.file.length)
        const parts = { method: String(method), headers: headers as Record<string, string>, body: act.file }
        await reader.caller.ask(`/files/${sha256(act.file)}`, parts)
        from = performance.now()
      }
      const [result] = await reader.caller.send([act.command])
      const answered = performance.now()
      if (result?.outcome !== 'accepted') throw new Error(JSON.stringify([act.command.body.type, result]))
      reader.pull()
      const events = result.events as LetterEvent[]
      sent.push({
        due,
        took: answered - from,
        answered,
        events,
        audience: audienceOf(office.done(act, events)),
      })
    }
    let started = { server: 0, database: 0, own: 0, pulls: 0, at: 0 }
    const total = (WARM_UP_SECONDS + SECONDS) * COMMANDS_PER_SECOND
    const work: Promise<void>[] = []
    const late: number[] = []
    for (let turn = 0; turn < total; turn += 1) {
      if (turn === WARM_UP_SECONDS * COMMANDS_PER_SECOND) {
        started = { ...usedBy(pid, database.pid), pulls: pullsOf(readers), at: performance.now() }
      }
      const due = begin + (turn * 1000) / COMMANDS_PER_SECOND
      await wait(Math.max(0, due - performance.now()))
      late.push(performance.now() - due)
      work.push(carryOut(office.next(), due).catch((error) => void failures.push(String(error))))
    }
    const load = loadavg()[0] ?? Number.NaN
    const used = usedBy(pid, database.pid)
    const seconds = (performance.now() - started.at) / 1000
    const pullRate = (pullsOf(readers) - started.pulls) / seconds
    await Promise.all(work)
    clearInterval(watch)
    const counted = sent.filter(({ due }) => secondsAt(due) >= 0)
    const directory = directoryOf(organisation)
    const tokens = new Map(
      organisation.people.map(({ id }) => [id, tokensOf(id, directory, new Date().toISOString())]),
    )
    const lagsOf = (one: Sent) => lags(one, readers, tokens)
    const deadline = performance.now() + PATIENCE_MS
    while (performance.now() < deadline && counted.some((one) => lagsOf(one).includes(Number.NaN)))
      await wait(200)

    const all = counted.map((one) => ({ at: secondsAt(one.due), lags: lagsOf(one) }))
    const arrived = all.flatMap((one) => one.lags).filter((lag) => !Number.isNaN(lag))
    const took = counted.map((one) => one.took)
    const means = all.map(
      ({ at, lags }) => [at, lags.reduce((sum, lag) => sum + lag, 0) / lags.length] as const,
    )
    const settled = memory.filter(([at]) => at >= 0)
    return {
      commandP99: rounded(percentile(took, 0.99)),
      pushLagP99: rounded(percentile(arrived, 0.99)),
      lagSlope: rounded(slope(means)),
      memorySlope: rounded(slope(settled)),
      commandP50: rounded(percentile(took, 0.5)),
      commandP95: rounded(percentile(took, 0.95)),
      pushLagP50: rounded(percentile(arrived, 0.5)),
      pushLagP95: rounded(percentile(arrived, 0.95)),
      pushLagMax: rounded(arrived.reduce((most, lag) => Math.max(most, lag), 0)),
      memoryMb: [settled[0]?.[1], settled.at(-1)?.[1]],
      commandsPerSecond: rounded(counted.length / SECONDS),
      failed: failures.length,
      ...(failures[0] && { firstFailure: failures[0] }),
      deliveries: arrived.length,
      missing: all.flatMap((one) => one.lags).length - arrived.length,
      pullsPerSecond: rounded(pullRate),
      // Parts of a processor that each took.
      serverBusy: rounded((used.server - started.server) / seconds),
      databaseBusy: rounded((used.database - started.database) / seconds),
      loadGeneratorBusy: rounded((used.own - started.own) / seconds),
      // How late the load itself came, for want of a processor.
      loadLateP99: rounded(percentile(late, 0.99)),
      clients: CLIENTS,
      people: organisation.people.length,
      load: rounded(load),
    }
  } finally {
    await Promise.all(readers.map((reader) => reader.stop().catch(() => undefined)))
    await server.stop()
    await folder.remove()
  }
}

/** A command that was accepted; times in milliseconds. */
interface Sent {
  readonly due: number
  readonly took: number
  readonly answered: number
  readonly events: readonly LetterEvent[]
  /** Who may see the letter after it. */
  readonly audience: readonly AudienceToken[]
}

/** How long after the answer each client that may see it had the last event of a command; NaN where it has not. */
function lags(
  { answered, events, audience }: Sent,
  readers: readonly Reader[],
  tokens: ReadonlyMap<string, readonly AudienceToken[]>,
): number[] {
  const last = events.at(-1)
  if (!last) return []
  return readers
    .filter(({ caller }) => tokens.get(caller.personId)?.some((token) => audience.includes(token)))
    .map((reader) => Math.max(0, (reader.arrivedAt(last) ?? Number.NaN) - answered))
}

/** Processor time that each has used so far, in seconds. */
const usedBy = (server: number, postmaster: number) => ({
  server: processorSeconds(server),
  database: databaseSeconds(postmaster),
  own: processorSeconds(process.pid),
})

const pullsOf = (readers: readonly Reader[]): number => readers.reduce((sum, one) => sum + one.pulls(), 0)

function residentMb(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}

/** Processor time that PostgreSQL has used, with every process of its own that still runs. */
function databaseSeconds(postmaster: number): number {
  const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'latin1').trim().split(' ')
  return [postmaster, ...children.map(Number)].reduce((sum, pid) => sum + processorSeconds(pid), 0)
}

/** Processor time that a process has used (proc(5): utime and stime, in hundredths of a second). */
function processorSeconds(pid: number): number {
  const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')
  const fields = after.split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
