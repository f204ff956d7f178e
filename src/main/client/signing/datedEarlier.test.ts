import { expect, test } from 'vitest'
import { isDatedEarlier } from './datedEarlier.ts'

const number = {
  registerId: 'send-fund',
  buddhistYear: 2569,
  serial: 1247,
  text: 'สปสช 5.30/1247',
  date: '2026-11-23',
}
const signatures = [] as const

test('a letter that was numbered and returned is dated earlier from the next day in Bangkok on', () => {
  expect(isDatedEarlier({ signatures, number }, '2026-11-23T16:59:00.000Z')).toBe(false)
  expect(isDatedEarlier({ signatures, number }, '2026-11-23T17:01:00.000Z')).toBe(true)
})

test('a letter without a number gets the date of the day on which it is signed', () => {
  expect(isDatedEarlier({ signatures, number: null }, '2026-11-24T03:00:00.000Z')).toBe(false)
})
