import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { draftCommand, proposeCommand } from '../support/server/letters.ts'
import { minimalPdf } from '../support/server/minimalPdf.ts'
import { acceptedEvents, signInTo } from '../support/server/testClient.ts'
import { type ServerProcess, startServerProcess, temporaryFolder } from '../support/server/testServer.ts'

const file = minimalPdf('หนังสือในวันที่ไฟดับ')
let running: ServerProcess | undefined
let folder: Awaited<ReturnType<typeof temporaryFolder>>

beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(async () => {
  await running?.stop()
  await folder?.remove()
})

/** The server of the shared folder; started where it is not running. */
const serving = async (): Promise<ServerProcess> => {
  running ??= await startServerProcess(['--data', folder.path, '--sample'])
  return running
}
/** Kills the server as a power cut would, and starts it again on the same folder. */
const killAndRestart = async (): Promise<ServerProcess> => {
  await running?.kill()
  running = undefined
  return serving()
}

/** Lines of PostgreSQL's postmaster.pid: pid, folder, start time, port, … */
const postmasterFile = async (): Promise<string[]> =>
  (await readFile(join(folder.path, 'database/cluster/postmaster.pid'), 'utf8')).split('\n')
const postmaster = async (): Promise<number> => Number((await postmasterFile())[0])

test('a server whose database was killed with it starts again on the same folder', async () => {
  const first = await serving()
  const author = await signInTo(first.url, 'somying')
  await author.upload(file)
  const letterId = randomUUID()
  const draft = draftCommand(letterId, file)
  const [told] = await author.send(draft)
  const pid = await postmaster()
  first.process.kill('SIGKILL')
  process.kill(pid, 'SIGKILL')

  const second = await killAndRestart()
  const again = await signInTo(second.url, 'somying')
  expect((await again.send(draft))[0]).toEqual(told)
})

test('a database that dies under a running server is brought back by it, and work goes on', async () => {
  const server = await serving()
  const author = await signInTo(server.url, 'somying')
  const letterId = randomUUID()
  const draft = draftCommand(letterId, file)
  const [told] = await author.send(draft)
  const pid = await postmaster()
  process.kill(pid, 'SIGKILL')

  await expect.poll(() => postmaster().catch(() => pid), { timeout: 60_000 }).not.toBe(pid)
  const propose = proposeCommand(letterId, 'deputy')
  const send = () => author.send(draft, propose).catch(() => undefined)
  let results = await send()
  while (!results) {
    await wait(200)
    results = await send()
  }
  expect(results[0]).toEqual(told)
  acceptedEvents(results[1])
})

test('a server that is asked to stop ends with 0 and takes its database with it', async () => {
  const server = await serving()
  const port = Number((await postmasterFile())[3])
  expect(await answers(port)).toBe(true)
  expect(await server.stop()).toBe(0)
  running = undefined
  expect(await answers(port)).toBe(false)
})

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
