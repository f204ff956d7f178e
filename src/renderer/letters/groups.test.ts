import { describe, expect, it } from 'vitest'
import type { LetterRow } from '../../shared/contract/views.ts'
import { groupsOf } from './groups.ts'

const row = (letterId: string, facts: Partial<LetterRow>): LetterRow => ({
  letterId,
  subject: 'ขออนุมัติจัดประชุม',
  urgency: 'normal',
  stage: 'proposed',
  number: null,
  date: null,
  from: 'สำนักกฎหมาย',
  withPosition: null,
  signatures: 0,
  changedAt: '2026-11-23T03:00:00.000Z',
  changedBy: 'นางสาวอรอุมา ทองดี',
  secrecy: 'none',
  dueAt: null,
  overdue: false,
  unread: false,
  waiting: 0,
  ...facts,
})
const now = '2026-11-23T03:00:00.000Z'
const shape = (rows: LetterRow[], grouping: 'urgency' | 'day') =>
  groupsOf(rows, grouping, now).map(({ name, rows: inGroup }) => [name, inGroup.map((one) => one.letterId)])

describe('the groups of a list', () => {
  it('put the most urgent first, and leave out degrees that no letter has', () => {
    const rows = [
      row('a', {}),
      row('b', { urgency: 'most-urgent' }),
      row('c', { urgency: 'urgent' }),
      row('d', { urgency: 'most-urgent' }),
    ]
    expect(shape(rows, 'urgency')).toEqual([
      ['urgency.most-urgent', ['b', 'd']],
      ['urgency.urgent', ['c']],
      ['urgency.normal', ['a']],
    ])
  })

  it('follow the calendar of Bangkok, where a new day begins at 17.00 UTC', () => {
    const rows = [
      row('a', { changedAt: '2026-11-22T17:00:00.000Z' }),
      row('b', { changedAt: '2026-11-22T16:59:59.000Z' }),
      row('c', { changedAt: '2026-11-17T03:00:00.000Z' }),
      row('d', { changedAt: '2026-11-16T03:00:00.000Z' }),
    ]
    expect(shape(rows, 'day')).toEqual([
      ['list.today', ['a']],
      ['list.yesterday', ['b']],
      ['list.week', ['c']],
      ['list.earlier', ['d']],
    ])
  })
})
