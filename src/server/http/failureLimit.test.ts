import { expect, test } from 'vitest'
import { failureLimit } from './failureLimit.ts'

const now = new Date('2026-11-23T03:00:00Z')

test('an address is held after a hundred failures, and free five minutes after the first', () => {
  const limit = failureLimit()
  for (let index = 0; index < 99; index += 1) limit.count('198.51.100.1', now)
  expect(limit.minutesLeft('198.51.100.1', now)).toBe(0)
  limit.count('198.51.100.1', now)
  expect(limit.minutesLeft('198.51.100.1', now)).toBe(5)
  expect(limit.minutesLeft('198.51.100.2', now)).toBe(0)
  expect(limit.minutesLeft('198.51.100.1', new Date(now.getTime() + 5 * 60_000))).toBe(0)
})

test('somebody with ten thousand addresses does not make it forget the one that failed last', () => {
  const limit = failureLimit()
  for (let index = 0; index < 9999; index += 1) limit.count(`other ${index}`, now)
  for (let index = 0; index < 100; index += 1) limit.count('198.51.100.1', now)
  for (let index = 0; index < 5000; index += 1) limit.count(`more ${index}`, now)
  expect(limit.minutesLeft('198.51.100.1', now)).toBe(5)
})
