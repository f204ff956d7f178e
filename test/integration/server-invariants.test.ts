import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type OpenDatabase } from '../../src/server/database/connect.ts'
import type { RunningServer } from '../../src/server/start.ts'
import type { Command, LetterEvent } from '../../src/shared/contract/letter.ts'
import type { CommandResult } from '../../src/shared/contract/sync.ts'
import { firstBrokenLink } from '../../src/shared/domain/eventChain.ts'
import { evolve, foldLetter } from '../../src/shared/domain/evolve.ts'
import { currentRevision, type Letter } from '../../src/shared/domain/letter.ts'
import { letterDate } from '../../src/shared/thai/dates.ts'
import { numberWithLabel } from '../../src/shared/thai/letterNumber.ts'
import { draftCommand, numberCommand, proposeCommand } from '../support/server/letters.ts'
import { minimalPdf, sha256 } from '../support/server/minimalPdf.ts'
import { command, put, signInTo, type TestClient } from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

const people = ['somying', 'teerawat', 'kamonchanok', 'prawit', 'orauma'] as const
const positions = ['deputy', 'secretary-general'] as const
const acts = ['draft', 'propose', 'number', 'sign', 'return', 'forward', 'again'] as const

/** Something that somebody tries, rightly or not. */
const attempt = fc.record({
  // The one whose turn it is more often than not, at the position that has the letter, so that letters get on.
  person: fc.option(fc.constantFrom(...people), { nil: null, freq: 1 }),
  position: fc.option(fc.constantFrom(...positions), { nil: null, freq: 1 }),
  act: fc.constantFrom(...acts),
  letter: fc.nat(2),
})
type Attempt = typeof attempt extends fc.Arbitrary<infer Value> ? Value : never

const rightPerson = (act: Attempt['act'], position: string) => {
  if (act === 'draft' || act === 'propose') return 'somying'
  return position === 'deputy' ? 'teerawat' : 'prawit'
}

let server: RunningServer
let database: OpenDatabase
const clients = new Map<string, TestClient>()
/** What the stand-in for the signature check finds in a revision. */
const signed = new Map<string, { letter: Letter; signer: string }>()

beforeAll(async () => {
  server = await startTestServer({
    revisionCheck: async ({ revision }) => {
      const found = signed.get(sha256(revision))
      const number = found?.letter.number
      if (!found || !number) return { ok: false, refusal: { code: 'signature-invalid' } }
      const email = `${found.signer}@saraban.example`
      const marks = [
        { name: 'number', text: numberWithLabel(number.text), page: 1 },
        { name: 'date', text: letterDate(number.date), page: 1 },
      ]
      const signer = { commonName: found.signer, email, serial: '01', fingerprint: '0'.repeat(64) }
      return { ok: true, value: { signer, marks } }
    },
  })
  for (const person of people) clients.set(person, await signInTo(server.url, person))
  database = connect(server.databaseUrl, () => undefined)
})
afterAll(async () => {
  await database?.end()
  await server?.stop()
})

/** Three letters under way: what is known of each, its files, and every command sent so far. */
interface Office {
  readonly ids: readonly string[]
  readonly letters: Map<string, Letter>
  readonly files: Map<string, Uint8Array>
  readonly sent: { client: TestClient; command: Command; result: CommandResult }[]
}

async function signCommand(office: Office, client: TestClient, id: string, position: string) {
  const letter = office.letters.get(id)
  const base = letter && office.files.get(currentRevision(letter)?.sha256 ?? '')
  if (!letter || !base) return numberCommand(id, position)
  const appended = Buffer.from(`% ${randomUUID()}\n`)
  const bytes = Buffer.concat([base, appended])
  const revision = { sha256: sha256(bytes), bytes: bytes.length, extends: sha256(base) }
  signed.set(revision.sha256, { letter, signer: client.personId })
  office.files.set(revision.sha256, bytes)
  await client.request(
    `/files/${revision.sha256}?extends=${revision.extends}`,
    put(appended, base.length, bytes.length),
  )
  return command(id, { type: 'sign', revision }, position)
}

async function commandFor(
  office: Office,
  { act, letter }: Attempt,
  position: string,
  client: TestClient,
): Promise<Command> {
  const id = office.ids[letter] ?? ''
  const other = position === 'deputy' ? 'secretary-general' : 'deputy'
  switch (act) {
    case 'draft':
    case 'again':
      return draftCommand(id, office.files.get(id) ?? minimalPdf(id))
    case 'propose':
      return proposeCommand(id, position)
    case 'number':
      return numberCommand(id, position)
    case 'sign':
      return signCommand(office, client, id, position)
    case 'return':
      return command(id, { type: 'return', reason: 'ขอให้แก้ชื่อเรื่อง' }, position)
    case 'forward':
      return command(id, { type: 'forward', to: other, note: 'เพื่อโปรดพิจารณา' }, position)
  }
}

async function carryOut(office: Office, tried: Attempt): Promise<void> {
  const letter = office.letters.get(office.ids[tried.letter] ?? '')
  const position = tried.position ?? letter?.legs.at(-1)?.to ?? 'deputy'
  const client = clients.get(tried.person ?? rightPerson(tried.act, position))
  if (!client) throw new Error('nobody')
  const earlier = tried.act === 'again' ? office.sent[tried.letter] : undefined
  const asked = earlier?.command ?? (await commandFor(office, tried, position, client))
  const [result] = await (earlier?.client ?? client).send(asked)
  if (!result) throw new Error('no answer')
  if (earlier?.result.outcome === 'accepted') expect(result).toEqual(earlier.result)
  office.sent.push({ client: earlier?.client ?? client, command: asked, result })
}

/** Every letter's log as it stands in the database. */
async function logs(): Promise<Map<string, LetterEvent[]>> {
  const rows = await database.kysely
    .selectFrom('letterEvent')
    .select('event')
    .orderBy('letterId')
    .orderBy('version')
    .execute()
  return Map.groupBy(
    rows.map(({ event }) => event),
    (event) => event.letterId,
  )
}

async function expectInvariants(): Promise<void> {
  const all = await logs()
  const numbers: string[] = []
  for (const log of all.values()) {
    expect(firstBrokenLink(log)).toBeUndefined()
    let letter: Letter | undefined
    for (const event of log) {
      letter = evolve(letter, event)
      expect(letter.legs.filter((leg) => leg.outcome === 'open').length).toBeLessThanOrEqual(1)
    }
    const bound = log.filter(({ body }) => body.type === 'number-bound')
    expect(bound.length).toBeLessThanOrEqual(1)
    if (letter?.number) numbers.push(`${letter.number.serial} ${letter.id}`)
    const projected = await database.kysely
      .selectFrom('letter')
      .select('letter')
      .where('id', '=', letter?.id ?? '')
      .executeTakeFirstOrThrow()
    expect(projected.letter).toEqual(letter)
  }
  const register = await database.kysely.selectFrom('registerEntry').selectAll().orderBy('serial').execute()
  expect(register.map(({ serial }) => serial)).toEqual(register.map((_, index) => index + 1))
  expect(register.map(({ serial, letterId }) => `${serial} ${letterId}`).sort()).toEqual(numbers.sort())
  const counter = await database.kysely.selectFrom('registerCounter').select('lastSerial').execute()
  for (const { lastSerial } of counter) expect(lastSerial).toBe(register.length)
  const feed = await database.kysely.selectFrom('feed').select('seq').orderBy('seq').execute()
  expect(feed.map(({ seq }) => seq)).toEqual(feed.map((_, index) => index + 1))
}

test('whatever people try at once, numbers have no gap, logs no broken link, letters one holder', async () => {
  let accepted = 0
  const kinds = new Set<string>()
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(attempt, { minLength: 1, maxLength: 3 }), { minLength: 15, maxLength: 30 }),
      async (steps) => {
        const ids = [randomUUID(), randomUUID(), randomUUID()]
        const office: Office = { ids, letters: new Map(), files: new Map(), sent: [] }
        const author = clients.get('somying')
        for (const id of ids) {
          const file = minimalPdf(id)
          office.files.set(id, file).set(sha256(file), file)
          await author?.upload(file)
          await author?.send(draftCommand(id, file), proposeCommand(id, 'deputy'))
        }
        for (const step of steps) {
          const known = await logs()
          for (const id of ids) {
            const letter = foldLetter(known.get(id) ?? [])
            if (letter) office.letters.set(id, letter)
          }
          await Promise.all(step.map((tried) => carryOut(office, tried)))
        }
        await expectInvariants()
        for (const { result } of office.sent) {
          if (result.outcome === 'refused') continue
          accepted += 1
          for (const { body } of result.events) kinds.add(body.type)
        }
      },
    ),
    { numRuns: 8, interruptAfterTimeLimit: 15_000 },
  )
  expect(accepted).toBeGreaterThan(50)
  expect([...kinds]).toEqual(
    expect.arrayContaining(['proposed', 'number-bound', 'signed', 'returned', 'forwarded']),
  )
})
