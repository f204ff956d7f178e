import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningServer } from '../../src/server/start.ts'
import { commandBodySchema, serverCommandBodySchema } from '../../src/shared/contract/commands.ts'
import type { Command, CommandBody } from '../../src/shared/contract/letter.ts'
import { commandResultsSchema } from '../../src/shared/contract/sync.ts'
import { plainFileName, plainLine, plainText } from '../../src/shared/thai/plainText.ts'
import { type Allowances, badInputs } from '../support/hostile/badInput.ts'
import { commandSamples } from '../support/server/commandSamples.ts'
import { draftCommand, proposedLetter } from '../support/server/letters.ts'
import { minimalPdf } from '../support/server/minimalPdf.ts'
import {
  acceptedEvents,
  command,
  refusalOf,
  refusedCode,
  signInTo,
  type TestClient,
} from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let server: RunningServer
let staff: TestClient

beforeAll(async () => {
  server = await startTestServer({ limits: 'none' })
  staff = await signInTo(server.url, 'somying')
})
afterAll(() => server?.stop())

const post = (json: string, client = staff) =>
  client.request('/commands', { method: 'POST', headers: { 'content-type': 'application/json' }, body: json })

const types = commandBodySchema.options.map((option) => option.shape.type.value)
const bodyOf = (type: CommandBody['type']): CommandBody => commandSamples[type]

const optional: readonly RegExp[] = [
  /^bind-number .*\.reserved$/,
  /^forward .*\.dueAt$/,
  /^correct .*\.changes\.\w+$/,
]
const nullable: readonly RegExp[] = [
  /\.positionId$/,
  /\.(dueAt|amount|repliesTo|agencyId|exchangeItemId|extends)$/,
  /\.references\.0\.(date|letterId)$/,
  /\.enclosures\.0\.file$/,
  /\.sender\.date$/,
  /^register .*\.body\.file$/,
  /^comment .*\.(page|place)$/,
  /^endorse .*\.to$/,
]
const allowancesOf = (type: string): Allowances => {
  const fits = (patterns: readonly RegExp[]) => (place: string) =>
    patterns.some((pattern) => pattern.test(`${type} ${place}`))
  return {
    absent: fits(optional),
    null: fits(nullable),
    fraction: new Set(['amount', 'x', 'y']),
    negative: new Set(['x', 'y']),
    fixed: new Set([
      ...['type', 'kind', 'form', 'urgency', 'secrecy', 'matter', 'evidenceClass', 'order', 'act', 'method'],
      ...['objective', 'way', 'state', 'sha256', 'extends', 'id', 'letterId', 'repliesTo', 'exchangeItemId'],
      ...['clientTime', 'date', 'dueAt', 'at', 'arrivedAt', 'signedOn', 'until'],
    ]),
    text: new Set([
      ...['subject', 'addressee', 'salutation', 'closing', 'agency', 'number', 'title', 'name', 'copiesTo'],
      ...[
        'contact',
        'note',
        'reason',
        'opinion',
        'text',
        'fileName',
        'paperAt',
        'defect',
        'evidence',
        'place',
      ],
      ...['purpose', 'address', 'from'],
    ]),
  }
}

/** Runs `task` for each of `items`, some at a time. */
async function each<Item>(items: Iterable<Item>, task: (item: Item) => Promise<void>): Promise<void> {
  const left = items[Symbol.iterator]()
  const work = async () => {
    for (let next = left.next(); !next.done; next = left.next()) await task(next.value)
  }
  await Promise.all(Array.from({ length: 8 }, work))
}

test('there is a sample of every command, and each is well-formed', async () => {
  expect(Object.keys(commandSamples).sort()).toEqual([...types].sort())
  const commands = types.map((type) => command(randomUUID(), bodyOf(type)))
  const answer = await post(JSON.stringify({ commands }))
  expect(answer.status).toBe(200)
  const { results } = commandResultsSchema.parse(await answer.json())
  for (const result of results) expect(refusedCode(result)).not.toBe('server-fault')
})

test.each(types)(
  '%s that is spoilt at any place is refused whole, and nothing of it is done',
  async (type) => {
    const message = { commands: [{ ...command(randomUUID(), bodyOf(type)), positionId: 'deputy' }] }
    const wrongly: string[] = []
    let tried = 0
    const all = [...badInputs(message, allowancesOf(type))]
    // What is around a command is the same for all, and spoilt with the smallest.
    const spoilt = type === 'take-up' ? all : all.filter(({ what }) => what.startsWith('commands.0.body'))
    await each(spoilt, async ({ what, json }) => {
      tried += 1
      const answer = await post(json)
      const text = await answer.text()
      const isRefused = answer.status === 400 && JSON.parse(text).code === 'command-malformed'
      if (!isRefused) wrongly.push(`${what} → ${answer.status} ${text.slice(0, 120)}`)
    })
    expect(wrongly).toEqual([])
    expect(tried).toBeGreaterThan(type === 'take-up' ? 100 : 20)
  },
)

test('events and what only the server may ask of itself are no commands', async () => {
  const revision = { sha256: 'a'.repeat(64), bytes: 1, extends: 'b'.repeat(64) }
  const forged = [
    ...serverCommandBodySchema.options.map((option) => ({
      type: option.shape.type.value,
      revision,
      level: 'B-T',
    })),
    {
      type: 'number-bound',
      registerId: 'send-fund',
      buddhistYear: 2569,
      serial: 1,
      text: '1',
      date: '2026-11-23',
    },
    { type: 'signed', legId: 'x', revision },
    {
      type: 'report-dispatch',
      dispatchId: 'x',
      recipient: 0,
      state: 'arrived',
      number: '',
      at: '2026-11-23T00:00:00Z',
      evidence: '',
    },
    { type: 'destroy', disposalId: randomUUID() },
    { type: 'closed', note: '' },
  ]
  const { letterId } = await proposedLetter(staff, 'deputy')
  for (const body of forged) {
    const answer = await post(
      JSON.stringify({ commands: [{ ...command(letterId, { type: 'take-up' }), body }] }),
    )
    expect({ type: body.type, status: answer.status }).toEqual({ type: body.type, status: 400 })
  }
})

test('a batch with one command that is malformed is refused whole, and the same commands alone are carried out', async () => {
  const letterId = randomUUID()
  const file = minimalPdf(letterId)
  await staff.upload(file)
  const good = draftCommand(letterId, file)
  const batch = await post(
    JSON.stringify({ commands: [good, { ...command(letterId, { type: 'take-up' }), more: 1 }] }),
  )
  expect(await refusalOf(batch)).toEqual({ code: 'command-malformed', detail: { field: 'commands.1.more' } })
  acceptedEvents((await staff.send(good))[0])
})

test('too many commands, none, or no list of commands are refused', async () => {
  const one = command(randomUUID(), { type: 'take-up' })
  for (const body of [
    { commands: Array(65).fill(one) },
    { commands: [] },
    { commands: one },
    [one],
    {},
    null,
  ]) {
    expect((await post(JSON.stringify(body))).status).toBe(400)
  }
})

test('half a million brackets, a key of a megabyte and a body of nothing are refused at once', async () => {
  const began = performance.now()
  const bodies = [
    '['.repeat(500_000),
    `{"commands":${'['.repeat(500_000)}${']'.repeat(500_000)}}`,
    `{"${'k'.repeat(1_000_000)}":1}`,
    `{"commands":[{"id":${'9'.repeat(500_000)}}]}`,
    '',
    'null',
    '\u0000',
  ]
  for (const body of bodies) expect((await post(body)).status).toBe(400)
  expect(performance.now() - began).toBeLessThan(5000)
})

/** Texts that were made to be run, to lead out of a folder or to be read other than they are written. */
const hostileTexts = [
  `'; drop table letter; --`,
  `" or 1=1 --`,
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '{{constructor.constructor("return process")()}} #{7*7} <%= 7*7 %>',
  '../../../../etc/passwd',
  '..\\..\\windows\\system32\\cmd.exe',
  '%2e%2e%2f%00.pdf',
  'ก\r\nSet-Cookie: a=b\r\n\r\n<html>',
  'ก\u0000ข\u0007ค\u001b[31mง',
  'อนุมัติ\u202Eไม่\u202C \u2066ซ่อน\u2069',
  'ครึ่ง\uD800ตัว',
  '=cmd|"/c calc"!A1',
  '__proto__',
  'CON',
  '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>&a;',
]

test('texts that were made to be run are kept as the words they are, without what hides them', async () => {
  const deputy = await signInTo(server.url, 'teerawat')
  for (const text of hostileTexts) {
    const letterId = randomUUID()
    const file = minimalPdf(letterId)
    await staff.upload(file)
    const draft = draftCommand(letterId, file, text)
    const body = {
      ...draft.body,
      addressee: text,
      contact: text,
      copiesTo: [text],
      fileName: `${text}.pdf`,
    } as CommandBody
    const commands: Command[] = [
      { ...draft, body },
      command(letterId, { type: 'note', text }),
      command(letterId, { type: 'comment', text, page: null, place: null }),
      command(letterId, { type: 'propose', to: 'deputy', note: text }),
    ]
    for (const result of await staff.send(...commands)) acceptedEvents(result)
    acceptedEvents((await deputy.send(command(letterId, { type: 'return', reason: text }, 'deputy')))[0])

    const line = plainLine(text).trim()
    const paragraph = plainText(text).trim()
    const events = (await staff.wholeFeed()).flatMap((entry) =>
      entry.kind === 'events' && entry.letterId === letterId ? entry.events : [],
    )
    const [drafted, noted, commented, proposed, returned] = events.map((event) => event.body)
    expect(drafted).toMatchObject({ subject: line, addressee: line, contact: line, copiesTo: [line] })
    expect(drafted).toMatchObject({ fileName: plainFileName(`${text}.pdf`) })
    expect(noted).toMatchObject({ text: paragraph })
    expect(commented).toMatchObject({ text: paragraph })
    expect(proposed).toMatchObject({ leg: { note: paragraph } })
    expect(returned).toMatchObject({ reason: paragraph })
    // Nothing that hides is left, and nothing that can be seen is lost.
    const kept = JSON.stringify([line, paragraph])
    expect(kept).not.toMatch(/[\u202A-\u202E\u2066-\u2069]|\\u0000|\\r/)
    for (const word of text.match(/[\p{L}\p{M}\p{N}<>'"=;(){}-]+/gu) ?? []) expect(line).toContain(word)
  }
})

test('a name of a file leads nowhere, whichever system it is written on', async () => {
  for (const name of [
    ...hostileTexts,
    'nul.pdf',
    'a.pdf:stream',
    '.htaccess',
    '....//....//x.pdf',
    'x.pdf. . .',
  ]) {
    const plain = plainFileName(name)
    expect(plain).not.toMatch(/[\\/:*?"<>|\p{Cc}]|^[.\s]|[.\s]$/u)
    expect(plain).not.toMatch(/^(con|nul|aux|prn|com\d|lpt\d)(\.|$)/i)
  }
  const letterId = randomUUID()
  const file = minimalPdf(letterId)
  await staff.upload(file)
  const draft = draftCommand(letterId, file)
  for (const fileName of ['..', '/', ' . ', '\u202E', '\u0000']) {
    const body = { ...draft.body, fileName }
    expect((await post(JSON.stringify({ commands: [{ ...draft, body }] }))).status).toBe(400)
  }
})

test('after all of it the server is ready and takes a letter', async () => {
  expect(await (await fetch(`${server.url}/v1/ready`)).json()).toMatchObject({ ready: true, database: true })
  await proposedLetter(staff, 'deputy')
  expect(({} as { admin?: boolean }).admin).toBeUndefined()
})
