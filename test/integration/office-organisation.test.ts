import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningServer } from '../../src/server/start.ts'
import type { OfficeCommandBody } from '../../src/shared/contract/office.ts'
import { officeLogSchema } from '../../src/shared/contract/officeViews.ts'
import { organisationSchema } from '../../src/shared/contract/organisation.ts'
import { firstBrokenLink } from '../../src/shared/domain/eventChain.ts'
import { daysAfter } from '../../src/shared/domain/office/periods.ts'
import { bangkokDay } from '../../src/shared/thai/dates.ts'
import {
  acceptedByOffice,
  clientWith,
  officeCommand,
  refusalOf,
  refusedCode,
  signInTo,
  type TestClient,
} from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let server: RunningServer
let administrator: TestClient
let staff: TestClient
const today = bangkokDay(new Date().toISOString())

beforeAll(async () => {
  server = await startTestServer()
  administrator = await signInTo(server.url, 'pimjai')
  staff = await signInTo(server.url, 'somying')
})
afterAll(() => server?.stop())

const organisation = async (client: TestClient) =>
  organisationSchema.parse(await (await client.request('/organisation')).json())
const newUnit = (id: string): OfficeCommandBody => ({
  type: 'put-unit',
  unit: { id, name: `กลุ่มงาน ${id}`, code: '5.99', phone: '', parentId: 'fund', mailbox: null },
})

test('what an administrator changes is a version of the organisation that every client is told of', async () => {
  const before = await organisation(staff)
  const cursor = (await staff.feed()).next
  acceptedByOffice((await administrator.office(officeCommand(newUnit('fund-plan'))))[0])
  const after = await organisation(staff)
  expect(after.version).toBe(before.version + 1)
  expect(after.units.at(-1)).toMatchObject({ id: 'fund-plan', parentId: 'fund' })
  expect(await staff.wholeFeed(cursor)).toMatchObject([{ kind: 'organisation' }])
})

test('nobody else changes people, places and rules', async () => {
  const before = await organisation(staff)
  const [result] = await staff.office(officeCommand({ type: 'set-policy', policy: { reservationDays: 31 } }))
  expect(refusedCode(result)).toBe('administrator-only')
  expect(await organisation(staff)).toEqual(before)
})

test('a command that is sent twice is carried out once and gets its first answer; its id is good for nothing else', async () => {
  const asked = officeCommand(newUnit('fund-audit'))
  const [first] = await administrator.office(asked)
  expect(await administrator.office(asked)).toEqual([first])
  const [other] = await administrator.office({ ...asked, body: newUnit('fund-other') })
  expect(refusedCode(other)).toBe('command-reused')
  const refusedFirst = officeCommand({ type: 'end-delegation', delegationId: 'nothing', to: today })
  const [refusal] = await administrator.office(refusedFirst)
  expect(await administrator.office(refusedFirst)).toEqual([refusal])
})

test('what only the server may ask of itself is malformed from a client', async () => {
  const whole = await organisation(staff)
  const body = JSON.stringify({ commands: [officeCommand({ type: 'found', organisation: whole } as never)] })
  const answer = await administrator.request('/office', {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body },
  })
  expect(answer.status).toBe(400)
})

test('two app servers that are asked at once for the same post give it to one', async () => {
  const other = await startTestServer({ databaseUrl: server.databaseUrl })
  try {
    const there = clientWith(other.url, administrator.session)
    const assign = (personId: string, from: string) =>
      officeCommand({
        type: 'assign',
        assignment: { positionId: 'director-legal', personId, role: 'holder', from, to: null },
      })
    const last = daysAfter(today, 9)
    const role = 'holder' as const
    const leaving = { positionId: 'director-legal', personId: 'surachai', role, from: '2024-10-01', to: last }
    acceptedByOffice((await administrator.office(officeCommand({ type: 'end-assignment', ...leaving })))[0])
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        (index % 2 === 0 ? administrator : there).office(
          assign(index % 2 === 0 ? 'orauma' : 'wanwipa', daysAfter(today, 10 + index)),
        ),
      ),
    )
    const accepted = results.flat().filter(({ outcome }) => outcome === 'accepted')
    expect(accepted).toHaveLength(1)
    const refused = new Set(results.flat().map(refusedCode))
    expect(refused).toEqual(new Set([undefined, 'position-held-already']))
    expect(await organisation(there)).toEqual(await organisation(administrator))
  } finally {
    await other.stop()
  }
})

test('the organisation’s log is whole from its founding on, and only administrators read it', async () => {
  const log = officeLogSchema.parse(
    await (await administrator.request('/office/log?stream=organisation&limit=500')).json(),
  )
  expect(log.events[0]?.body.type).toBe('founded')
  expect(firstBrokenLink(log.events)).toBeUndefined()
  expect(log.events.length).toBe((await organisation(staff)).version)
  const refused = await staff.request('/office/log?stream=organisation')
  expect(refused.status).toBe(403)
  expect((await refusalOf(refused)).code).toBe('administrator-only')
})
