/** Beginnings of subjects as offices write them. */
const ACTS = [
  'ขออนุมัติ',
  'ขอความอนุเคราะห์',
  'ขอเชิญประชุม',
  'แจ้งผลการพิจารณา',
  'ขอหารือ',
  'รายงานผล',
  'แต่งตั้งคณะทำงาน',
  'ขอส่งสำเนา',
  'ตอบข้อหารือ',
  'ขยายเวลา',
  'ขอยกเลิก',
  'ส่งคืน',
  'ซักซ้อมความเข้าใจ',
  'เร่งรัดติดตาม',
  'ขอข้อมูล',
  'แจ้งเวียน',
] as const
const THINGS = [
  'จัดประชุมเชิงปฏิบัติการชี้แจงหลักเกณฑ์กองทุน',
  'การเบิกจ่ายค่าบริการฟอกไต',
  'โอนเงินกองทุนให้โรงพยาบาลพื้นที่อุทกภัย',
  'ตรวจสอบเวชระเบียน',
  'ใช้รถยนต์ราชการ',
  'ไปราชการต่างจังหวัด',
  'จัดซื้อครุภัณฑ์คอมพิวเตอร์',
  'ปรับปรุงระบบประชุมทางไกล',
  'สิทธิประโยชน์ผู้สูงอายุ',
  'ข้อมูลผู้ป่วยนอกข้ามเขต',
  'ร่างบันทึกข้อตกลงความร่วมมือ',
  'อุทธรณ์ค่าบริการผู้ป่วยใน',
  'งบลงทุน',
  'ค่าน้ำมันเชื้อเพลิงและค่าซ่อมแซม',
  'ก้าวแรกสู่การทำงาน',
  'การใช้ยาต้านไวรัส',
  'เงินเหลือจ่าย',
  'แผนงานและงบประมาณ',
  'ปี่พาทย์งานพิธีเปิด',
  'สัญญาจ้างเหมาทำความสะอาด',
  'วันหยุดราชการ',
  'ฝึกอบรมการป้องกันโรค',
  'ผู้แทนคณะกรรมการ',
  'e-Saraban และ e-CMS 2.0',
  'ความเสี่ยงด้านไซเบอร์',
] as const
const ENDS = [
  'ปีงบประมาณ ๒๕๗๐',
  'ไตรมาส ๓',
  'ครั้งที่ ๘/๒๕๖๙',
  'จำนวน ๑๓๐ คน',
  'ของ สปสช. เขต ๑',
  'ณ ห้องประชุม ๒๐๑',
  'ประจำปี 2569',
  'กรณีเร่งด่วน',
  '(ฉบับแก้ไข)',
  'ภายในวันที่ ๑๕ ม.ค. ๒๕๖๙',
  'จ.เชียงใหม่',
  'ตามมติ ครม.',
  '',
  '',
] as const
const PEOPLE = ['สมหญิง', 'ธีรวัฒน์', 'กมลชนก', 'วรรณวิภา', 'เพชร', 'อัญชลี', 'ณัฐพล', 'ปิยะ', 'ศิริพร', 'ฐิติมา'] as const
const ORDERS = [
  'อนุมัติ มอบ สบก. ดำเนินการ',
  'ทราบ',
  'เพื่อโปรดพิจารณาลงนาม',
  'ให้แก้ไขตามความเห็น',
  'มอบฝ่ายบริหารทั่วไปเตรียมห้อง',
  'หารือฝ่ายกฎหมายก่อน',
] as const

/** Numbers from 0 (inclusive) to 1 (exclusive), the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One of `choices`. */
export const oneOf = <Choice>(choices: readonly Choice[], random: () => number): Choice =>
  choices[Math.floor(random() * choices.length)] as Choice

/** A subject, as one of some twenty million. */
export const subjectBy = (random: () => number): string =>
  [
    oneOf(ACTS, random) + oneOf(THINGS, random),
    random() < 0.4 ? `และ${oneOf(THINGS, random)}` : '',
    oneOf(ENDS, random),
    random() < 0.3 ? `คุณ${oneOf(PEOPLE, random)}` : '',
  ]
    .filter((part) => part !== '')
    .join(' ')

/** What somebody wrote on the way. */
export const orderBy = (random: () => number): string => oneOf(ORDERS, random)

/** A run of one to `longest` characters from somewhere in `text`, without white space at its ends. */
export function wordFrom(text: string, longest: number, random: () => number): string {
  const characters = [...text]
  const length = 1 + Math.floor(random() * longest)
  const start = Math.floor(random() * Math.max(1, characters.length - length))
  return characters
    .slice(start, start + length)
    .join('')
    .trim()
}
