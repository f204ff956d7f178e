import { describe, expect, it } from 'vitest'
import type { OfficeBodyOf } from '../../contract/office.ts'
import { organisationSchema } from '../../contract/organisation.ts'
import { directoryOf } from '../organisation.ts'
import { pureOffice, smallOrganisation } from './testing/pureOffice.ts'

const now = '2026-11-23T03:00:00.000Z'
const holder = (personId: string, from: string, to: string | null = null): OfficeBodyOf<'assign'> => ({
  type: 'assign',
  assignment: { positionId: 'director', personId, role: 'holder', from, to },
})
const ending = (personId: string, from: string, to: string): OfficeBodyOf<'end-assignment'> => ({
  ...{ type: 'end-assignment', positionId: 'director', personId, role: 'holder', from, to },
})
const delegation: OfficeBodyOf<'delegate'>['delegation'] = {
  ...{ id: 'order-1', kind: 'acting', positionId: 'director', personId: 'one', ownPositionId: null },
  ...{ orderNumber: 'คำสั่งที่ 1/2569', orderDate: '2026-11-20', from: '2026-11-23', to: '2026-12-31' },
  scope: { kinds: null, unitIds: null, ceiling: null },
}

describe('people and places', () => {
  it('only administrators change them; the server’s keeper brings the address book', () => {
    const office = pureOffice(now)
    const person = { ...smallOrganisation.people[0], id: 'new' } as OfficeBodyOf<'put-person'>['person']
    expect(office.refused('clerk', { type: 'put-person', person })).toBe('administrator-only')
    office.done('admin', { type: 'put-person', person })
    expect(office.organisation().people.at(-1)?.id).toBe('new')
    const agency = {
      ...{ id: 'moph', name: 'กระทรวงสาธารณสุข', mailbox: 'saraban@moph.example', postalAddress: '' },
      ...{ exchange: null, source: 'dga' as const },
    }
    office.done('server', { type: 'put-agencies', agencies: [agency] })
    expect(office.refused('server', { type: 'put-person', person })).toBe('administrator-only')
  })

  it('whatever is named has to exist', () => {
    const office = pureOffice(now)
    const [unit] = smallOrganisation.units
    if (!unit) throw new Error('no unit')
    expect(office.refused('admin', { type: 'put-unit', unit: { ...unit, parentId: 'nowhere' } })).toBe(
      'organisation-unknown-id',
    )
    expect(office.refused('admin', holder('nobody', '2026-11-23'))).toBe('organisation-unknown-id')
  })

  it('no unit and no position stands above itself', () => {
    const office = pureOffice(now)
    const [fund] = smallOrganisation.units
    const [general] = smallOrganisation.positions
    if (!fund || !general) throw new Error('no unit')
    expect(office.refused('admin', { type: 'put-unit', unit: { ...fund, parentId: 'group' } })).toBe(
      'unit-circle',
    )
    const under = { ...general, superiorId: 'director' }
    expect(office.refused('admin', { type: 'put-position', position: under })).toBe('unit-circle')
  })

  it('ข้อ 32, 37: a register that has given numbers keeps its unit, its use and its period', () => {
    const office = pureOffice(now)
    const [register] = smallOrganisation.registers
    if (!register) throw new Error('no register')
    const never = { ...register, period: 'never' as const }
    office.done('clerk', { type: 'reserve-number', registerId: 'send', owner: 'ผอ.', reason: 'รอลงนาม' })
    expect(office.refused('admin', { type: 'put-register', register: never })).toBe('register-in-use')
    office.done('admin', { type: 'put-register', register: { ...register, title: 'ทะเบียนหนังสือส่ง' } })
  })
})

describe('posts', () => {
  it('a position has one holder at a time: the next begins after the last day of the one before', () => {
    const office = pureOffice(now)
    expect(office.refused('admin', holder('one', '2026-12-01'))).toBe('position-held-already')
    office.done('admin', ending('chief', '2024-10-01', '2026-11-30'))
    expect(office.refused('admin', holder('one', '2026-11-30'))).toBe('position-held-already')
    office.done('admin', holder('one', '2026-12-01'))
    const directory = directoryOf(office.organisation())
    expect(directory.holder('director', '2026-11-30T16:59:59.000Z')?.id).toBe('chief')
    expect(directory.holder('director', '2026-11-30T17:00:00.000Z')?.id).toBe('one')
  })

  it('the past is not rewritten: nobody begins before today, nobody ends before yesterday or later than agreed', () => {
    const office = pureOffice(now)
    expect(office.refused('admin', ending('chief', '2024-10-01', '2026-11-21'))).toBe('period-unfit')
    office.done('admin', ending('chief', '2024-10-01', '2026-11-22'))
    expect(office.refused('admin', ending('chief', '2024-10-01', '2026-11-30'))).toBe('period-unfit')
    expect(office.refused('admin', holder('one', '2026-11-22'))).toBe('period-unfit')
    office.done('admin', holder('one', '2026-11-23'))
  })

  it('a post that was given in error never comes into force', () => {
    const office = pureOffice(now)
    office.done('admin', ending('chief', '2024-10-01', '2026-11-30'))
    office.done('admin', holder('one', '2026-12-01'))
    office.done('admin', ending('one', '2026-12-01', '2026-11-23'))
    office.done('admin', holder('two', '2026-12-01'))
    expect(office.organisation().assignments.some(({ personId }) => personId === 'one')).toBe(false)
  })

  it('at least one administrator stays', () => {
    const office = pureOffice(now)
    const duty = { role: 'administrator' as const, personId: 'one', unitId: 'fund', from: '2026-12-01' }
    const last = { type: 'end-duty' as const, role: duty.role, personId: 'admin', unitId: 'fund' }
    const leaves = { ...last, from: '2024-10-01', to: '2026-11-25' }
    expect(office.refused('admin', leaves)).toBe('last-administrator')
    office.done('admin', { type: 'appoint', duty: { ...duty, to: null } })
    // The other one has not begun by then.
    expect(office.refused('admin', leaves)).toBe('last-administrator')
    office.done('admin', { ...leaves, to: '2026-11-30' })
  })
})

describe('delegations', () => {
  it('the holder needs none, and only one acts at a time (รักษาการแทน)', () => {
    const office = pureOffice(now)
    const to = (personId: string, id: string, changes = {}) =>
      office.refused('admin', { type: 'delegate', delegation: { ...delegation, personId, id, ...changes } })
    expect(to('chief', 'order-2')).toBe('delegation-to-holder')
    expect(to('one', 'order-1')).toBeUndefined()
    expect(to('two', 'order-3')).toBe('position-acted-by-other')
    expect(to('two', 'order-1', { from: '2027-01-01', to: '2027-01-31' })).toBe('id-taken')
    expect(to('two', 'order-4', { kind: 'delegated' })).toBeUndefined()
    office.done('admin', { type: 'end-delegation', delegationId: 'order-1', to: '2026-11-25' })
    expect(to('two', 'order-5', { from: '2026-11-26' })).toBeUndefined()
  })

  it('a delegate does not become the holder while the order stands', () => {
    const office = pureOffice(now)
    office.done('admin', { type: 'delegate', delegation })
    office.done('admin', ending('chief', '2024-10-01', '2026-11-30'))
    expect(office.refused('admin', holder('one', '2026-12-01'))).toBe('delegation-to-holder')
    office.done('admin', holder('one', '2027-01-01'))
  })
})

describe('rules', () => {
  it('the log alone makes the organisation again, each change a version of its own', () => {
    const office = pureOffice(now)
    office.done('admin', { type: 'set-policy', policy: { reservationDays: 3 } })
    office.done('admin', { type: 'set-holidays', year: 2027, days: ['2027-01-01', '2027-04-13'] })
    office.done('admin', { type: 'set-holidays', year: 2027, days: ['2027-01-01'] })
    expect(office.refused('admin', { type: 'set-holidays', year: 2027, days: ['2026-12-31'] })).toBe(
      'period-unfit',
    )
    const after = office.organisation()
    expect(after).toMatchObject({ version: 4, holidays: ['2027-01-01'] })
    expect(after.policy).toEqual({ ...smallOrganisation.policy, reservationDays: 3 })
    expect(organisationSchema.parse(after)).toEqual(after)
  })
})
