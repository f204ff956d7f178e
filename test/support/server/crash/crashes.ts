import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openSessions } from '../../bench/load/sessions.ts'
import { databaseOf } from '../databaseOf.ts'
import { minimalPdf, sha256 } from '../minimalPdf.ts'
import { put } from '../testClient.ts'
import { type ServerProcess, startProcess } from '../testServer.ts'
import { contradictions } from './truth.ts'
import { emptyView } from './view.ts'
import { carryOut, type Sending, writeUntilGone } from './writers.ts'

/** What is killed, as a power cut or the kernel's want of memory would. */
const kinds = ['server', 'database', 'server', 'both'] as const
const WRITERS = 16
const readers = ['somying', 'teerawat', 'kamonchanok', 'prawit', 'orauma'] as const
/** How long the server may need to answer again. */
const PATIENCE_MS = 60_000

/** What came of many crashes. */
export interface Crashes {
  readonly kills: Readonly<Record<(typeof kinds)[number], number>>
  /** Commands that were acknowledged, and those that the crash left without an answer. */
  readonly acknowledged: number
  readonly unanswered: number
  /** From each kill to the first command that is answered again, in milliseconds. */
  readonly recoveries: readonly number[]
  /** What was found to be wrong after the first crash that left something wrong. */
  readonly faults: readonly string[]
}

const entry = fileURLToPath(new URL('../serverEntry.ts', import.meta.url))
const start = (folder: string): Promise<ServerProcess> =>
  startProcess(entry, ['--data', folder, '--sample', '--rate-limit', 'off', '--json'], { quiet: true })

/**
 * Kills the server in `folder`, its database, or both, `count` times while sixteen writers and five readers are at
 * work; after each kill what was left without an answer is sent again and everything is looked at. Stops at the first
 * fault. `each` is called after every round that left nothing wrong.
 */
export async function crashUnderLoad(
  folder: string,
  count: number,
  each: (round: number) => Promise<void> = async () => undefined,
): Promise<Crashes> {
  const file = minimalPdf('หนังสือในวันที่ไฟดับ')
  const sent: Sending[] = []
  const views = readers.map(emptyView)
  const kills = { server: 0, database: 0, both: 0 }
  const recoveries: number[] = []
  let unanswered = 0
  let faults: string[] = []
  let server = await start(folder)
  try {
    for (let round = 0; round < count && faults.length === 0; round += 1) {
      const database = await databaseOf(folder)
      const callers = await openSessions(server.url, database.url, readers)
      const [author, deputy] = callers as [(typeof callers)[number], (typeof callers)[number]]
      if (round === 0) {
        const { method, headers } = put(file, 0, file.length)
        const parts = { method: String(method), headers: headers as Record<string, string>, body: file }
        await author.ask(`/files/${sha256(file)}`, parts)
      }
      const before = sent.length
      let reading = true
      const work = Array.from({ length: WRITERS }, () => writeUntilGone({ author, deputy }, file, sent))
      const pulling = views.map(async (view, index) => {
        const caller = callers[index]
        while (reading && caller) await view.pull(caller).catch(() => wait(20))
      })
      while (sent.length < before + 40 + 10 * (round % 5)) await wait(2)
      await wait((round * 37) % 60)

      const kind = kinds[round % kinds.length] ?? 'server'
      const killed = performance.now()
      if (kind !== 'server') process.kill(database.pid, 'SIGKILL')
      if (kind !== 'database') await server.kill()
      reading = false
      if (kind !== 'database') server = await start(folder)
      await Promise.all([...work, ...pulling])
      kills[kind] += 1

      // The sessions outlive the crash; only the server's address is another.
      const again = callers.map((caller) => caller.at(server.url))
      const [authorAgain, deputyAgain] = again as [(typeof again)[number], (typeof again)[number]]
      const open = sent.filter(({ events }) => events === undefined)
      unanswered += open.length
      for (const [index, sending] of open.entries()) {
        await untilAnswered(() => carryOut(sending, { author: authorAgain, deputy: deputyAgain }))
        if (index === 0) recoveries.push(performance.now() - killed)
      }
      for (const [index, view] of views.entries()) {
        const caller = again[index]
        if (caller) await untilAnswered(() => view.pull(caller))
      }
      faults = await contradictions((await databaseOf(folder)).url, { sent, views })
      if (faults.length === 0) await each(round)
    }
    return { kills, acknowledged: sent.length, unanswered, recoveries, faults }
  } finally {
    await server.stop()
  }
}

/** Tries until the server answers; throws what it says in the end. */
async function untilAnswered(ask: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (performance.now() > deadline) throw error
      await wait(50)
    }
  }
}
