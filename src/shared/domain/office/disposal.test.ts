import { v7 as uuid } from 'uuid'
import { beforeEach, expect, it } from 'vitest'
import type { OfficeEventOf } from '../../contract/office.ts'
import type { Letter } from '../letter.ts'
import { disposalStage } from './disposal.ts'
import { type PureOffice, pureOffice, storedLetter } from './testing/pureOffice.ts'

let office: PureOffice
let old: Letter
let other: Letter
let permanent: Letter
const disposalId = uuid()

beforeEach(() => {
  office = pureOffice('2027-01-15T03:00:00.000Z')
  old = storedLetter(2560)
  other = storedLetter(2569)
  permanent = storedLetter(null)
  for (const letter of [old, other, permanent]) office.letters.set(letter.id, letter)
})

const list = (...letters: Letter[]) => ({
  ...{ type: 'list-expired' as const, disposalId, unitId: 'fund', year: 2570 },
  letterIds: letters.map(({ id }) => id),
})
const committee = (members = ['one', 'two']) => ({
  ...{ type: 'appoint-committee' as const, disposalId, positionId: 'general', chair: 'chief', members },
})
const view = (...keep: Letter[]) => ({
  ...{ type: 'give-view' as const, disposalId, keep: keep.map(({ id }) => id) },
  note: keep.length > 0 ? 'ยังใช้อ้างอิง' : '',
})
const approve = { type: 'approve-disposal' as const, disposalId, positionId: 'general', note: '' }
const answer = (...wanted: Letter[]) => ({
  ...{ type: 'record-archives-answer' as const, disposalId, note: '' },
  wanted: wanted.map(({ id }) => id),
})
const carryOut = { type: 'carry-out' as const, disposalId, note: '' }

function approved() {
  office.done('clerk', list(old, other))
  office.done('head', committee())
  for (const member of ['chief', 'one', 'two']) office.done(member, view())
  office.done('head', approve)
}

it('ข้อ 66: the unit’s clerk lists what is over, and nothing else', () => {
  expect(office.refused('admin', list(old))).toBe('clerk-only')
  expect(office.refused('clerk', list(old, storedLetter(2560)))).toBe('disposal-letter-unfit')
  office.letters.set('later', storedLetter(2575, { draftedAt: '2019-05-01T03:00:00.000Z' }))
  expect(office.refused('clerk', { ...list(), letterIds: ['later'] })).toBe('disposal-letter-unfit')
  expect(office.refused('clerk', { ...list(old), year: 2571 })).toBe('disposal-letter-unfit')
  office.letters.set('elsewhere', storedLetter(2560, { unitId: 'group' }))
  expect(office.refused('clerk', { ...list(), letterIds: ['elsewhere'] })).toBe('disposal-letter-unfit')
  office.done('clerk', list(old, other))
})

it('ข้อ 67: the head appoints a chair and at least two others, all different', () => {
  office.done('clerk', list(old))
  expect(office.refused('chief', { ...committee(), positionId: 'director' })).toBe('disposal-needs-head')
  expect(office.refused('chief', committee())).toBe('position-not-held')
  expect(office.refused('head', committee(['one']))).toBe('disposal-committee')
  expect(office.refused('head', committee(['one', 'chief']))).toBe('disposal-committee')
  office.done('head', committee())
})

it('ข้อ 68–69: the head decides when every member has given their view, and once each', () => {
  office.done('clerk', list(old))
  office.done('head', committee())
  expect(office.refused('three', view())).toBe('disposal-not-member')
  office.done('chief', view())
  expect(office.refused('chief', view())).toBe('disposal-not-member')
  office.done('one', view())
  expect(office.refused('head', approve)).toBe('disposal-stage')
  office.done('two', view())
  expect(office.refused('clerk', approve)).toBe('position-not-held')
  office.done('head', approve)
})

it('ข้อ 69: nothing is destroyed before the National Archives have answered, or had 60 days', () => {
  approved()
  expect(office.refused('one', carryOut)).toBe('archives-still-waiting')
  office.now = '2027-03-16T16:59:59.000Z'
  expect(office.refused('one', carryOut)).toBe('archives-still-waiting')
  office.now = '2027-03-16T17:00:00.000Z'
  const [event] = office.done('one', carryOut) as [OfficeEventOf<'disposal-carried-out'>]
  expect(event.destroyed.toSorted()).toEqual([old.id, other.id].toSorted())
  expect(office.refused('one', carryOut)).toBe('disposal-stage')
})

it('what the Archives want goes to them, what a member wants is kept, the rest is destroyed', () => {
  const third = storedLetter(2560)
  office.letters.set(third.id, third)
  office.done('clerk', list(old, other, third))
  office.done('head', committee())
  office.done('chief', view())
  office.done('one', view(old))
  office.done('two', view())
  office.done('head', approve)
  expect(office.refused('clerk', answer(old))).toBe('disposal-letter-unlisted')
  office.done('clerk', answer(other))
  const [event] = office.done('chief', carryOut)
  expect(event).toMatchObject({ destroyed: [third.id], handedOver: [other.id] })
})

it('ข้อ 58: what is 20 years old is offered to the Archives, never destroyed', () => {
  office.letters.set(permanent.id, permanent)
  const [listed] = office.done('clerk', list(old, permanent))
  expect(listed).toMatchObject({ offered: [permanent.id] })
  office.done('head', committee())
  for (const member of ['chief', 'one', 'two']) office.done(member, view())
  office.done('head', approve)
  office.done('clerk', answer())
  expect(office.done('one', carryOut)[0]).toMatchObject({ destroyed: [old.id], handedOver: [] })
})

it('what was taken up again meanwhile stays, and what is on loan stops the destruction', () => {
  approved()
  office.done('clerk', answer())
  const asked = { id: 'x', personId: 'one', purpose: 'ตรวจ', until: '2027-12-31', askedOf: [] }
  const loan = { ...asked, state: 'granted' as const }
  office.letters.set(other.id, { ...other, loans: [loan] })
  expect(office.refused('one', carryOut)).toBe('lent-already')
  office.letters.set(other.id, { ...other, keeping: null })
  expect(office.done('one', carryOut)[0]).toMatchObject({ destroyed: [old.id] })
})

it('ปฏิบัติราชการแทน: a delegate decides as the head, unless the order is limited to other units', () => {
  office.done('clerk', list(old))
  const delegation = {
    ...{
      id: 'order',
      kind: 'delegated' as const,
      positionId: 'general',
      personId: 'three',
      ownPositionId: null,
    },
    ...{ orderNumber: '1/2570', orderDate: '2027-01-10', from: '2027-01-15', to: '2027-12-31' },
    scope: { kinds: null, unitIds: ['group'], ceiling: null },
  }
  office.done('admin', { type: 'delegate', delegation })
  expect(office.refused('three', committee())).toBe('delegation-out-of-scope')
  office.done('admin', {
    type: 'delegate',
    delegation: { ...delegation, id: 'order-2', scope: { kinds: null, unitIds: ['fund'], ceiling: null } },
  })
  expect(office.done('three', committee())[0]).toMatchObject({ onBehalfOf: 'head', delegationId: 'order-2' })
})

it('each step is told by the stage', () => {
  const stage = () => {
    const disposal = office.disposal(disposalId)
    return disposal && disposalStage(disposal)
  }
  approved()
  expect(stage()).toBe('approved')
  office.done('clerk', answer())
  expect(stage()).toBe('answered')
  office.done('one', carryOut)
  expect(stage()).toBe('carried-out')
})
