import { expect, it } from 'vitest'
import type { OfficeEventOf } from '../../contract/office.ts'
import { foldRegister } from './register.ts'
import { pureOffice } from './testing/pureOffice.ts'

const now = '2026-11-23T03:00:00.000Z'
const reserve = (registerId = 'send') => ({
  ...{ type: 'reserve-number' as const, registerId, owner: 'ผู้อำนวยการสำนัก', reason: 'รอผู้บริหารลงนาม' },
})

it('a reserved number is counted at once and stands until midnight in Bangkok', () => {
  const office = pureOffice(now)
  const [first] = office.done('clerk', reserve()) as [OfficeEventOf<'number-reserved'>]
  expect(first).toMatchObject({ serial: 1, buddhistYear: 2569, text: 'สปสช 5.30/1', date: '2026-11-23' })
  expect(first.until).toBe('2026-11-23T16:59:59.999Z')
  expect(office.done('clerk', reserve())[0]).toMatchObject({ serial: 2 })
})

it('the organisation says for how many days a number stands', () => {
  const office = pureOffice(now)
  office.done('admin', { type: 'set-policy', policy: { reservationDays: 3 } })
  expect(office.done('clerk', reserve())[0]).toMatchObject({ until: '2026-11-25T16:59:59.999Z' })
})

it('only the clerks of the register’s unit reserve, and only in registers of what goes out', () => {
  const office = pureOffice(now)
  expect(office.refused('admin', reserve())).toBe('clerk-only')
  expect(office.refused('clerk', reserve('receive'))).toBe('reservation-own-register')
  expect(office.refused('clerk', reserve('nowhere'))).toBe('organisation-unknown-id')
})

it('a cancelled number stays with its reason and is never given again', () => {
  const office = pureOffice(now)
  office.done('clerk', reserve())
  const cancel = {
    ...{ type: 'cancel-reservation' as const, registerId: 'send', buddhistYear: 2569, serial: 1 },
    reason: 'ไม่ได้ออกหนังสือ',
  }
  office.done('clerk', cancel)
  expect(office.refused('clerk', cancel)).toBe('reservation-unknown')
  expect(office.done('clerk', reserve())[0]).toMatchObject({ serial: 2 })
  expect(foldRegister(office.logs.get('register:send') ?? []).reservations).toMatchObject([
    { serial: 1, state: 'cancelled', cancelledFor: 'ไม่ได้ออกหนังสือ' },
    { serial: 2, state: 'reserved' },
  ])
})

it('the server cancels what ran out, and not before', () => {
  const office = pureOffice(now)
  office.done('clerk', reserve())
  const expire = { type: 'expire-reservation' as const, registerId: 'send', buddhistYear: 2569, serial: 1 }
  expect(office.refused('server', expire)).toBe('reservation-unknown')
  office.now = '2026-11-23T17:00:00.000Z'
  expect(office.done('server', expire)[0]).toMatchObject({ expired: true })
})
