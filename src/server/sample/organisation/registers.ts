import type { Register, Unit } from '../../../shared/contract/organisation.ts'

type Named = Pick<Unit, 'id' | 'name'>

const register = (
  id: string,
  unitId: string,
  title: string,
  rest: Pick<Register, 'use' | 'template'> & Partial<Pick<Register, 'forms' | 'secret'>>,
): Register => ({ id, unitId, title, forms: [], secret: false, period: 'calendar-year', ...rest })

const SEND = '{agency} {code}/{circular}{serial}'

/** The registers of a unit: what it sends, what it receives, its orders. */
export const registersOf = ({ id, name }: Named): Register[] => [
  register(`send-${id}`, id, `ทะเบียนหนังสือส่ง ${name}`, { use: 'send', template: SEND }),
  receiveRegisterOf({ id, name }),
  register(`form-${id}`, id, `ทะเบียนคำสั่ง ${name}`, {
    use: 'form',
    forms: ['order'],
    template: '{serial}/{year}',
  }),
]

/** The receive register, which is all that a group has of its own. */
export const receiveRegisterOf = ({ id, name }: Named): Register =>
  register(`receive-${id}`, id, `ทะเบียนหนังสือรับ ${name}`, { use: 'receive', template: '{serial}' })

/** A series of its own for circulars (ข้อ 32); units without one number them with the rest. */
export const circularRegisterOf = ({ id, name }: Named): Register =>
  register(`circular-${id}`, id, `ทะเบียนหนังสือเวียน ${name}`, { use: 'circular', template: SEND })

/** The registers for what is secret, apart from the others (ทะเบียนรับ ทขล. 1, ทะเบียนส่ง ทขล. 2). */
export const secretRegistersOf = ({ id, name }: Named): Register[] => [
  register(`secret-send-${id}`, id, `ทะเบียนส่งข้อมูลข่าวสารลับ ${name}`, {
    use: 'send',
    secret: true,
    template: '{agency} ล {code}/{circular}{serial}',
  }),
  register(`secret-receive-${id}`, id, `ทะเบียนรับข้อมูลข่าวสารลับ ${name}`, {
    use: 'receive',
    secret: true,
    template: 'ล {serial}',
  }),
]

/** The registers of the whole office for announcements and certificates. */
export const officeRegisters: readonly Register[] = [
  register('announcement-executive', 'executive', 'ทะเบียนประกาศสำนักงาน', {
    use: 'form',
    forms: ['announcement'],
    template: '{serial}/{year}',
  }),
  register('certificate-hr', 'hr', 'ทะเบียนหนังสือรับรอง', {
    use: 'form',
    forms: ['certificate'],
    template: '{serial}/{year}',
  }),
]
