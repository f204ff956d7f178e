import { v7 as uuid } from 'uuid'
import type { OfficeEvent, OfficeEventBody } from '../../../contract/office.ts'
import type { Organisation } from '../../../contract/organisation.ts'
import type { Outcome } from '../../../outcome.ts'
import { ordinaryFacts } from '../../asked.ts'
import { defaultPolicy } from '../../defaultPolicy.ts'
import { chained } from '../../eventChain.ts'
import { evolve } from '../../evolve.ts'
import type { Letter } from '../../letter.ts'
import { directoryOf } from '../../organisation.ts'
import { decideOffice, type OfficeBody, streamOf } from '../decideOffice.ts'
import { type Disposal, evolveDisposal } from '../disposal.ts'
import { evolveOrganisation, isOrganisationEvent } from '../organisation.ts'
import { foldRegister } from '../register.ts'

const since = { from: '2024-10-01', to: null }
const unit = (id: string, name: string, code: string, parentId: string | null = null) => ({
  ...{ id, name, code, parentId, phone: '', mailbox: null },
})
const position = (id: string, title: string, rank: 'agency' | 'bureau', superiorId: string | null) => ({
  ...{ id, title, rank, superiorId, unitId: 'fund', executive: true },
})
const person = (id: string, name: string) => ({
  ...{ id, name, unitId: 'fund', email: `${id}@saraban.example`, clearance: 'none' as const },
})
const register = (id: string, use: 'send' | 'receive') => ({
  ...{ id, unitId: 'fund', title: id, template: '{agency} {code}/{circular}{serial}', use, forms: [] },
  ...{ period: 'calendar-year' as const, secret: false },
})

/** An office small enough to know by heart: a head, a deputy, a clerk, an administrator, three others. */
export const smallOrganisation: Organisation = {
  ...{ version: 1, name: 'สำนักงานตัวอย่าง', agencyCode: 'สปสช', agencyRoman: 'NHSO', registryUnitId: 'fund' },
  units: [unit('fund', 'สำนักบริหารงบกองทุน', '5.30'), unit('group', 'กลุ่มงานบัญชี', '5.31', 'fund')],
  positions: [
    position('general', 'เลขาธิการ', 'agency', null),
    position('director', 'ผู้อำนวยการสำนัก', 'bureau', 'general'),
  ],
  people: [
    person('head', 'นายแพทย์ประวิทย์ วงศ์สวัสดิ์'),
    person('chief', 'นางสาววรรณวิภา เจริญสุข'),
    person('clerk', 'นางพิมพ์ใจ รุ่งเรือง'),
    person('admin', 'นายธีรวัฒน์ ศรีสุขสันต์'),
    person('one', 'นางสาวสมหญิง ใจดี'),
    person('two', 'นายสุรชัย มณีวงศ์'),
    person('three', 'นางสาวอรอุมา ทองดี'),
  ],
  assignments: [
    { positionId: 'general', personId: 'head', role: 'holder', ...since },
    { positionId: 'director', personId: 'chief', role: 'holder', ...since },
  ],
  duties: [
    { role: 'clerk', personId: 'clerk', unitId: 'fund', ...since },
    { role: 'administrator', personId: 'admin', unitId: 'fund', ...since },
  ],
  delegations: [],
  registers: [register('send', 'send'), register('receive', 'receive')],
  agencies: [],
  holidays: [],
  links: [],
  policy: defaultPolicy,
}

/** A letter of the fund bureau that was registered in 2550 and is kept until the end of a Buddhist year. */
export function storedLetter(keptUntil: number | null, changes: Partial<Letter> = {}): Letter {
  const id = uuid()
  const moment = '2007-05-01T03:00:00.000Z'
  const base = {
    ...{
      letterId: id,
      commandId: id,
      actor: 'clerk',
      positionId: null,
      onBehalfOf: null,
      delegationId: null,
    },
    ...{ device: 'x', clientTime: moment, serverTime: moment, previousHash: null, hash: '0'.repeat(64) },
  }
  const receipt = { registerId: 'receive', buddhistYear: 2550, serial: 1, text: '1', date: '2007-05-01' }
  const registered = evolve(undefined, {
    ...base,
    version: 1,
    body: {
      ...ordinaryFacts,
      ...{ type: 'registered', kind: 'external', subject: 'ขอเชิญประชุม', addressee: 'เลขาธิการ' },
      ...{ unitId: 'fund', registerId: 'receive', way: 'post', arrivedAt: moment, deemedReceivedAt: moment },
      sender: { from: 'กรมบัญชีกลาง', agencyId: null, number: 'กค 0402/1', date: '2007-04-30' },
      ...{ paperAt: '', defect: '', despiteDuplicate: false, exchangeItemId: null, file: null, receipt },
    },
  })
  const stored = evolve(registered, {
    ...base,
    version: 2,
    body: { type: 'stored', classId: 'general', place: '', keptUntil },
  })
  return { ...stored, ...changes }
}

/** The office as the pure deciders see it: logs, and what follows from them. */
export interface PureOffice {
  /** ISO instant; set it to let time pass. */
  now: string
  readonly letters: Map<string, Letter>
  readonly logs: ReadonlyMap<string, readonly OfficeEvent[]>
  organisation(): Organisation
  disposal(id: string): Disposal | undefined
  ask(actor: string, body: OfficeBody): Outcome<OfficeEventBody[]>
  /** Asks, and fails on a refusal. */
  done(actor: string, body: OfficeBody): OfficeEventBody[]
  /** The code of a refusal; undefined where it was accepted. */
  refused(actor: string, body: OfficeBody): string | undefined
}

/** Sets an office up at a moment. */
export function pureOffice(now: string, organisation: Organisation = smallOrganisation): PureOffice {
  const logs = new Map<string, OfficeEvent[]>()
  const fold = (): Organisation => {
    const log = logs.get('organisation') ?? []
    const folded = log.reduce<Organisation | undefined>(
      (before, { body }) => (isOrganisationEvent(body) ? evolveOrganisation(before, body) : before),
      undefined,
    )
    if (!folded) throw new Error('not founded')
    return folded
  }
  const append = (stream: string, actor: string, bodies: readonly OfficeEventBody[]) => {
    const log = logs.get(stream) ?? []
    const events = chained(
      log.at(-1),
      bodies.map((body) => ({
        ...{ stream, body, actor, commandId: uuid(), device: 'x' },
        ...{ clientTime: office.now, serverTime: office.now },
      })),
    )
    logs.set(stream, [...log, ...events])
  }
  const disposal = (id: string) =>
    (logs.get(`disposal:${id}`) ?? []).reduce<Disposal | undefined>(evolveDisposal, undefined)
  const office: PureOffice = {
    now,
    letters: new Map(),
    logs,
    organisation: fold,
    disposal,
    ask: (actor, body) => {
      const stream = streamOf(body)
      const register = foldRegister(logs.get(stream) ?? [])
      const year = Number(office.now.slice(0, 4)) + 543
      const serials = register.reservations.filter((made) => made.buddhistYear === year)
      const made =
        'serial' in body
          ? register.reservations.find(
              ({ serial, buddhistYear }) => serial === body.serial && buddhistYear === body.buddhistYear,
            )
          : undefined
      const known = 'disposalId' in body ? disposal(body.disposalId) : undefined
      const decided = decideOffice(body, {
        ...{ directory: directoryOf(fold()), actor, now: office.now, letters: office.letters },
        nextSerial: Math.max(0, ...serials.map(({ serial }) => serial)) + 1,
        registerInUse: body.type === 'put-register' && logs.has(`register:${body.register.id}`),
        takenSerials: [],
        ...(made && { reservation: { made, taken: false } }),
        ...(known && { disposal: known }),
      })
      if (decided.ok) append(stream, actor, decided.value)
      return decided
    },
    done: (actor, body) => {
      const outcome = office.ask(actor, body)
      if (!outcome.ok) throw new Error(`${body.type} was refused: ${outcome.refusal.code}`)
      return outcome.value
    },
    refused: (actor, body) => {
      const outcome = office.ask(actor, body)
      return outcome.ok ? undefined : outcome.refusal.code
    },
  }
  append('organisation', 'server', [{ type: 'founded', organisation }])
  return office
}
