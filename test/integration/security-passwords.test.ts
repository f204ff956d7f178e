import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SAMPLE_PASSWORD } from '../../src/server/sampleOrganisation.ts'
import type { RunningServer } from '../../src/server/start.ts'
import { countCodes, type Guess, type Guessed, guesser, median } from '../support/hostile/guessing.ts'
import { proposedLetter } from '../support/server/letters.ts'
import { signInTo, type TestClient } from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let server: RunningServer
let staff: TestClient
let minutesAhead = 0

beforeAll(async () => {
  server = await startTestServer({
    trustProxy: ['127.0.0.1'],
    clock: () => new Date(Date.now() + minutesAhead * 60_000),
  })
  staff = await signInTo(server.url, 'somying')
})
afterAll(() => server?.stop())

const known = ['teerawat', 'kamonchanok', 'prawit', 'nittaya', 'wanwipa', 'orauma', 'surachai', 'pimjai']

/** Makes all `guesses`, `atOnce` at a time. */
async function attack(guesses: readonly Guess[], atOnce: number): Promise<Guessed[]> {
  const { guess, close } = guesser(server.url, atOnce)
  const answers: Guessed[] = []
  const left = guesses.values()
  const work = async () => {
    for (const one of left) answers.push(await guess(one))
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  close()
  return answers
}

/** The longest that a round of work may take in the middle of an attack: some times what it takes on the same computer without. */
async function patience(): Promise<number> {
  let rounds = 0
  const usual = await workMeanwhile(() => rounds++ >= 7)
  return Math.max(1500, 20 * median(usual))
}

/** Does what a person does all day until `isOver`; returns how long each round took. */
async function workMeanwhile(isOver: () => boolean): Promise<number[]> {
  const times: number[] = []
  while (!isOver()) {
    const began = performance.now()
    expect((await staff.request('/feed')).status).toBe(200)
    await proposedLetter(staff, 'deputy')
    times.push(performance.now() - began)
    await wait(20)
  }
  return times
}

test('ten thousand wrong passwords at many names from many addresses open no door and shut none but those', async () => {
  const names = [...known.slice(0, 6), ...Array.from({ length: 34 }, (_, index) => `nobody-${index}`)]
  const guesses = Array.from({ length: 10_000 }, (_, index) => ({
    username: names[index % names.length] ?? '',
    password: `เดา-${index}`,
    address: `198.51.${index % 100}.${Math.floor(index / 100) % 200}`,
  }))
  const longest = await patience()
  let isOver = false
  const working = workMeanwhile(() => isOver)
  const answers = await attack(guesses, 64)
  isOver = true
  const rounds = await working

  const codes = countCodes(answers)
  expect(Object.keys(codes).sort()).toEqual(['sign-in-locked', 'sign-in-wrong'])
  // Four tries at each name are answered as wrong, the fifth as locked, and those after it are not looked at.
  expect(codes['sign-in-wrong']).toBe(4 * names.length)
  // Meanwhile everybody else went on working.
  expect(rounds.length).toBeGreaterThan(2)
  expect(median(rounds)).toBeLessThan(longest)

  const { guess, close } = guesser(server.url, 1)
  const right = { password: SAMPLE_PASSWORD, address: '203.0.113.1' }
  expect(await guess({ ...right, username: 'surachai' })).toMatchObject({ status: 200 })
  expect(await guess({ ...right, username: 'somying' })).toMatchObject({ status: 200 })
  expect(await guess({ ...right, username: 'teerawat' })).toMatchObject({
    status: 429,
    code: 'sign-in-locked',
  })
  minutesAhead += 16
  expect(await guess({ ...right, username: 'teerawat' })).toMatchObject({ status: 200 })
  close()
})

test.each([
  ['one address', () => '198.18.0.1'],
  [
    'one network of IPv6, each time from another address',
    (index: number) => `2001:db8:0:1::${index.toString(16)}`,
  ],
])('three hundred guesses at once from %s are held after a hundred', async (_, addressOf) => {
  const began = minutesAhead
  const guesses = Array.from({ length: 300 }, (_, index) => ({
    username: `somebody-${began}-${index}`,
    password: 'เดา',
    address: addressOf(index),
  }))
  const codes = countCodes(await attack(guesses, 300))
  // A hundred, and those whose turn had come in that moment.
  expect(codes['sign-in-wrong']).toBeLessThan(130)
  expect(codes['sign-in-wrong']).toBeGreaterThanOrEqual(100)
  expect(codes['sign-in-locked']).toBeGreaterThan(100)
  minutesAhead += 6
})

test('a thousand passwords at once are not all looked at: the rest are told to come again, and work goes on', async () => {
  minutesAhead += 30
  staff = await signInTo(server.url, 'somying')
  const guesses = Array.from({ length: 1000 }, (_, index) => ({
    username: `flood-${index}`,
    password: 'เดา',
    address: `192.0.${2 + (index % 200)}.${Math.floor(index / 200)}`,
  }))
  const longest = await patience()
  let isOver = false
  const working = workMeanwhile(() => isOver)
  const codes = countCodes(await attack(guesses, 1000))
  isOver = true
  const rounds = await working
  expect(Object.keys(codes).sort()).toEqual(['sign-in-wrong', 'too-many-requests'])
  expect(codes['too-many-requests']).toBeGreaterThan(300)
  expect(median(rounds)).toBeLessThan(longest)
  const { guess, close } = guesser(server.url, 1)
  expect(
    await guess({ username: 'somying', password: SAMPLE_PASSWORD, address: '203.0.113.7' }),
  ).toMatchObject({ status: 200 })
  close()
})

test('a name in capitals, with spaces or in letters that look alike has no tries of its own at the account', async () => {
  const { guess, close } = guesser(server.url, 1)
  const names = ['PIMJAI', ' pimjai', 'Pimjai ', '\tpimjai', 'pImJaI']
  const codes: string[] = []
  for (const username of names)
    codes.push((await guess({ username, password: 'เดา', address: '203.0.113.50' })).code)
  expect(codes).toEqual([...Array(4).fill('sign-in-wrong'), 'sign-in-locked'])
  const alike = await guess({ username: 'рimjai', password: SAMPLE_PASSWORD, address: '203.0.113.50' })
  expect(alike).toMatchObject({ code: 'sign-in-wrong' })
  close()
})

test('the time that a refusal takes does not tell whether there is an account', async () => {
  const { guess, close } = guesser(server.url, 1)
  const times = { known: [] as number[], unknown: [] as number[] }
  for (let round = 0; round < 4; round += 1) {
    for (const [index, username] of known.entries()) {
      // Past every pause, so that each is looked at.
      minutesAhead += 16
      const address = `203.0.113.${100 + index}`
      const mine = await guess({ username, password: 'เดา', address })
      const nobodys = await guess({ username: `${username}x`, password: 'เดา', address })
      times.known.push(mine.ms)
      times.unknown.push(nobodys.ms)
    }
  }
  close()
  const ratio = median(times.known) / median(times.unknown)
  expect(ratio).toBeGreaterThan(0.6)
  expect(ratio).toBeLessThan(1.67)
  // And it is the hash that takes the time.
  expect(median(times.unknown)).toBeGreaterThan(5)
})
