import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkKept } from '../../src/server/keeping/check.ts'
import type { Finding } from '../../src/server/keeping/findings.ts'
import { type KeptServer, openKept } from '../../src/server/keeping/openKept.ts'
import { loadSampleLetters } from '../../src/server/sample/load.ts'
import type { RunningServer } from '../../src/server/start.ts'
import { foldLetter } from '../../src/shared/domain/evolve.ts'
import { currentRevision, openLeg } from '../../src/shared/domain/letter.ts'
import { proposedLetter } from '../support/server/letters.ts'
import { signInTo, type TestClient } from '../support/server/testClient.ts'
import { startServerProcess, startTestServer, temporaryFolder } from '../support/server/testServer.ts'

const LETTERS = 2000

let server: RunningServer & { readonly dataFolder: string }
let kept: KeptServer

beforeAll(async () => {
  server = await startTestServer({
    sampleLetters: { letters: LETTERS, seed: 1, refused: ({ code }) => expect.fail(code) },
  })
  const opened = await openKept({ dataFolder: server.dataFolder, databaseUrl: server.databaseUrl })
  if (!opened.ok) throw new Error(opened.refusal.code)
  kept = opened.value
})
afterAll(async () => {
  await kept?.close()
  await server?.stop()
})

/** The letters that a person's client would have after its first sync. */
async function lettersOf(client: TestClient) {
  const logs = Map.groupBy(
    (await client.wholeFeed()).flatMap((entry) => (entry.kind === 'events' ? entry.events : [])),
    ({ letterId }) => letterId,
  )
  return [...logs.values()].flatMap((log) => {
    const byVersion = new Map(log.map((event) => [event.version, event]))
    return foldLetter([...byVersion.values()].sort((one, other) => one.version - other.version)) ?? []
  })
}

test('a loaded year has nothing to be found: logs, projections, registers, feed and files agree', async () => {
  const found: Finding[] = []
  const checked = await checkKept(kept, { fast: false }, (finding) => found.push(finding))
  expect(found).toEqual([])
  expect(checked.letters).toBe(LETTERS)
  expect(checked.feed).toBeGreaterThan(LETTERS)
  expect(checked.files).toBeGreaterThan(5)
})

test('executives find letters in their trays, and the letters open', async () => {
  for (const [personId, positionId] of [
    ['teerawat', 'deputy'],
    ['prawit', 'secretary-general'],
  ] as const) {
    const client = await signInTo(server.url, personId)
    const tray = (await lettersOf(client)).filter((letter) => openLeg(letter)?.to === positionId)
    expect(tray.length, personId).toBeGreaterThan(0)
    const revision = currentRevision(tray[0] ?? expect.fail('the tray is empty'))
    const file = await client.request(`/files/${revision?.sha256}`)
    expect(
      Buffer.from(await file.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
  }
})

test('work goes on after it: the next letter gets the next number', async () => {
  const staff = await signInTo(server.url, 'somying')
  const deputy = await signInTo(server.url, 'teerawat')
  const counter = () =>
    kept.database
      .selectFrom('registerCounter')
      .selectAll()
      .where('registerId', '=', 'send-fund')
      .orderBy('buddhistYear', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
  const { lastSerial } = await counter()
  expect(lastSerial).toBeGreaterThan(10)
  const letter = await proposedLetter(staff, 'deputy')
  const [answer] = await deputy.send({
    id: crypto.randomUUID(),
    letterId: letter.letterId,
    positionId: 'deputy',
    clientTime: new Date().toISOString(),
    body: { type: 'bind-number' },
  })
  expect(answer?.outcome).toBe('accepted')
  expect((await counter()).lastSerial).toBe(lastSerial + 1)
})

test('saraban server loads them too', async () => {
  const folder = await temporaryFolder()
  const program = await startServerProcess(['--data', folder.path, '--sample-letters', '30', '--seed', '5'])
  const registry = await signInTo(program.url, 'pimjai')
  expect((await lettersOf(registry)).length).toBeGreaterThan(0)
  expect(await program.stop()).toBe(0)
  await folder.remove()
})

test('it is loaded once, and never into another organisation', async () => {
  const again = await loadSampleLetters(kept, { letters: 10, seed: 2 }, new Date().toISOString())
  expect(again).toEqual({ ok: true, value: 0 })
  const { organisation } = await kept.database
    .selectFrom('organisation')
    .select('organisation')
    .executeTakeFirstOrThrow()
  const change = (name: string) =>
    kept.database
      .updateTable('organisation')
      .set({ organisation: JSON.stringify({ ...organisation, name }) })
      .execute()
  await change('สำนักงานอื่น')
  const refused = await loadSampleLetters(kept, { letters: 10, seed: 2 }, new Date().toISOString())
  await change(organisation.name)
  expect(refused).toMatchObject({ ok: false, refusal: { code: 'sample-organisation-differs' } })
})
