import { describe, expect, it } from 'vitest'
import type { LetterRow } from '../../shared/contract/views.ts'
import { mergedByChange, neighbour } from './neighbour.ts'

const row = (letterId: string, changedAt = '2026-11-23T03:00:00.000Z'): LetterRow => ({
  letterId,
  subject: 'ขออนุมัติจัดประชุม',
  urgency: 'normal',
  stage: 'proposed',
  number: null,
  date: null,
  from: 'สำนักกฎหมาย',
  withPosition: null,
  signatures: 0,
  changedAt,
  changedBy: 'นางสาวสมหญิง ใจดี',
  secrecy: 'none',
  dueAt: null,
  overdue: false,
  unread: false,
  waiting: 0,
})
const rows = [row('a'), row('b'), row('c')]

describe('moving through a list', () => {
  it('begins at the first letter when none is open', () => {
    expect(neighbour(rows, null, 1)?.letterId).toBe('a')
    expect(neighbour(rows, 'gone', -1)?.letterId).toBe('a')
  })

  it('goes to the next and the one before, and stops at the ends', () => {
    expect(neighbour(rows, 'b', 1)?.letterId).toBe('c')
    expect(neighbour(rows, 'b', -1)?.letterId).toBe('a')
    expect(neighbour(rows, 'c', 1)).toBeUndefined()
    expect(neighbour(rows, 'a', -1)).toBeUndefined()
  })

  it('goes on where a letter stood that has left the folder', () => {
    expect(neighbour(rows, 'signed', 1, 1)?.letterId).toBe('b')
    expect(neighbour(rows, 'signed', -1, 1)?.letterId).toBe('a')
    expect(neighbour(rows, 'signed', 1, 3)).toBeUndefined()
    expect(neighbour(rows, 'signed', -1, 0)).toBeUndefined()
  })
})

describe('letters of several folders', () => {
  it('stand once each, latest change first', () => {
    const old = row('a', '2026-11-21T03:00:00.000Z')
    const fresh = row('b', '2026-11-23T04:00:00.000Z')
    const merged = mergedByChange([[old, fresh], [old], [row('c')]])
    expect(merged.map(({ letterId }) => letterId)).toEqual(['b', 'c', 'a'])
  })
})
