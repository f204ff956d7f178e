import type { Policy } from '../contract/organisation.ts'

/** The fourteen offices that are addressed กราบเรียน (ภาคผนวก 2). */
const HIGH_OFFICES = [
  'ประธานองคมนตรี',
  'นายกรัฐมนตรี',
  'ประธานรัฐสภา',
  'ประธานสภาผู้แทนราษฎร',
  'ประธานวุฒิสภา',
  'ประธานศาลฎีกา',
  'รัฐบุรุษ',
  'ประธานศาลรัฐธรรมนูญ',
  'ประธานศาลปกครองสูงสุด',
  'ประธานกรรมการการเลือกตั้ง',
  'ประธานกรรมการสิทธิมนุษยชนแห่งชาติ',
  'ประธานกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ',
  'ประธาน ป.ป.ช.',
  'ประธานกรรมการตรวจเงินแผ่นดิน',
  'ประธานผู้ตรวจการแผ่นดิน',
  'ผู้ตรวจการแผ่นดิน',
]

/**
 * The rules that an organisation begins with, by ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ and NHSO's practice of 2564.
 * Each is changed by the administrator, never in code.
 */
export const defaultPolicy: Policy = {
  copyToSecretary: true,
  maximumFileBytes: 50_000_000,
  paperMatters: ['procurement', 'litigation', 'discipline'],
  secretOnPaper: true,
  ordersNeedCertificate: true,
  dateDiffers: 'warn',
  reservationDays: 1,
  evidenceInSystem: true,
  externalByEmail: true,
  officeHours: { from: '08:30', to: '16:30' },
  confirmationDays: 3,
  // Agencies outside the civil service leave ราชการ out of รักษาราชการแทน and ปฏิบัติราชการแทน.
  delegationWords: { acting: 'รักษาการแทน', delegated: 'ปฏิบัติการแทน', 'on-duty': 'ปฏิบัติงานแทน' },
  disposalMembers: 2,
  archivesDays: 60,
  orderPresets: [
    'ทราบ',
    'อนุมัติ',
    'เห็นชอบ',
    'ลงนามแล้ว',
    'มอบดำเนินการ',
    'แจ้งเวียน',
    'เพื่อโปรดทราบ',
    'เพื่อโปรดพิจารณา',
  ],
  formulas: [
    { titles: HIGH_OFFICES, salutation: 'กราบเรียน', closing: 'ขอแสดงความนับถืออย่างยิ่ง' },
    {
      titles: ['สมเด็จพระราชาคณะ', 'รองสมเด็จพระราชาคณะ'],
      salutation: 'นมัสการ',
      closing: 'ขอนมัสการด้วยความเคารพอย่างยิ่ง',
    },
    { titles: ['พระราชาคณะ'], salutation: 'นมัสการ', closing: 'ขอนมัสการด้วยความเคารพอย่างสูง' },
    {
      titles: ['พระครู', 'พระมหา', 'พระอธิการ', 'เจ้าอาวาส', 'เจ้าคณะ'],
      salutation: 'นมัสการ',
      closing: 'ขอนมัสการด้วยความเคารพ',
    },
    {
      titles: ['สมเด็จพระสังฆราชเจ้า'],
      salutation: 'ขอประทานกราบทูล',
      closing: 'ควรมิควรแล้วแต่จะโปรดเกล้าโปรดกระหม่อม',
    },
  ],
  usualFormula: { salutation: 'เรียน', closing: 'ขอแสดงความนับถือ' },
  retention: [
    { id: 'general', title: 'หนังสือทั่วไป', years: 10 },
    { id: 'secret', title: 'หนังสือที่ต้องสงวนเป็นความลับ (ตามกฎหมายหรือระเบียบว่าด้วยการนั้น)', years: null },
    {
      id: 'evidence',
      title: 'หลักฐานทางอรรถคดี สำนวนของศาลหรือพนักงานสอบสวน (ตามกฎหมายว่าด้วยการนั้น)',
      years: null,
    },
    { id: 'historical', title: 'หนังสือที่มีคุณค่าทางประวัติศาสตร์ (เก็บตลอดไป)', years: null },
    { id: 'finished-copy', title: 'หนังสือที่ปฏิบัติงานเสร็จสิ้นแล้ว และเป็นคู่สำเนาที่ค้นได้จากที่อื่น', years: 5 },
    { id: 'routine', title: 'หนังสือธรรมดาสามัญซึ่งไม่มีความสำคัญ', years: 1 },
    { id: 'finance', title: 'หนังสือเกี่ยวกับการเงินที่ไม่เป็นหลักฐานแห่งสิทธิ เมื่อ สตง. ตรวจแล้ว', years: 5 },
  ],
}
