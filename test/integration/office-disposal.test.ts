import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type KeptServer, openKept } from '../../src/server/keeping/openKept.ts'
import { rebuildProjections } from '../../src/server/keeping/rebuild.ts'
import { removeFiles } from '../../src/server/office/removeFiles.ts'
import type { RunningServer } from '../../src/server/start.ts'
import type { OfficeCommandBody } from '../../src/shared/contract/office.ts'
import {
  candidatesSchema,
  disposalListSchema,
  disposalSchema,
} from '../../src/shared/contract/officeViews.ts'
import { ordinaryFacts } from '../../src/shared/domain/asked.ts'
import { minimalPdf, sha256 } from '../support/server/minimalPdf.ts'
import {
  acceptedByOffice,
  acceptedEvents,
  command,
  officeCommand,
  refusedCode,
  signInTo,
  type TestClient,
} from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let server: RunningServer & { readonly dataFolder: string }
let kept: KeptServer
let now = new Date('2026-11-23T03:00:00.000Z')
let registry: TestClient
let head: TestClient
let committee: TestClient[]
let destroyedId = ''

beforeAll(async () => {
  server = await startTestServer({ clock: () => now })
  const opened = await openKept({ dataFolder: server.dataFolder, databaseUrl: server.databaseUrl })
  if (!opened.ok) throw new Error(opened.refusal.code)
  kept = opened.value
  await everyone()
})
afterAll(async () => {
  await kept?.close()
  await server?.stop()
})

async function everyone() {
  const people = ['pimjai', 'prawit', 'wanwipa', 'surachai', 'orauma']
  const clients = await Promise.all(people.map((person) => signInTo(server.url, person)))
  const [first, second, ...others] = clients as [TestClient, TestClient, ...TestClient[]]
  ;[registry, head, committee] = [first, second, others]
}

/** A letter of 2569 in keeping, with its file; `bytes` are the file's where it shares it with another letter. */
async function storedLetter(classId = 'routine', bytes?: Uint8Array) {
  const letterId = randomUUID()
  const file = bytes ?? minimalPdf(letterId)
  await registry.upload(file)
  const revision = { sha256: sha256(file), bytes: file.length, extends: null }
  const results = await registry.send(
    command(letterId, {
      ...ordinaryFacts,
      ...{ type: 'register', kind: 'external', subject: 'ขอเชิญประชุม', addressee: 'เลขาธิการ' },
      ...{ unitId: 'registry', registerId: 'receive-registry', way: 'post', paperAt: '', defect: '' },
      sender: { from: 'กรมบัญชีกลาง', agencyId: null, number: `กค 0402/${letterId}`, date: '2026-11-20' },
      ...{ arrivedAt: '2026-11-23T02:00:00.000Z', despiteDuplicate: false, exchangeItemId: null },
      file: { fileName: 'หนังสือ.pdf', pageCount: 1, revision },
    }),
    command(letterId, { type: 'store', classId, place: 'ตู้ 1' }),
  )
  for (const result of results) acceptedEvents(result)
  return { letterId, file, sha256: sha256(file) }
}

const asked = async (client: TestClient, body: OfficeCommandBody) => {
  const [result] = await client.office(officeCommand(body))
  return result
}
const done = async (client: TestClient, body: OfficeCommandBody) =>
  acceptedByOffice(await asked(client, body))

const detail = async (id: string) =>
  disposalSchema.parse(await (await registry.request(`/disposals/${id}`)).json())

/** Waits for what the server does by itself. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let times = 0; times < 100; times += 1) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('it did not come about')
}

test('ข้อ 66–70: list, committee, views, head, Archives; then what is left over is destroyed, its tombstone stays', async () => {
  const shared = minimalPdf('ไฟล์ที่อีกเรื่องยังใช้')
  const [first, second, third, wanted] = [
    await storedLetter(),
    await storedLetter('routine', shared),
    await storedLetter(),
    await storedLetter(),
  ]
  destroyedId = first.letterId
  const lasting = await storedLetter('general', shared)
  now = new Date('2028-01-10T03:00:00.000Z')
  await everyone()

  const answer = await registry.request('/disposals/candidates?unitId=registry')
  const candidates = candidatesSchema.parse(await answer.json())
  const ids = [first, second, third, wanted].map(({ letterId }) => letterId)
  expect(candidates.letters.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
  expect(candidates).toMatchObject({ surveyDue: '2028-02-29', archivesDue: '2028-01-31' })
  expect((await head.request('/disposals/candidates?unitId=registry')).status).toBe(403)

  const disposalId = randomUUID()
  const list = { type: 'list-expired' as const, disposalId, unitId: 'registry', year: 2571 }
  const tooMuch = await asked(registry, { ...list, letterIds: [...ids, lasting.letterId] })
  expect(refusedCode(tooMuch)).toBe('disposal-letter-unfit')
  await done(registry, { ...list, letterIds: ids })
  const members = committee.map(({ personId }) => personId)
  await done(head, {
    ...{ type: 'appoint-committee', disposalId, positionId: 'secretary-general' },
    ...{ chair: members[0] ?? '', members: members.slice(1) },
  })
  const [chair, one, other] = committee as [TestClient, TestClient, TestClient]
  await done(chair, { type: 'give-view', disposalId, keep: [], note: '' })
  await done(one, { type: 'give-view', disposalId, keep: [third.letterId], note: 'ยังใช้อ้างอิง' })
  const approval = {
    ...{ type: 'approve-disposal' as const, disposalId, positionId: 'secretary-general', note: 'เห็นชอบ' },
  }
  expect(refusedCode(await asked(head, approval))).toBe('disposal-stage')
  await done(other, { type: 'give-view', disposalId, keep: [], note: '' })
  await done(head, approval)
  const carryOut = { type: 'carry-out' as const, disposalId, note: '' }
  expect(refusedCode(await asked(chair, carryOut))).toBe('archives-still-waiting')
  await done(registry, {
    ...{ type: 'record-archives-answer', disposalId, wanted: [wanted.letterId], note: 'จดหมายเหตุรับไว้' },
  })
  await done(chair, carryOut)

  await until(async () => (await detail(disposalId)).letters.filter(({ gone }) => gone !== null).length === 3)
  const { letters, stage } = await detail(disposalId)
  expect(stage).toBe('carried-out')
  const fate = (id: string) => letters.find((letter) => letter.id === id)?.gone
  expect(ids.map(fate)).toEqual(['destroyed', 'destroyed', null, 'handed-to-archives'])
  // The tombstone keeps its number, and nobody gets the content any more through the letter.
  expect(letters.every(({ number }) => number !== '')).toBe(true)

  // The content goes in two looks, of which the server may have taken one; what another letter has stays.
  for (let look = 0; look < 2; look += 1) await removeFiles(kept, now)
  expect(await removeFiles(kept, now)).toBe(0)
  for (const gone of [first, wanted]) {
    expect(await kept.store.size(gone.sha256)).toBeUndefined()
    expect((await registry.request(`/files/${gone.sha256}`)).status).toBe(404)
  }
  for (const there of [second, third, lasting]) {
    expect(await kept.store.size(there.sha256)).toBe(there.file.length)
  }
  expect(await rebuildProjections(kept.database, () => undefined)).toMatchObject({ mended: {} })
})

test('what somebody brought lately stays, although the letter that had it is gone', async () => {
  // The file of the first letter that was destroyed.
  const again = minimalPdf(destroyedId)
  await registry.upload(again)
  await kept.database
    .updateTable('fileUploader')
    .set({ broughtAt: now })
    .where('sha256', '=', sha256(again))
    .execute()
  for (let look = 0; look < 3; look += 1) expect(await removeFiles(kept, now)).toBe(0)
  expect(await kept.store.size(sha256(again))).toBe(again.length)
})

test('a disposal is seen by those who take part in it', async () => {
  const list = async (client: TestClient) =>
    disposalListSchema.parse(await (await client.request('/disposals')).json()).disposals
  for (const client of [registry, head, ...committee]) expect(await list(client)).toHaveLength(1)
  const stranger = await signInTo(server.url, 'somying')
  expect(await list(stranger)).toEqual([])
  const [found] = await list(registry)
  expect((await stranger.request(`/disposals/${found?.id}`)).status).toBe(404)
  expect((await stranger.request(`/office/log?stream=disposal:${found?.id}`)).status).toBe(404)
  expect((await head.request(`/office/log?stream=disposal:${found?.id}`)).status).toBe(200)
})
