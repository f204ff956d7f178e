import type { Secrecy } from '../../contract/facts.ts'
import type {
  Assignment,
  Delegation,
  Duty,
  Organisation,
  Person,
  Position,
  Register,
  Unit,
} from '../../contract/organisation.ts'
import { defaultPolicy } from '../defaultPolicy.ts'

const since = { from: '2024-10-01', to: null }

const unit = (id: string, name: string, code: string, more: Partial<Unit> = {}): Unit => ({
  ...{ id, name, code, phone: '', parentId: null, mailbox: null },
  ...more,
})
const position = (
  id: string,
  title: string,
  unitId: string,
  rank: Position['rank'],
  executive = rank === 'agency' || rank === 'bureau',
): Position => ({ ...{ id, title, unitId, rank, executive, superiorId: null } })
const person = (id: string, name: string, unitId: string, clearance: Secrecy = 'none'): Person => ({
  ...{ id, name, unitId, email: `${id}@saraban.example` },
  clearance: clearance === 'top-secret' ? 'secret' : clearance,
})
const holds = (positionId: string, personId: string): Assignment => ({
  ...{ positionId, personId, role: 'holder', ...since },
})
const serves = (positionId: string, personId: string): Assignment => ({
  ...{ positionId, personId, role: 'secretary', ...since },
})
const keeps = (unitId: string, personId: string): Duty => ({
  ...{ role: 'clerk', personId, unitId, ...since },
})

const register = (
  id: string,
  unitId: string,
  use: Register['use'],
  more: Partial<Register> = {},
): Register => ({
  ...{ id, unitId, title: id, use, forms: [], period: 'calendar-year', secret: false },
  template: use === 'receive' ? '{serial}' : '{agency} {code}/{circular}{serial}',
  ...more,
})

const acting = (id: string, more: Partial<Delegation>): Delegation => ({
  ...{ id, kind: 'delegated', positionId: 'deputy', personId: 'wanwipa', ownPositionId: 'director-fund' },
  ...{ orderNumber: 'คำสั่ง สปสช ที่ 88/2569', orderDate: '2026-10-30', from: '2026-11-01', to: '2026-11-30' },
  scope: { kinds: null, unitIds: null, ceiling: null },
  ...more,
})

/**
 * A made-up agency in which every rule of the field can be tried: an executive office, the central registry, bureaus, a
 * group within one, a region; executives with and without secretaries; people cleared and not; who acts for others.
 */
export const office: Organisation = {
  version: 1,
  name: 'สำนักงานหลักประกันสุขภาพแห่งชาติ (ตัวอย่าง)',
  agencyCode: 'สปสช',
  agencyRoman: 'NHSO',
  registryUnitId: 'registry',
  units: [
    unit('executive', 'สำนักเลขาธิการ', '1.01'),
    unit('registry', 'งานสารบรรณกลาง', '1.02', { mailbox: 'saraban@saraban.example' }),
    unit('fund', 'สำนักบริหารงบกองทุน', '5.30'),
    unit('finance', 'กลุ่มงานการเงิน', '5.31', { parentId: 'fund' }),
    unit('legal', 'สำนักกฎหมาย', '3.15'),
    unit('region', 'สปสช. เขต 1 เชียงใหม่', '7.71', { mailbox: 'saraban1@saraban.example' }),
    unit('quiet', 'สำนักที่ยังไม่มีธุรการ', '9.99'),
  ],
  positions: [
    position('general', 'เลขาธิการ', 'executive', 'agency'),
    position('deputy', 'รองเลขาธิการ', 'executive', 'agency'),
    position('director-fund', 'ผู้อำนวยการสำนักบริหารงบกองทุน', 'fund', 'bureau'),
    position('head-finance', 'หัวหน้ากลุ่มงานการเงิน', 'finance', 'group', true),
    position('director-legal', 'ผู้อำนวยการสำนักกฎหมาย', 'legal', 'bureau'),
    position('director-region', 'ผู้อำนวยการ สปสช. เขต 1', 'region', 'bureau'),
    position('head-registry', 'หัวหน้างานสารบรรณกลาง', 'registry', 'group'),
    position('vacant', 'ผู้อำนวยการสำนักที่ว่างอยู่', 'legal', 'bureau'),
  ],
  people: [
    person('prawit', 'นายแพทย์ประวิทย์ วงศ์สวัสดิ์', 'executive', 'secret'),
    person('nittaya', 'นางนิตยา พงษ์ไพร', 'executive', 'secret'),
    person('teerawat', 'นายธีรวัฒน์ ศรีสุขสันต์', 'executive', 'secret'),
    person('kamonchanok', 'นางสาวกมลชนก แก้วประเสริฐ', 'executive', 'confidential'),
    person('somying', 'นางสาวสมหญิง ใจดี', 'fund'),
    person('wichai', 'นายวิชัย มั่นคง', 'fund', 'secret'),
    person('wanwipa', 'นางสาววรรณวิภา เจริญสุข', 'fund', 'confidential'),
    person('ratana', 'นางรัตนา ทองคำ', 'fund', 'secret'),
    person('anan', 'นายอนันต์ แสงทอง', 'finance'),
    person('busaba', 'นางสาวบุษบา ดีงาม', 'finance'),
    person('surachai', 'นายสุรชัย มณีวงศ์', 'legal'),
    person('orathai', 'นางอรทัย สุขใจ', 'legal'),
    person('orauma', 'นางสาวอรอุมา ทองดี', 'legal'),
    person('chaiwat', 'นายชัยวัฒน์ เมืองเหนือ', 'region'),
    person('malee', 'นางมาลี ดอกไม้', 'region', 'secret'),
    person('pimjai', 'นางพิมพ์ใจ รุ่งเรือง', 'registry', 'confidential'),
  ],
  assignments: [
    holds('general', 'prawit'),
    serves('general', 'nittaya'),
    holds('deputy', 'teerawat'),
    serves('deputy', 'kamonchanok'),
    holds('director-fund', 'wanwipa'),
    holds('head-finance', 'anan'),
    holds('director-legal', 'surachai'),
    holds('director-region', 'chaiwat'),
    holds('head-registry', 'pimjai'),
    { ...holds('vacant', 'surachai'), to: '2025-09-30' },
  ],
  duties: [
    keeps('executive', 'nittaya'),
    keeps('registry', 'pimjai'),
    keeps('fund', 'ratana'),
    keeps('legal', 'orauma'),
    keeps('region', 'malee'),
  ],
  delegations: [],
  registers: [
    register('send-executive', 'executive', 'send'),
    register('send-registry', 'registry', 'send'),
    register('circular-registry', 'registry', 'circular'),
    register('send-fund', 'fund', 'send'),
    register('orders-fund', 'fund', 'form', { forms: ['order'], template: '{serial}/{year}' }),
    register('secret-fund', 'fund', 'send', { secret: true, template: '{agency} {code}/ลับ {serial}' }),
    register('send-legal', 'legal', 'send', { period: 'never', template: '{agency} {code}/{serial}' }),
    register('send-region', 'region', 'send', { period: 'fiscal-year' }),
    ...['executive', 'registry', 'fund', 'legal', 'region'].map((id) =>
      register(`receive-${id}`, id, 'receive'),
    ),
    register('secret-receive-region', 'region', 'receive', { secret: true }),
    register('secret-receive-fund', 'fund', 'receive', { secret: true }),
  ],
  agencies: [
    {
      ...{
        id: 'moph',
        name: 'กระทรวงสาธารณสุข',
        mailbox: 'saraban@moph.example',
        postalAddress: 'นนทบุรี 11000',
      },
      ...{ exchange: null, source: 'dga' },
    },
    {
      ...{ id: 'boi', name: 'สำนักงานคณะกรรมการส่งเสริมการลงทุน', mailbox: null, postalAddress: 'กรุงเทพฯ 10900' },
      ...{ exchange: { ministry: '11', department: '11008' }, source: 'dga' },
    },
    {
      ...{ id: 'tambon', name: 'องค์การบริหารส่วนตำบลตัวอย่าง', mailbox: null, postalAddress: 'ลำปาง 52000' },
      ...{ exchange: null, source: 'own' },
    },
  ],
  // วันคล้ายวันพระบรมราชสมภพ is a Saturday in 2569, so Monday is off in its place; and New Year.
  holidays: ['2026-12-07', '2026-12-10', '2026-12-31', '2027-01-01'],
  links: [],
  policy: defaultPolicy,
}

/** Somebody acts for another under an order; the deputy's letters by the director of the fund unless something else is said. */
export const delegation = acting
