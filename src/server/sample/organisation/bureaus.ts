import type { Person } from '../../../shared/contract/organisation.ts'

/** A person of the sample: user name, printed name and, where appointed for secret letters, the class. */
export interface Member {
  readonly id: string
  readonly name: string
  readonly clearance?: Person['clearance']
}

/** A bureau of the sample with those who work there. */
export interface Bureau {
  readonly id: string
  readonly name: string
  readonly code: string
  readonly extension: string
  /** The position to which its director's letters go up. */
  readonly superiorId: string
  /** Null where the post is vacant and somebody is acting in it. */
  readonly director: Member | null
  readonly clerk: Member
  readonly staff: readonly Member[]
  /** Whether its circulars have a series of their own (ข้อ 32). */
  readonly ownCirculars: boolean
  /** Whether it keeps secret registers (ทะเบียนข้อมูลข่าวสารลับ). */
  readonly secret: boolean
}

const member = (id: string, name: string, clearance?: Person['clearance']): Member => ({
  id,
  name,
  ...(clearance && { clearance }),
})

/** The bureaus besides those in which the sample's main job plays. */
export const bureaus: readonly Bureau[] = [
  {
    ...{ id: 'strategy', name: 'สำนักนโยบายและแผนยุทธศาสตร์', code: '2.10', extension: '๔๒๑๐' },
    ...{ superiorId: 'deputy-support', ownCirculars: true, secret: false },
    director: member('anucha', 'นายอนุชา พิพัฒน์กุลชัย'),
    clerk: member('siriporn', 'นางสาวศิริพร บุญเลิศล้ำ'),
    staff: [member('natthapong', 'นายณัฐพงศ์ แสงทองคำ')],
  },
  {
    ...{ id: 'comms', name: 'สำนักสื่อสารองค์กร', code: '2.30', extension: '๔๒๓๐' },
    ...{ superiorId: 'deputy-support', ownCirculars: false, secret: false },
    director: null,
    clerk: member('nanthana', 'นางนันทนา ศรีวรกุล'),
    staff: [member('darunee', 'นางสาวดรุณี ปรีชาพงศ์')],
  },
  {
    ...{ id: 'hr', name: 'สำนักบริหารทรัพยากรบุคคล', code: '3.10', extension: '๔๓๑๐' },
    ...{ superiorId: 'deputy-support', ownCirculars: true, secret: true },
    director: member('kanda', 'นางสาวกานดา อินทรสุขใส', 'secret'),
    clerk: member('malee', 'นางมาลี สุขสมบูรณ์ดี', 'secret'),
    staff: [member('ratchanon', 'นายรัชชานนท์ เพชรดีงาม')],
  },
  {
    ...{ id: 'admin', name: 'สำนักบริหารงานกลาง', code: '3.20', extension: '๔๓๒๐' },
    ...{ superiorId: 'deputy-support', ownCirculars: false, secret: false },
    director: member('boonsong', 'นายบุญส่ง ทวีทรัพย์สิน'),
    clerk: member('ampai', 'นางอำไพ รอดเจริญ'),
    staff: [member('weerachai', 'ว่าที่ร้อยตรีวีรชัย มั่นคงดี')],
  },
  {
    ...{ id: 'finance', name: 'สำนักการเงินและบัญชีกองทุน', code: '4.20', extension: '๔๔๒๐' },
    ...{ superiorId: 'deputy', ownCirculars: false, secret: false },
    director: member('pranee', 'นางปราณี วัฒนสินทร์'),
    clerk: member('duangjai', 'นางสาวดวงใจ ชูศรีทอง'),
    staff: [member('chaiwat', 'นายชัยวัฒน์ ปานทองหลาง')],
  },
  {
    ...{ id: 'audit', name: 'สำนักตรวจสอบภายใน', code: '1.05', extension: '๔๑๐๕' },
    ...{ superiorId: 'secretary-general', ownCirculars: false, secret: true },
    director: member('suwit', 'นายสุวิทย์ ตั้งมั่นธรรม', 'secret'),
    clerk: member('arunee', 'นางสาวอรุณี ผ่องใสกุล', 'confidential'),
    staff: [],
  },
  {
    ...{ id: 'claims', name: 'สำนักบริหารการจ่ายชดเชย', code: '5.10', extension: '๔๕๑๐' },
    ...{ superiorId: 'deputy', ownCirculars: true, secret: false },
    director: member('wichai', 'นายแพทย์วิชัย เกษมราษฎร์'),
    clerk: member('saowanee', 'นางสาวเสาวนีย์ จันทร์หอม'),
    staff: [member('pongsakorn', 'ว่าที่ร้อยตรีพงศกร นาคสุวรรณ'), member('jiraporn', 'นางสาวจิราพร ลือชาเดช')],
  },
  {
    ...{ id: 'community', name: 'สำนักสนับสนุนระบบบริการปฐมภูมิ', code: '5.40', extension: '๔๕๔๐' },
    ...{ superiorId: 'deputy-services', ownCirculars: true, secret: false },
    director: member('somkid', 'นพ.สมคิด ธารารัตน์กุล'),
    clerk: member('wanna', 'นางวรรณา ใจงามยิ่ง'),
    staff: [member('apichat', 'นายอภิชาติ ทองสุขสันต์')],
  },
  {
    ...{ id: 'it', name: 'สำนักบริหารสารสนเทศการประกัน', code: '6.10', extension: '๔๖๑๐' },
    ...{ superiorId: 'deputy-support', ownCirculars: false, secret: false },
    director: member('thanakorn', 'ดร.ธนากร ศิริวัฒนชัย'),
    clerk: member('pattama', 'นางสาวปัทมา ขวัญเรือน'),
    staff: [member('kittisak', 'นายกิตติศักดิ์ บุญมาก')],
  },
  {
    ...{ id: 'services', name: 'สำนักบริการประชาชนและคุ้มครองสิทธิ', code: '6.40', extension: '๔๖๔๐' },
    ...{ superiorId: 'deputy-services', ownCirculars: false, secret: false },
    director: member('lamduan', 'นางลำดวน ประเสริฐศรี'),
    clerk: member('yupin', 'นางยุพิน แก้วมณีรัตน์'),
    staff: [member('thidarat', 'นางสาวธิดารัตน์ วงษ์เทพ')],
  },
]

/** A group within a bureau: it receives in a register of its own and sends in the bureau's. */
export interface Group {
  readonly id: string
  readonly name: string
  readonly code: string
  readonly extension: string
  readonly bureauId: string
  readonly head: Member
  /** The bureau's clerk keeps its register too. */
  readonly clerkId: string
}

/** The groups (กลุ่มงาน) of the sample. */
export const groups: readonly Group[] = [
  {
    ...{ id: 'fund-allocation', name: 'กลุ่มจัดสรรงบกองทุน', code: '5.30.1', extension: '๔๓๑๕' },
    ...{ bureauId: 'fund', clerkId: 'rungnapa' },
    head: member('sutthida', 'นางสาวสุทธิดา พรหมรักษา'),
  },
  {
    ...{ id: 'claims-audit', name: 'กลุ่มตรวจสอบเวชระเบียนและค่าบริการ', code: '5.10.2', extension: '๔๕๑๕' },
    ...{ bureauId: 'claims', clerkId: 'saowanee' },
    head: member('phanuwat', 'แพทย์หญิงภาณุมาศ เลิศวิริยะ'),
  },
  {
    ...{ id: 'services-complaints', name: 'กลุ่มรับเรื่องร้องเรียนและคุ้มครองสิทธิ', code: '6.40.1', extension: '๔๖๔๕' },
    ...{ bureauId: 'services', clerkId: 'yupin' },
    head: member('orathai', 'นางอรทัย สมานมิตร'),
  },
]

/** Executives above the bureaus, besides the secretary-general and his first deputy, and their secretaries. */
export const executives = [
  {
    ...{ positionId: 'deputy-services', title: 'รองเลขาธิการ สายงานพัฒนาระบบบริการ' },
    holder: member('krissada', 'นายแพทย์กฤษดา วรเวชวงศ์'),
    secretary: member('chutima', 'นางสาวชุติมา ดีพร้อมสกุล'),
  },
  {
    ...{ positionId: 'deputy-support', title: 'รองเลขาธิการ สายงานสนับสนุนองค์กร' },
    holder: member('nuchanart', 'ดร.นุชนาฏ อัครเดชากุล', 'secret'),
    secretary: member('waraporn', 'นางวราภรณ์ สิงห์คำแก้ว', 'secret'),
  },
  {
    ...{ positionId: 'assistant-regions', title: 'ผู้ช่วยเลขาธิการ สายงานเขตพื้นที่' },
    holder: member('prasert', 'เภสัชกรประเสริฐ ไพศาลสุขสิน'),
    secretary: member('benjamas', 'นางสาวเบญจมาศ ทิพย์อุดม'),
  },
] as const

/** The director and the clerk of each region, in the regions' order. */
export const regionMembers: readonly (readonly [Member, Member])[] = [
  [member('worawit', 'นายแพทย์วรวิทย์ คำแสนเมือง'), member('kaewta', 'นางสาวแก้วตา ปัญญาเรือง')],
  [member('sumalee', 'ทันตแพทย์หญิงสุมาลี ภักดีวงศ์'), member('nongnuch', 'นางนงนุช อ่อนหวาน')],
  [member('phichit', 'นายพิชิต สวรรค์วารี'), member('jintana', 'นางจินตนา พุ่มพวงทอง')],
  [member('rattana', 'นางรัตนา โชติช่วงชัย'), member('somsri', 'นางสมศรี ดอกไม้งาม')],
  [member('amnuay', 'นพ.อำนวย โอ่งทองคำ'), member('ladda', 'นางสาวลัดดา มะลิวัลย์กุล')],
  [member('sirichai', 'ดร.ศิริชัย ชายทะเลทอง'), member('phornthip', 'นางสาวพรทิพย์ เกาะแก้วใส')],
  [member('khamphan', 'นายคำพันธ์ แก่นนครดี'), member('bualai', 'นางบัวไล ภูมิลำเนา')],
  [member('udomporn', 'แพทย์หญิงอุดมพร หนองหารศิลป์'), member('samran', 'นายสำราญ โพนทองชัย')],
  [member('thawatchai', 'นายธวัชชัย โคราชวัฒนา'), member('montha', 'นางมณฑา ปักษาทอง')],
  [member('boonmee', 'นายบุญมี ดอกบัวงาม'), member('sukanya', 'นางสาวสุกัญญา มูลสาระ')],
  [member('chatchai', 'นายแพทย์ชาติชาย ตาปีรัตน์'), member('hathairat', 'นางสาวหทัยรัตน์ เกลี้ยงเกลา')],
  [member('faridah', 'นางสาวฟารีดา หมัดสมานมิตร'), member('arisa', 'นางสาวอาริสา บินสุวรรณ')],
  [member('pornchai', 'นายพรชัย พระนครกุล'), member('supatra', 'นางสุพัตรา เจ้าพระยาไพศาล')],
]

/** The second clerk of the central registry, who is the registrar of secret information (นายทะเบียนข้อมูลข่าวสารลับ). */
export const secretRegistrar = member('somjit', 'นางสมจิตร รักษาสัตย์', 'secret')

/** Those who join the units of the main job. */
export const fundClerk = member('rungnapa', 'นางสาวรุ่งนภา ทองประกาย')
