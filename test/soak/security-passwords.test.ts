import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningServer } from '../../src/server/start.ts'
import { countCodes, type Guess, type Guessed, guesser, median } from '../support/hostile/guessing.ts'
import { startTestServer } from '../support/server/testServer.ts'

let server: RunningServer
let minutesAhead = 0

beforeAll(async () => {
  server = await startTestServer({
    trustProxy: ['127.0.0.1'],
    clock: () => new Date(Date.now() + minutesAhead * 60_000),
  })
})
afterAll(() => server?.stop())

const known = ['teerawat', 'kamonchanok', 'prawit', 'nittaya', 'wanwipa', 'orauma', 'surachai', 'pimjai']

test('a day of guessing, a hundred thousand tries over many names and addresses, gets a few looked at for each name', async () => {
  const { guess, close } = guesser(server.url, 64)
  const answers: Guessed[] = []
  for (let quarter = 0; quarter < 96; quarter += 1) {
    const guesses = Array.from({ length: 1042 }, (_, index): Guess => {
      const address = `198.${18 + (index % 2)}.${index % 250}.${quarter}`
      return { username: known[index % known.length] ?? '', password: `${quarter} ${index}`, address }
    }).values()
    const work = async () => {
      for (const one of guesses) answers.push(await guess(one))
    }
    await Promise.all(Array.from({ length: 64 }, work))
    minutesAhead += 15
  }
  close()
  expect(answers).toHaveLength(96 * 1042)
  expect(Object.keys(countCodes(answers)).sort()).toEqual(['sign-in-locked', 'sign-in-wrong'])
  // The first four of a name, and then no more than one each quarter of an hour.
  expect(countCodes(answers)['sign-in-wrong']).toBe(4 * known.length)
})

test('over hundreds of tries the time of a refusal does not tell whether there is an account', async () => {
  const { guess, close } = guesser(server.url, 1)
  const times = { known: [] as number[], unknown: [] as number[] }
  for (let round = 0; round < 60; round += 1) {
    for (const [index, username] of known.entries()) {
      minutesAhead += 16
      const address = `203.0.113.${index}`
      times.known.push((await guess({ username, password: 'เดา', address })).ms)
      times.unknown.push((await guess({ username: `${username}x`, password: 'เดา', address })).ms)
    }
  }
  close()
  const ratio = median(times.known) / median(times.unknown)
  expect(ratio).toBeGreaterThan(0.9)
  expect(ratio).toBeLessThan(1.11)
})
