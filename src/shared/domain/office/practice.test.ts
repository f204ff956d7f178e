import { expect, it } from 'vitest'
import { practiceOf } from './practice.ts'
import { storedLetter } from './testing/pureOffice.ts'

const number = { registerId: 'send', buddhistYear: 2569, serial: 7, text: 'สปสช 5.30/7', date: '2026-11-25' }

it('แบบที่ 13: การปฏิบัติ says where it went, what was heard back, and by which letter it was answered (ข้อ 38)', () => {
  const dispatch = { id: 'd', by: 'clerk', keptInSystem: true, evidence: '', withdrawn: null }
  const delivery = { id: 'x', fromUnitId: 'fund', objective: 'for-action' as const, note: '', dueAt: null }
  const letter = storedLetter(2579, {
    deliveries: [
      {
        ...{
          ...delivery,
          toUnitId: 'group',
          sentBy: 'clerk',
          sentAt: '2026-11-24T03:00:00.000Z',
          reason: '',
        },
        ...{ state: 'received', receivedAs: { letterId: 'other', receipt: { ...number, text: '12' } } },
      },
    ],
    dispatches: [
      {
        ...{ ...dispatch, way: 'email', at: '2026-11-23T03:00:00.000Z' },
        recipients: [
          {
            ...{ agencyId: null, name: 'กรมบัญชีกลาง', address: 'saraban@cgd.example' },
            confirmations: [
              {
                ...{ dispatchId: 'd', recipient: 0, state: 'registered', number: '99', evidence: '' },
                at: '2026-11-24T02:00:00.000Z',
              },
            ],
          },
        ],
      },
    ],
  })
  const answer = storedLetter(2579, { number, repliesTo: letter.id })
  const unnumbered = storedLetter(2579, { repliesTo: letter.id })
  expect(practiceOf(letter, [answer, unnumbered])).toEqual([
    {
      ...{ kind: 'dispatched', at: '2026-11-23T03:00:00.000Z', way: 'email', recipient: 'กรมบัญชีกลาง' },
      ...{
        confirmed: { state: 'registered', number: '99', at: '2026-11-24T02:00:00.000Z' },
        withdrawn: false,
      },
    },
    {
      ...{ kind: 'delivered', at: '2026-11-24T03:00:00.000Z', unitId: 'group', state: 'received' },
      receipt: { ...number, text: '12' },
    },
    { kind: 'answered', letterId: answer.id, number: 'สปสช 5.30/7', date: '2026-11-25' },
  ])
})
