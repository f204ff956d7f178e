import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningServer } from '../../src/server/start.ts'
import { commandBodySchema } from '../../src/shared/contract/commands.ts'
import type { CommandBody } from '../../src/shared/contract/letter.ts'
import { changeOrganisation } from '../support/server/changeOrganisation.ts'
import { commandSamples } from '../support/server/commandSamples.ts'
import { draftCommand, proposeCommand, proposedLetter } from '../support/server/letters.ts'
import { minimalPdf, sha256 } from '../support/server/minimalPdf.ts'
import {
  acceptedEvents,
  command,
  put,
  refusedCode,
  signInTo,
  type TestClient,
} from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

/** Words of the secret letter; none may reach anyone who is not cleared. */
const SECRET = 'ปฏิบัติการกันเกรา'
const secretLetter = {
  ...{ secrecy: 'secret' as const, registerId: 'secret-fund', subject: `เรื่อง${SECRET}` },
  ...{ addressee: `เรียน${SECRET}`, contact: `ติดต่อ${SECRET}`, fileName: `${SECRET}.pdf` },
}

let server: RunningServer
let author: TestClient
let deputy: TestClient
/** Everyone who is not cleared for ลับมาก, among them the deputy's secretary, the registry and one cleared for ลับ. */
let uncleared: TestClient[]
let letterId: string
let file: Uint8Array
const said: string[] = []
const write = process.stderr.write.bind(process.stderr)

beforeAll(async () => {
  process.stderr.write = ((chunk: string | Uint8Array) =>
    said.push(String(chunk)) > 0) as typeof process.stderr.write
  server = await startTestServer({ limits: 'none', logLevel: 'debug', metricsPort: 0 })
  await changeOrganisation(server.databaseUrl, ({ people, registers, policy }) => ({
    people: people.map((person) => {
      if (person.id === 'somying' || person.id === 'teerawat')
        return { ...person, clearance: 'secret' as const }
      return person.id === 'orauma' ? { ...person, clearance: 'confidential' as const } : person
    }),
    registers: [
      ...registers,
      ...registers
        .filter(({ id }) => id === 'send-fund')
        .map((register) => ({ ...register, id: 'secret-fund', secret: true })),
    ],
    policy: { ...policy, secretOnPaper: false },
  }))
  author = await signInTo(server.url, 'somying')
  deputy = await signInTo(server.url, 'teerawat')
  uncleared = await Promise.all(
    ['kamonchanok', 'prawit', 'nittaya', 'wanwipa', 'orauma', 'surachai', 'pimjai'].map((person) =>
      signInTo(server.url, person),
    ),
  )
  letterId = randomUUID()
  file = minimalPdf(SECRET)
  await author.upload(file)
  const draft = draftCommand(letterId, file)
  const sent = await author.send(
    { ...draft, body: { ...draft.body, ...secretLetter } as CommandBody },
    proposeCommand(letterId, 'deputy'),
    command(letterId, { type: 'note', text: `จำไว้${SECRET}` }),
  )
  for (const result of sent) acceptedEvents(result)
  acceptedEvents((await deputy.send(command(letterId, { type: 'bind-number' }, 'deputy')))[0])
})
afterAll(async () => {
  process.stderr.write = write
  await server?.stop()
})

const textOf = async (client: TestClient, path: string, init?: RequestInit) =>
  (await client.request(path, init)).text()

test('those who are cleared see the secret letter', async () => {
  for (const client of [author, deputy]) {
    for (const path of ['/feed', '/snapshot?open=true']) expect(await textOf(client, path)).toContain(SECRET)
    expect((await client.request(`/files/${sha256(file)}`)).status).toBe(200)
  }
})

test('the feed tells nobody else of it: no word, no id, no name of a file, not even that there is one', async () => {
  for (const client of uncleared) {
    for (const path of ['/feed', '/snapshot', '/snapshot?open=true']) {
      const told = await textOf(client, path)
      expect(told).not.toContain(SECRET)
      expect(told).not.toContain(letterId)
      expect(told).not.toContain(sha256(file))
    }
  }
})

test('its file is not there for anybody else, nor can its hash be tried out', async () => {
  for (const client of uncleared) {
    for (const method of ['GET', 'HEAD']) {
      expect((await client.request(`/files/${sha256(file)}`, { method })).status).toBe(404)
    }
    const more = Buffer.concat([file, Buffer.from(`% ${randomUUID()}\n`)])
    const path = `/files/${sha256(more)}?extends=${sha256(file)}`
    expect(
      (await client.request(path, put(more.subarray(file.length), file.length, more.length))).status,
    ).toBe(404)
  }
})

test('no refusal of any command says anything of it', async () => {
  for (const option of commandBodySchema.options) {
    const type = option.shape.type.value
    const body: CommandBody = commandSamples[type]
    for (const client of uncleared) {
      for (const positionId of [null, 'deputy']) {
        const [result] = await client.send(command(letterId, body, positionId))
        const told = JSON.stringify(result)
        expect(told).not.toContain(SECRET)
        // To begin a letter of that id fails; nobody can guess one.
        if (type === 'draft' || type === 'register' || type === 'receive') continue
        expect([type, client.personId, refusedCode(result)]).toEqual([
          type,
          client.personId,
          'letter-unknown',
        ])
      }
    }
  }
})

test('it cannot be sent to those who are not cleared, and its number is not told apart from others', async () => {
  const draftId = randomUUID()
  const draft = draftCommand(draftId, file)
  await author.send({ ...draft, body: { ...draft.body, ...secretLetter } as CommandBody })
  const tried: CommandBody[] = [
    { type: 'propose', to: 'secretary-general', note: '' },
    { type: 'request-check', order: 'serial', reviewers: ['wanwipa'], note: '' },
    { type: 'request-check', order: 'parallel', reviewers: ['teerawat', 'orauma'], note: '' },
  ]
  for (const body of tried) {
    const [result] = await author.send(command(draftId, body))
    expect([body.type, refusedCode(result)]).toEqual([body.type, 'clearance-missing'])
  }
})

test('nobody drafts above the class that they are cleared for, and nobody ลับที่สุด', async () => {
  const [clerk] = uncleared.filter(({ personId }) => personId === 'wanwipa')
  const own = minimalPdf(randomUUID())
  await clerk?.upload(own)
  const draft = draftCommand(randomUUID(), own)
  const asked = (secrecy: string) => ({
    ...draft,
    id: randomUUID(),
    body: { ...draft.body, ...secretLetter, secrecy } as CommandBody,
  })
  expect((await clerk?.send(asked('confidential'), asked('top-secret')))?.map(refusedCode)).toEqual([
    'clearance-missing',
    'secrecy-top-secret',
  ])
  expect(refusedCode((await author.send(asked('top-secret')))[0])).toBe('secrecy-top-secret')
})

test('whoever saw a letter before it became secret lets go of it, and is told nothing more', async () => {
  const [secretary] = uncleared.filter(({ personId }) => personId === 'kamonchanok')
  if (!secretary) throw new Error('no secretary')
  const id = randomUUID()
  const open = minimalPdf(id)
  await author.upload(open)
  await author.send(draftCommand(id, open, 'เรื่องธรรมดา'), proposeCommand(id, 'deputy'))
  const taken = command(id, { type: 'take-up' }, 'deputy')
  acceptedEvents((await secretary.send(taken))[0])
  expect(await textOf(secretary, '/feed')).toContain('เรื่องธรรมดา')
  const cursor = (await secretary.feed()).next

  const reason = `เกี่ยวกับ${SECRET}`
  acceptedEvents(
    (await author.send(command(id, { type: 'reclassify', secrecy: 'secret', matter: 'general', reason })))[0],
  )
  await deputy.send(command(id, { type: 'note', text: SECRET }))
  const entries = await secretary.wholeFeed(cursor)
  expect(entries).toContainEqual(expect.objectContaining({ kind: 'retract', letterId: id }))
  // Neither what comes after nor, to one who begins anew, what came before.
  expect(await textOf(secretary, '/feed')).not.toMatch(new RegExp(`${SECRET}|เรื่องธรรมดา`))
  expect((await secretary.request(`/files/${sha256(open)}`)).status).toBe(404)
  const again = await secretary.send(taken)
  expect(JSON.stringify(again)).not.toMatch(new RegExp(`${SECRET}|เรื่องธรรมดา`))
  expect(
    refusedCode((await secretary.send(command(id, { type: 'return', reason: 'คืน' }, 'deputy')))[0]),
  ).toBe('letter-unknown')
})

test('whoever loses the clearance loses the letter with it', async () => {
  const cursor = (await deputy.feed()).next
  const withClearance = (clearance: 'none' | 'secret') =>
    changeOrganisation(server.databaseUrl, ({ people }) => ({
      people: people.map((person) => (person.id === 'teerawat' ? { ...person, clearance } : person)),
    }))
  await withClearance('none')
  try {
    expect(await deputy.wholeFeed(cursor)).toContainEqual(
      expect.objectContaining({ kind: 'retract', letterId }),
    )
    expect(await textOf(deputy, '/feed')).not.toContain(SECRET)
    expect((await deputy.request(`/files/${sha256(file)}`)).status).toBe(404)
    expect(refusedCode((await deputy.send(command(letterId, { type: 'note', text: 'ก' })))[0])).toBe(
      'letter-unknown',
    )
  } finally {
    await withClearance('secret')
  }
  expect(await textOf(deputy, '/feed')).toContain(SECRET)
})

test('what is pushed is a number, and only those whom a letter concerns hear that something happened', async () => {
  const [secretary] = uncleared
  const stream = await secretary?.request('/events')
  const reader = stream?.body?.pipeThrough(new TextDecoderStream()).getReader()
  await reader?.read()
  const next = reader?.read()
  acceptedEvents((await author.send(command(letterId, { type: 'note', text: SECRET })))[0])
  expect(await Promise.race([next, wait(1000, 'silence')])).toBe('silence')
  await proposedLetter(author, 'deputy')
  expect((await next)?.value).toMatch(/^event: head\ndata: \{"head":\d+\}\n\n$/)
  await reader?.cancel()
})

test('neither the log nor the measures nor an open page have a word of it', async () => {
  const open = ['/health', '/ready', '/openapi.json'].map(async (path) =>
    (await fetch(`${server.url}/v1${path}`)).text(),
  )
  const measures = await (await fetch(server.metricsUrl ?? '')).text()
  for (const text of [...(await Promise.all(open)), measures, said.join('')]) {
    expect(text).not.toContain(SECRET)
    expect(text).not.toContain(sha256(file))
  }
  expect(measures).not.toContain(letterId)
  expect(said.join('')).toContain('"route":"/v1/commands"')
})
