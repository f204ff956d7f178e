import type {
  Assignment,
  Duty,
  Organisation,
  Position,
  Register,
  Unit,
} from '../shared/contract/organisation.ts'
import { defaultPolicy } from '../shared/domain/defaultPolicy.ts'

/** The password of every account of the sample organisation. */
export const SAMPLE_PASSWORD = 'saraban-2569'

const holds = (positionId: string, personId: string): Assignment => ({
  positionId,
  personId,
  role: 'holder',
  from: '2024-10-01',
  to: null,
})
const serves = (positionId: string, personId: string): Assignment => ({
  ...holds(positionId, personId),
  role: 'secretary',
})

const keeps = (unitId: string, personId: string): Duty => ({
  role: 'clerk',
  personId,
  unitId,
  from: '2024-10-01',
  to: null,
})

const unit = (
  id: string,
  name: string,
  code: string,
  phone: string,
  mailbox: string | null = null,
): Unit => ({
  ...{ id, name, code, phone, mailbox },
  parentId: null,
})
const units = [
  unit('fund', 'สำนักบริหารงบกองทุน', '5.30', '๐ ๒๑๔๑ ๔๐๐๐ ต่อ ๔๓๑๒'),
  unit('legal', 'สำนักกฎหมาย', '3.15', '๐ ๒๑๔๑ ๔๐๐๐ ต่อ ๔๑๒๐'),
  unit('executive', 'สำนักเลขาธิการ', '1.01', '๐ ๒๑๔๑ ๔๐๐๐ ต่อ ๔๐๐๑'),
  unit('registry', 'งานสารบรรณกลาง', '1.02', '๐ ๒๑๔๑ ๔๐๐๐ ต่อ ๔๐๑๐', 'saraban@saraban.example'),
]

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

const person = (id: string, name: string, unitId: string) => ({
  id,
  name,
  email: `${id}@saraban.example`,
  unitId,
  clearance: 'none' as const,
})

/** The registers of a unit: what it sends, what it receives, its orders. */
const registersOf = ({ id, name }: Unit): Register[] => {
  const register = (use: Register['use'], title: string, template: string): Register => ({
    ...{ id: `${use}-${id}`, unitId: id, title: `${title} ${name}`, template, use },
    ...{ forms: use === 'form' ? ['order'] : [], period: 'calendar-year', secret: false },
  })
  return [
    register('send', 'ทะเบียนหนังสือส่ง', '{agency} {code}/{circular}{serial}'),
    register('receive', 'ทะเบียนหนังสือรับ', '{serial}'),
    register('form', 'ทะเบียนคำสั่ง', '{serial}/{year}'),
  ]
}

/** A made-up agency with enough people for a letter's whole way; for demonstrations and tests. */
export const sampleOrganisation: Organisation = {
  version: 1,
  name: 'สำนักงานหลักประกันสุขภาพแห่งชาติ (ตัวอย่าง)',
  agencyCode: 'สปสช',
  agencyRoman: 'NHSO',
  registryUnitId: 'registry',
  units,
  positions: [
    position('secretary-general', 'เลขาธิการ', 'executive', 'agency', null),
    position('deputy', 'รองเลขาธิการ', 'executive', 'agency', 'secretary-general'),
    position('director-fund', 'ผู้อำนวยการสำนักบริหารงบกองทุน', 'fund', 'bureau', 'deputy'),
    position('director-legal', 'ผู้อำนวยการสำนักกฎหมาย', 'legal', 'bureau', 'deputy'),
    position('clerk-registry', 'หัวหน้างานสารบรรณกลาง', 'registry', 'group', 'deputy'),
  ],
  people: [
    person('somying', 'นางสาวสมหญิง ใจดี', 'fund'),
    person('wanwipa', 'นางสาววรรณวิภา เจริญสุข', 'fund'),
    person('teerawat', 'นายธีรวัฒน์ ศรีสุขสันต์', 'executive'),
    person('kamonchanok', 'นางสาวกมลชนก แก้วประเสริฐ', 'executive'),
    person('prawit', 'นายแพทย์ประวิทย์ วงศ์สวัสดิ์', 'executive'),
    person('nittaya', 'นางนิตยา พงษ์ไพร', 'executive'),
    person('surachai', 'นายสุรชัย มณีวงศ์', 'legal'),
    person('orauma', 'นางสาวอรอุมา ทองดี', 'legal'),
    person('pimjai', 'นางพิมพ์ใจ รุ่งเรือง', 'registry'),
  ],
  assignments: [
    holds('director-fund', 'wanwipa'),
    holds('deputy', 'teerawat'),
    serves('deputy', 'kamonchanok'),
    holds('secretary-general', 'prawit'),
    serves('secretary-general', 'nittaya'),
    holds('director-legal', 'surachai'),
    holds('clerk-registry', 'pimjai'),
  ],
  duties: [
    keeps('registry', 'pimjai'),
    keeps('legal', 'orauma'),
    keeps('executive', 'nittaya'),
    { ...keeps('registry', 'pimjai'), role: 'administrator' },
  ],
  delegations: [],
  registers: units.flatMap(registersOf),
  agencies: [],
  holidays: [],
  links: [],
  policy: defaultPolicy,
}
