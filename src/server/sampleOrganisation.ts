import type { Assignment, Organisation } from '../shared/contract/organisation.ts'

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

const units = [
  { id: 'fund', name: 'สำนักบริหารงบกองทุน', code: '5.30', phone: '๐ ๒๑๔๑ ๔๐๐๐ ต่อ ๔๓๑๒' },
  { id: 'legal', name: 'สำนักกฎหมาย', code: '3.15', phone: '๐ ๒๑๔๑ ๔๐๐๐ ต่อ ๔๑๒๐' },
  { id: 'executive', name: 'สำนักเลขาธิการ', code: '1.01', phone: '๐ ๒๑๔๑ ๔๐๐๐ ต่อ ๔๐๐๑' },
  { id: 'registry', name: 'งานสารบรรณกลาง', code: '1.02', phone: '๐ ๒๑๔๑ ๔๐๐๐ ต่อ ๔๐๑๐' },
]

const person = (id: string, name: string, unitId: string) => ({
  id,
  name,
  email: `${id}@saraban.example`,
  unitId,
})

/** A made-up agency with enough people for a letter's whole way; for demonstrations and tests. */
export const sampleOrganisation: Organisation = {
  version: 1,
  name: 'สำนักงานหลักประกันสุขภาพแห่งชาติ (ตัวอย่าง)',
  agencyCode: 'สปสช',
  units,
  positions: [
    { id: 'secretary-general', title: 'เลขาธิการ', unitId: 'executive', executive: true },
    { id: 'deputy', title: 'รองเลขาธิการ', unitId: 'executive', executive: true },
    { id: 'director-fund', title: 'ผู้อำนวยการสำนักบริหารงบกองทุน', unitId: 'fund', executive: true },
    { id: 'director-legal', title: 'ผู้อำนวยการสำนักกฎหมาย', unitId: 'legal', executive: true },
    { id: 'clerk-registry', title: 'หัวหน้างานสารบรรณกลาง', unitId: 'registry', executive: false },
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
  registers: units.map((unit) => ({
    id: `send-${unit.id}`,
    unitId: unit.id,
    title: `ทะเบียนหนังสือส่ง ${unit.name}`,
    template: 'สปสช {code}/{serial}',
  })),
  policy: { copyToSecretary: true, maximumFileBytes: 50_000_000 },
}
