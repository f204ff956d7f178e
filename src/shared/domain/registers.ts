import type { LetterForm, LetterKind, Secrecy } from '../contract/facts.ts'
import type { Organisation, Register, Unit } from '../contract/organisation.ts'
import { accept, type Outcome, refuse } from '../outcome.ts'
import { buddhistYear } from '../thai/dates.ts'
import type { Directory } from './organisation.ts'

const OCTOBER = '10'

/**
 * The period of a register that a day (in Bangkok, Gregorian) falls into, as a Buddhist year: its numbers begin at 1
 * again with the calendar year (ข้อ 32, 37), or with the fiscal year from 1 October; 0 where they never do.
 */
export function periodOf(register: Register, day: string): number {
  switch (register.period) {
    case 'never':
      return 0
    case 'calendar-year':
      return buddhistYear(day)
    case 'fiscal-year':
      return buddhistYear(day) + (day.slice(5, 7) >= OCTOBER ? 1 : 0)
  }
}

/** What a register has to take. */
interface Filing {
  readonly kind: LetterKind
  readonly form: LetterForm
  readonly circular: boolean
  readonly secrecy: Secrecy
}

/**
 * The register that numbers a letter of a unit, which is the unit's own or that of one above it: a register for its
 * form, then one for circulars where it is one, then the general one (ข้อ 32: a series of their own or shared).
 */
export function sendRegisterFor(filing: Filing, unitId: string, directory: Directory): Register | undefined {
  for (const unit of directory.line(unitId)) {
    const own = directory.organisation.registers.filter(
      (register) => register.unitId === unit.id && register.secret === (filing.secrecy !== 'none'),
    )
    const found =
      own.find(({ use, forms }) => use === 'form' && forms.includes(filing.form)) ??
      (filing.circular ? own.find(({ use }) => use === 'circular') : undefined) ??
      own.find(({ use }) => use === 'send')
    if (found) return found
  }
  return undefined
}

/** The register in which a unit enters what it receives. */
export const receiveRegisterFor = (unitId: string, secret: boolean, directory: Directory) =>
  directory.organisation.registers.find(
    (register) => register.unitId === unitId && register.use === 'receive' && register.secret === secret,
  )

/** Whether a letter may be filed in a register to be numbered there. Refuses register-unfit. */
export function fitsSendRegister(
  filing: Filing,
  unitId: string,
  registerId: string,
  directory: Directory,
): Outcome<Register> {
  const register = directory.register(registerId)
  const fitting = sendRegisterFor(filing, unitId, directory)
  if (register && register.id === fitting?.id) return accept(register)
  return refuse('register-unfit', { register: register?.title ?? registerId, fitting: fitting?.title ?? '-' })
}

/** Whether what a unit receives may be entered in a register. Refuses register-unfit. */
export function fitsReceiveRegister(
  secrecy: Secrecy,
  unitId: string,
  registerId: string,
  directory: Directory,
): Outcome<Register> {
  const register = directory.register(registerId)
  const secret = secrecy !== 'none'
  if (register?.use === 'receive' && register.unitId === unitId && register.secret === secret) {
    return accept(register)
  }
  const fitting = receiveRegisterFor(unitId, secret, directory)
  return refuse('register-unfit', { register: register?.title ?? registerId, fitting: fitting?.title ?? '-' })
}

/**
 * A number as a register writes it, in Arabic digits: `สปสช 5.30/1247`, `สปสช 5.30/ว 12`, `35/2569`. A circular in the
 * general series carries ว before its running number, with a space, wherever the template puts it.
 */
export function numberText(
  register: Register,
  unit: Unit,
  { agencyCode }: Pick<Organisation, 'agencyCode'>,
  number: { readonly serial: number; readonly period: number; readonly circular: boolean },
): string {
  const isGeneral = register.use === 'send' || register.use === 'circular'
  const template =
    isGeneral && !register.template.includes('{circular}')
      ? register.template.replace('{serial', '{circular}{serial')
      : register.template
  return template
    .replaceAll('{agency}', agencyCode)
    .replaceAll('{code}', unit.code)
    .replaceAll('{circular}', number.circular ? 'ว ' : '')
    .replaceAll('{year}', String(number.period))
    .replaceAll('{yy}', String(number.period % 100).padStart(2, '0'))
    .replace(/\{serial(?::(\d))?\}/g, (_, width?: string) =>
      String(number.serial).padStart(Number(width ?? 0), '0'),
    )
}
