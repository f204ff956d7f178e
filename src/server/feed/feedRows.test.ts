import { expect, test } from 'vitest'
import { feedRowsOf } from './feedRows.ts'

const letterId = '0198f1f0-0000-7000-8000-000000000001'

test('those who saw the letter before get only what is new', () => {
  const rows = feedRowsOf({ letterId, from: 3, to: 4, before: ['person:a'], after: ['person:a'] })
  expect(rows).toEqual([{ kind: 'events', letterId, fromVersion: 3, toVersion: 4, audience: ['person:a'] }])
})

test('those who join get the log from its first event', () => {
  const rows = feedRowsOf({
    letterId,
    from: 3,
    to: 3,
    before: ['person:a'],
    after: ['person:a', 'position:b'],
  })
  expect(rows).toContainEqual({
    kind: 'events',
    letterId,
    fromVersion: 1,
    toVersion: 3,
    audience: ['position:b'],
  })
})

test('those who leave are told to let go, and nobody else is', () => {
  const rows = feedRowsOf({
    letterId,
    from: 5,
    to: 5,
    before: ['person:a', 'position:b'],
    after: ['person:a'],
  })
  expect(rows.filter((row) => row.kind === 'retract').map((row) => row.audience)).toEqual([['position:b']])
})
