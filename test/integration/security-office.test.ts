import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningServer } from '../../src/server/start.ts'
import type { CommandBody } from '../../src/shared/contract/letter.ts'
import {
  type OfficeCommandBody,
  officeCommandSchema,
  officeResultsSchema,
} from '../../src/shared/contract/office.ts'
import { refusalBodySchema } from '../../src/shared/contract/sync.ts'
import { MASKED_SUBJECT } from '../../src/shared/domain/secrecy.ts'
import { type Allowances, badInputs } from '../support/hostile/badInput.ts'
import { changeOrganisation } from '../support/server/changeOrganisation.ts'
import { draftCommand, proposeCommand } from '../support/server/letters.ts'
import { minimalPdf } from '../support/server/minimalPdf.ts'
import { officeSamples } from '../support/server/officeSamples.ts'
import {
  acceptedEvents,
  command,
  officeCommand,
  refusedCode,
  signInTo,
  type TestClient,
} from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let server: RunningServer
let staff: TestClient
/** The administrator, who is also the central registry's clerk. */
let administrator: TestClient

beforeAll(async () => {
  server = await startTestServer({ limits: 'none' })
  staff = await signInTo(server.url, 'somying')
  administrator = await signInTo(server.url, 'pimjai')
})
afterAll(() => server?.stop())

const types = officeCommandSchema.shape.body.options.map((option) => option.shape.type.value)
const post = (json: string, client = administrator) =>
  client.request('/office', { method: 'POST', headers: { 'content-type': 'application/json' }, body: json })

const nullable =
  /\.(mailbox|parentId|superiorId|exchange|ownPositionId|kinds|unitIds|ceiling)$|\.(assignment|duty|delegation|body)\.to$|\.retention\.\d+\.years$/
const allowances = (type: string): Allowances => ({
  absent: (place) => /\.policy\.\w+$/.test(place),
  null: (place) =>
    nullable.test(place) && !/^commands\.0\.body\.(unitIds|to)$/.test(place) && !(type === 'end-delegation'),
  fraction: new Set(['ceiling']),
  negative: new Set(),
  long: new Set(['agencies', 'letterIds', 'keep', 'wanted']),
  fixed: new Set([
    ...[
      'type',
      'rank',
      'clearance',
      'use',
      'period',
      'source',
      'role',
      'kind',
      'id',
      'clientTime',
      'dateDiffers',
    ],
    ...['from', 'to', 'orderDate', 'email', 'mailbox', 'url', 'forms', 'kinds', 'days', 'paperMatters'],
  ]),
  text: new Set([
    ...[
      'name',
      'title',
      'code',
      'phone',
      'template',
      'postalAddress',
      'ministry',
      'department',
      'orderNumber',
    ],
    ...[
      'owner',
      'reason',
      'note',
      'acting',
      'delegated',
      'on-duty',
      'orderPresets',
      'titles',
      'salutation',
      'closing',
      'url',
    ],
  ]),
})

test('there is a sample of everything that is asked of the office, and each is well-formed', async () => {
  expect(Object.keys(officeSamples).sort()).toEqual([...types].sort())
  const commands = types.map((type) => officeCommand(officeSamples[type]))
  const answer = await post(JSON.stringify({ commands }), staff)
  expect(answer.status).toBe(200)
  const { results } = officeResultsSchema.parse(await answer.json())
  // To somebody who is none of those whom it takes, all of it is refused.
  for (const [index, result] of results.entries()) {
    expect([types[index], result.outcome, refusedCode(result)]).toEqual([
      types[index],
      'refused',
      expect.any(String),
    ])
    expect(refusedCode(result)).not.toBe('server-fault')
  }
})

test.each(types)(
  '%s that is spoilt at any place is refused whole, and the office stays as it is',
  async (type) => {
    const body: OfficeCommandBody = officeSamples[type]
    const message = { commands: [officeCommand(body)] }
    const before = await (await staff.request('/organisation')).text()
    const wrongly: string[] = []
    const all = [...badInputs(message, allowances(type))]
    const spoilt = all.filter(({ what }) => type === 'end-delegation' || what.startsWith('commands.0.body'))
    for (let start = 0; start < spoilt.length; start += 8) {
      await Promise.all(
        spoilt.slice(start, start + 8).map(async ({ what, json }) => {
          const answer = await post(json)
          const text = await answer.text()
          const isRefused = answer.status === 400 && JSON.parse(text).code === 'command-malformed'
          if (!isRefused) wrongly.push(`${what} → ${answer.status} ${text.slice(0, 120)}`)
        }),
      )
    }
    expect(wrongly).toEqual([])
    expect(await (await staff.request('/organisation')).text()).toBe(before)
  },
)

test('addresses of registers, logs and disposals take nothing but what they name', async () => {
  const wrong = [
    ...[
      '/registers/..%2f..%2fetc/entries',
      '/registers/SEND-FUND/entries',
      "/registers/x'%20or%20'1'='1/entries",
    ],
    ...[
      '/registers/send-registry/entries?after=-1',
      '/registers/send-registry/entries?after=99999999999',
      '/registers/send-registry/entries?after=1e3',
    ],
    ...[
      '/registers/send-registry/entries?limit=0',
      '/registers/send-registry/entries?limit=501',
      '/registers/send-registry/entries?year=99999',
    ],
    ...[
      '/registers/send-registry/entries?order=desc',
      '/office/log',
      '/office/log?stream=',
      '/office/log?stream=organisation&after=2147483648',
    ],
    ...[
      '/office/log?stream=organisation&stream=register:x',
      '/office/log?stream=a%00b',
      `/office/log?stream=${'x'.repeat(101)}`,
    ],
    ...[
      '/disposals/1',
      `/disposals/${randomUUID().toUpperCase()}`,
      '/disposals/candidates',
      '/disposals/candidates?unitId=registry&after=1',
    ],
  ]
  for (const path of wrong) {
    const answer = await administrator.request(path)
    expect({ path, status: answer.status }).toEqual({ path, status: 400 })
    refusalBodySchema.parse(await answer.json())
  }
  for (const stream of [
    "organisation' or 1=1 --",
    'register:send-registry:x',
    'disposal:x',
    'register:constructor',
    'letter',
  ]) {
    const answer = await administrator.request(`/office/log?stream=${encodeURIComponent(stream)}`)
    expect(answer.status).toBeLessThan(500)
    expect(JSON.parse(await answer.text()).events ?? []).toEqual([])
  }
})

test('what is not one’s own to read of the office is refused, and a disposal of others is not there', async () => {
  const statuses = async (paths: readonly string[]) =>
    Promise.all(paths.map(async (path) => (await staff.request(path)).status))
  const others = [
    '/registers/send-registry/entries',
    '/office/log?stream=organisation',
    '/office/log?stream=register:send-registry',
    '/disposals/candidates?unitId=registry',
  ]
  expect(await statuses(others)).toEqual(others.map(() => 403))
  expect(await (await staff.request('/registers')).json()).toEqual({ registers: [] })
  expect(await (await staff.request('/disposals')).json()).toEqual({ disposals: [] })
  expect(
    await statuses([`/disposals/${randomUUID()}`, `/office/log?stream=disposal:${randomUUID()}`]),
  ).toEqual([404, expect.any(Number)])
})

test('nobody gives a post, a duty, a clearance or a rule to themselves but an administrator', async () => {
  const self = { personId: 'somying', from: '2026-11-01', to: null }
  const tried: OfficeCommandBody[] = [
    { type: 'assign', assignment: { ...self, positionId: 'secretary-general', role: 'holder' } },
    { type: 'appoint', duty: { ...self, role: 'administrator', unitId: 'fund' } },
    { ...officeSamples['put-person'], person: { ...officeSamples['put-person'].person, id: 'somying' } },
    { ...officeSamples.delegate, delegation: { ...officeSamples.delegate.delegation, personId: 'somying' } },
    { type: 'set-policy', policy: { secretOnPaper: false, ordersNeedCertificate: false } },
  ]
  const before = await (await staff.request('/organisation')).text()
  for (const body of tried) {
    const [result] = await staff.office(officeCommand(body))
    expect([body.type, result?.outcome]).toEqual([body.type, 'refused'])
  }
  expect(await (await staff.request('/organisation')).text()).toBe(before)
})

test('of a secret letter a clerk who is not cleared reads that its number was given, and no word', async () => {
  const words = 'ปฏิบัติการกันเกรา'
  await changeOrganisation(server.databaseUrl, ({ people, registers, policy, duties }) => ({
    people: people.map((person) =>
      ['somying', 'teerawat'].includes(person.id) ? { ...person, clearance: 'secret' as const } : person,
    ),
    registers: [
      ...registers.filter((register) => !(register.unitId === 'fund' && register.secret)),
      ...registers
        .filter(({ id }) => id === 'send-fund')
        .map((register) => ({ ...register, id: 'secret-test', secret: true })),
    ],
    duties: [...duties, { role: 'clerk', personId: 'orauma', unitId: 'fund', from: '2024-10-01', to: null }],
    policy: { ...policy, secretOnPaper: false },
  }))
  const author = await signInTo(server.url, 'somying')
  const deputy = await signInTo(server.url, 'teerawat')
  const clerk = await signInTo(server.url, 'orauma')
  const letterId = randomUUID()
  const file = minimalPdf(letterId)
  await author.upload(file)
  const draft = draftCommand(letterId, file, words)
  const secret = { secrecy: 'secret', registerId: 'secret-test', addressee: words, contact: words }
  const sent = await author.send(
    { ...draft, body: { ...draft.body, ...secret } as CommandBody },
    proposeCommand(letterId, 'deputy'),
  )
  for (const result of sent) acceptedEvents(result)
  acceptedEvents((await deputy.send(command(letterId, { type: 'bind-number' }, 'deputy')))[0])

  const page = await clerk.request('/registers/secret-test/entries')
  const text = await page.text()
  expect(page.status).toBe(200)
  expect(text).not.toContain(words)
  expect(text).not.toContain(letterId)
  expect(JSON.parse(text).entries).toMatchObject([
    { serial: 1, state: 'issued', subject: MASKED_SUBJECT, to: '', practice: [] },
  ])
  for (const path of [
    '/office/log?stream=register:secret-test',
    '/disposals/candidates?unitId=fund',
    '/registers',
  ])
    expect(await (await clerk.request(path)).text()).not.toContain(words)
})
