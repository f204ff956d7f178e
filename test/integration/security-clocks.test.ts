import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningServer } from '../../src/server/start.ts'
import type { BoundNumber } from '../../src/shared/contract/letter.ts'
import { sessionSchema } from '../../src/shared/contract/sync.ts'
import { commandSamples } from '../support/server/commandSamples.ts'
import { numberCommand, proposedLetter } from '../support/server/letters.ts'
import {
  acceptedEvents,
  clientWith,
  command,
  refusedCode,
  signInTo,
  type TestClient,
} from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

const HOUR_MS = 3_600_000
/** The first moment of 2570 in Bangkok. */
const NEW_YEAR = Date.parse('2027-01-01T00:00:00+07:00')

/** A clock that goes at its usual pace from the moment that it was set to. */
function settableClock(moment: number) {
  let setTo = moment
  let setAt = performance.now()
  return {
    now: () => new Date(setTo + performance.now() - setAt),
    set: (to: number) => {
      setTo = to
      setAt = performance.now()
    },
  }
}

const clock = settableClock(NEW_YEAR - HOUR_MS / 12)
const lateClock = settableClock(NEW_YEAR - HOUR_MS - HOUR_MS / 12)
let server: RunningServer
/** Another app server on the same database, whose clock is an hour late. */
let late: RunningServer
let staff: TestClient
let deputies: TestClient[]

beforeAll(async () => {
  server = await startTestServer({ clock: clock.now, limits: 'none' })
  late = await startTestServer({ clock: lateClock.now, limits: 'none', databaseUrl: server.databaseUrl })
  staff = await signInTo(server.url, 'somying')
  deputies = [await signInTo(server.url, 'teerawat'), await signInTo(late.url, 'teerawat')]
})
afterAll(async () => {
  await late?.stop()
  await server?.stop()
})

async function numberOf(deputy: TestClient | undefined, letterId: string): Promise<BoundNumber> {
  const [result] = (await deputy?.send(numberCommand(letterId, 'deputy'))) ?? []
  const body = acceptedEvents(result)[0]?.body
  if (body?.type !== 'number-bound') throw new Error('no number')
  return body
}

const lettersToNumber = async (count: number) => {
  const letters: string[] = []
  for (let index = 0; index < count; index += 1)
    letters.push((await proposedLetter(staff, 'deputy')).letterId)
  return letters
}

/** That numbers of each year run from 1 without a gap, and later ones never have an earlier date. */
function expectInOrder(numbers: readonly BoundNumber[]): void {
  for (const [year, ofYear] of Map.groupBy(numbers, ({ buddhistYear }) => buddhistYear)) {
    const inOrder = [...ofYear].sort((a, b) => a.serial - b.serial)
    expect(inOrder.map(({ serial }) => serial)).toEqual(inOrder.map((_, index) => index + 1))
    const dates = inOrder.map(({ date }) => date)
    expect(dates).toEqual([...dates].sort())
    for (const date of dates) expect(Number(date.slice(0, 4)) + 543).toBe(year)
  }
}

const given: BoundNumber[] = []

test('under load at midnight of the new year each year’s numbers run from 1 without a gap, though a server is late', async () => {
  const letters = await lettersToNumber(120)
  clock.set(NEW_YEAR - 60_000)
  lateClock.set(NEW_YEAR - 60_000 - HOUR_MS)
  const left = letters.entries()
  const work = async () => {
    for (const [index, letterId] of left) {
      given.push(await numberOf(deputies[index % 2], letterId))
      // The bell rings while the others are half-way.
      if (given.length === 50) {
        clock.set(NEW_YEAR)
        lateClock.set(NEW_YEAR - HOUR_MS)
      }
    }
  }
  await Promise.all(Array.from({ length: 16 }, work))
  const years = Map.groupBy(given, ({ buddhistYear }) => buddhistYear)
  expect([...years.keys()].sort()).toEqual([2569, 2570])
  expect(years.get(2569)?.length).toBeGreaterThanOrEqual(50)
  expect(years.get(2570)?.length).toBeGreaterThan(1)
  expectInOrder(given)
})

test('a server’s clock that goes an hour wrong and is put right costs no number, no date and nobody’s work', async () => {
  for (const hours of [1, -1, 1, 0]) {
    clock.set(NEW_YEAR + 12 * HOUR_MS + hours * HOUR_MS)
    const person = await signInTo(server.url, 'teerawat')
    staff = await signInTo(server.url, 'somying')
    for (const letterId of await lettersToNumber(3)) given.push(await numberOf(person, letterId))
  }
  expectInOrder(given)
})

test('a session that was given while the clock was an hour ahead is renewed, not lost, when it is put right', async () => {
  clock.set(NEW_YEAR + 20 * HOUR_MS)
  const ahead = await signInTo(server.url, 'teerawat')
  clock.set(NEW_YEAR + 19 * HOUR_MS)
  expect((await ahead.request('/feed')).status).toBe(200)
  clock.set(NEW_YEAR + 22 * HOUR_MS)
  expect((await ahead.request('/feed')).status).toBe(401)
  const renewed = await fetch(`${server.url}/v1/refresh`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refreshToken: ahead.session.refreshToken }),
  })
  const session = sessionSchema.parse(await renewed.json())
  expect((await clientWith(server.url, session).request('/feed')).status).toBe(200)
})

test('a letter cannot have arrived at a time that is yet to come, by however little the clerk’s clock is ahead', async () => {
  const clerk = await signInTo(server.url, 'pimjai')
  for (const ahead of [1000, HOUR_MS, 365 * 24 * HOUR_MS]) {
    const arrivedAt = new Date(clock.now().getTime() + ahead).toISOString()
    const [result] = await clerk.send(
      command(randomUUID(), {
        ...commandSamples.register,
        ...{ arrivedAt, file: null, enclosures: [], exchangeItemId: null, repliesTo: null },
      }),
    )
    expect(refusedCode(result)).toBe('arrived-in-future')
  }
})
