import type {
  Assignment,
  Delegation,
  Duty,
  Organisation,
  Person,
  Position,
  Unit,
} from '../../shared/contract/organisation.ts'
import { defaultPolicy } from '../../shared/domain/defaultPolicy.ts'
import { correspondents } from './organisation/agencies.ts'
import {
  bureaus,
  executives,
  fundClerk,
  groups,
  type Member,
  regionMembers,
  secretRegistrar,
} from './organisation/bureaus.ts'
import { holidays, links } from './organisation/calendar.ts'
import { regionSeats } from './organisation/provinces.ts'
import {
  circularRegisterOf,
  officeRegisters,
  receiveRegisterOf,
  registersOf,
  secretRegistersOf,
} from './organisation/registers.ts'

/** The password of every account of the sample organisation. */
export const SAMPLE_PASSWORD = 'saraban-2569'

const SINCE = { from: '2024-10-01', to: null }

const holds = (positionId: string, personId: string): Assignment => ({
  ...{ positionId, personId, role: 'holder' },
  ...SINCE,
})
const serves = (positionId: string, personId: string): Assignment => ({
  ...{ positionId, personId, role: 'secretary' },
  ...SINCE,
})
const keeps = (unitId: string, personId: string): Duty => ({ role: 'clerk', personId, unitId, ...SINCE })

const unit = (
  id: string,
  name: string,
  code: string,
  extension: string,
  rest: Partial<Pick<Unit, 'parentId' | 'mailbox'>> = {},
): Unit => ({
  ...{ id, name, code, phone: `๐ ๒๑๔๑ ๔๐๐๐ ต่อ ${extension}` },
  ...{ parentId: null, mailbox: null },
  ...rest,
})
const position = (
  id: string,
  title: string,
  unitId: string,
  rank: Position['rank'],
  superiorId: string | null,
): Position => ({
  ...{ id, title, unitId, rank, superiorId },
  executive: rank === 'agency' || rank === 'bureau',
})
const person = ({ id, name, clearance = 'none' }: Member, unitId: string): Person => ({
  ...{ id, name, unitId, clearance },
  email: `${id}@saraban.example`,
})

/** The units of the main job (draft, check, propose, sign, register), with the people of all examples and tests. */
const mainUnits = [
  unit('fund', 'สำนักบริหารงบกองทุน', '5.30', '๔๓๑๒'),
  unit('legal', 'สำนักกฎหมาย', '3.15', '๔๑๒๐'),
  unit('executive', 'สำนักเลขาธิการ', '1.01', '๔๐๐๑'),
  unit('registry', 'งานสารบรรณกลาง', '1.02', '๔๐๑๐', { mailbox: 'saraban@saraban.example' }),
]
const bureauUnits = bureaus.map(({ id, name, code, extension }) => unit(id, name, code, extension))
const groupUnits = groups.map(({ id, name, code, extension, bureauId }) =>
  unit(id, name, code, extension, { parentId: bureauId }),
)
/** สปสช. เขต 1–13, each with a central mailbox of its own (slide วิธีการจัดส่งหนังสือ 3). */
const regions = regionMembers.map(([director, clerk], index) => {
  const id = `region-${index + 1}`
  const name = `สปสช. เขต ${index + 1} ${regionSeats[index]}`
  const mailbox = `saraban${index + 1}@saraban.example`
  const code = `7.${String(index + 1).padStart(2, '0')}`
  return { id, director, clerk, unit: unit(id, name, code, `๔๗${index < 9 ? '๐' : '๑'}๐`, { mailbox }) }
})
const regionUnits = regions.map((region) => region.unit)

const positions: Position[] = [
  position('secretary-general', 'เลขาธิการ', 'executive', 'agency', null),
  position('deputy', 'รองเลขาธิการ', 'executive', 'agency', 'secretary-general'),
  position('director-fund', 'ผู้อำนวยการสำนักบริหารงบกองทุน', 'fund', 'bureau', 'deputy'),
  position('director-legal', 'ผู้อำนวยการสำนักกฎหมาย', 'legal', 'bureau', 'deputy'),
  position('clerk-registry', 'หัวหน้างานสารบรรณกลาง', 'registry', 'group', 'deputy'),
  ...executives.map(({ positionId, title }) =>
    position(positionId, title, 'executive', 'agency', 'secretary-general'),
  ),
  ...bureaus.map(({ id, name, superiorId }) =>
    position(`director-${id}`, `ผู้อำนวยการ${name}`, id, 'bureau', superiorId),
  ),
  ...groups.map(({ id, name, bureauId }) =>
    position(`head-${id}`, `หัวหน้า${name}`, id, 'group', `director-${bureauId}`),
  ),
  ...regionUnits.map(({ id, name }) =>
    position(`director-${id}`, `ผู้อำนวยการ ${name}`, id, 'bureau', 'assistant-regions'),
  ),
]

const people: Person[] = [
  person({ id: 'somying', name: 'นางสาวสมหญิง ใจดี' }, 'fund'),
  person({ id: 'wanwipa', name: 'นางสาววรรณวิภา เจริญสุข' }, 'fund'),
  person({ id: 'teerawat', name: 'นายธีรวัฒน์ ศรีสุขสันต์' }, 'executive'),
  person({ id: 'kamonchanok', name: 'นางสาวกมลชนก แก้วประเสริฐ' }, 'executive'),
  person({ id: 'prawit', name: 'นายแพทย์ประวิทย์ วงศ์สวัสดิ์' }, 'executive'),
  person({ id: 'nittaya', name: 'นางนิตยา พงษ์ไพร' }, 'executive'),
  person({ id: 'surachai', name: 'นายสุรชัย มณีวงศ์' }, 'legal'),
  person({ id: 'orauma', name: 'นางสาวอรอุมา ทองดี' }, 'legal'),
  person({ id: 'pimjai', name: 'นางพิมพ์ใจ รุ่งเรือง' }, 'registry'),
  person(secretRegistrar, 'registry'),
  person(fundClerk, 'fund'),
  ...executives.flatMap(({ holder, secretary }) => [
    person(holder, 'executive'),
    person(secretary, 'executive'),
  ]),
  ...bureaus.flatMap(({ id, director, clerk, staff }) =>
    [...(director ? [director] : []), clerk, ...staff].map((member) => person(member, id)),
  ),
  ...groups.map(({ id, head }) => person(head, id)),
  ...regions.flatMap(({ id, director, clerk }) => [person(director, id), person(clerk, id)]),
]

const assignments: Assignment[] = [
  holds('director-fund', 'wanwipa'),
  holds('deputy', 'teerawat'),
  serves('deputy', 'kamonchanok'),
  holds('secretary-general', 'prawit'),
  serves('secretary-general', 'nittaya'),
  holds('director-legal', 'surachai'),
  holds('clerk-registry', 'pimjai'),
  ...executives.flatMap(({ positionId, holder, secretary }) => [
    holds(positionId, holder.id),
    serves(positionId, secretary.id),
  ]),
  ...bureaus.flatMap(({ id, director }) => (director ? [holds(`director-${id}`, director.id)] : [])),
  ...groups.map(({ id, head }) => holds(`head-${id}`, head.id)),
  ...regions.map(({ id, director }) => holds(`director-${id}`, director.id)),
]

const duties: Duty[] = [
  keeps('registry', 'pimjai'),
  keeps('legal', 'orauma'),
  keeps('executive', 'nittaya'),
  { ...keeps('registry', 'pimjai'), role: 'administrator' },
  keeps('registry', secretRegistrar.id),
  keeps('fund', fundClerk.id),
  ...bureaus.map(({ id, clerk }) => keeps(id, clerk.id)),
  ...groups.map(({ id, clerkId }) => keeps(id, clerkId)),
  ...regions.map(({ id, clerk }) => keeps(id, clerk.id)),
]

const everything = { kinds: null, unitIds: null, ceiling: null }
const delegations: Delegation[] = [
  {
    ...{ id: 'acting-comms', kind: 'acting', positionId: 'director-comms', personId: 'darunee' },
    ...{ ownPositionId: null, orderNumber: 'คำสั่งสำนักงานที่ 112/2567', orderDate: '2024-09-25' },
    ...{ from: '2024-10-01', to: '2028-09-30', scope: everything },
  },
  {
    ...{ id: 'delegated-claims', kind: 'delegated', positionId: 'director-claims', personId: 'phanuwat' },
    ...{ ownPositionId: 'head-claims-audit', orderNumber: 'คำสั่งสำนักงานที่ 87/2567', orderDate: '2024-09-27' },
    ...{ from: '2024-10-01', to: '2028-09-30' },
    scope: { kinds: ['internal', 'stamped'], unitIds: ['claims', 'claims-audit'], ceiling: 500_000 },
  },
]

const withSecrets = [
  ...mainUnits.filter(({ id }) => id === 'registry'),
  ...bureauUnits.filter(({ id }) => bureaus.some((bureau) => bureau.id === id && bureau.secret)),
]
const withCirculars = [
  ...bureauUnits.filter(({ id }) => bureaus.some((bureau) => bureau.id === id && bureau.ownCirculars)),
  ...regionUnits.filter((_, index) => index % 2 === 0),
]

/**
 * A made-up agency in the likeness of สปสช.: bureaus, groups, thirteen regions, their people and registers; for
 * demonstrations and tests. No person in it is a real one.
 */
export const sampleOrganisation: Organisation = {
  version: 1,
  name: 'สำนักงานหลักประกันสุขภาพแห่งชาติ (ตัวอย่าง)',
  agencyCode: 'สปสช',
  agencyRoman: 'NHSO',
  registryUnitId: 'registry',
  units: [...mainUnits, ...bureauUnits, ...groupUnits, ...regionUnits],
  positions,
  people,
  assignments,
  duties,
  delegations,
  registers: [
    ...[...mainUnits, ...bureauUnits, ...regionUnits].flatMap(registersOf),
    ...groupUnits.map(receiveRegisterOf),
    ...withCirculars.map(circularRegisterOf),
    ...withSecrets.flatMap(secretRegistersOf),
    ...officeRegisters,
  ],
  agencies: correspondents.map(({ agency }) => agency),
  holidays: [...holidays],
  links: [...links],
  policy: defaultPolicy,
}
