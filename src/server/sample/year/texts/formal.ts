import type { Topic } from './topic.ts'

/** Orders, announcements and certificates: whose, and in which form. */
export const formTopics: readonly (Topic & { readonly form: 'order' | 'announcement' | 'certificate' })[] = [
  {
    subject: 'แต่งตั้งคณะทำงานพัฒนา{system}',
    body: 'เพื่อให้การพัฒนา{system}เป็นไปด้วยความเรียบร้อย จึงแต่งตั้งคณะทำงาน จำนวน {cases} คน',
    ...{ unit: 'executive', form: 'order', weight: 14 },
  },
  {
    subject: 'ให้บุคลากรไปปฏิบัติงานประจำ สปสช. เขต {region}',
    body: 'อาศัยอำนาจตามระเบียบว่าด้วยการบริหารงานบุคคล จึงให้บุคลากรไปปฏิบัติงานประจำ สปสช. เขต {region} ตั้งแต่วันที่ {meeting}',
    ...{ unit: 'hr', form: 'order', months: [3, 9, 10], evidence: 'legal' },
  },
  {
    subject: 'แต่งตั้งคณะกรรมการตรวจสอบข้อเท็จจริงกรณีร้องเรียนหน่วยบริการ',
    body: 'เพื่อให้การตรวจสอบข้อเท็จจริงเป็นไปด้วยความเป็นธรรม จึงแต่งตั้งคณะกรรมการตรวจสอบข้อเท็จจริง',
    ...{ unit: 'legal', form: 'order', evidence: 'legal' },
  },
  {
    subject: 'ประกาศรับสมัครบุคคลเพื่อคัดเลือกเป็นเจ้าหน้าที่ ครั้งที่ {round}',
    body: 'สำนักงานประสงค์รับสมัครบุคคลเพื่อคัดเลือกเป็นเจ้าหน้าที่ จำนวน {cases} อัตรา ถึงวันที่ {deadline}',
    ...{ unit: 'executive', form: 'announcement' },
  },
  {
    subject: 'ประกาศหลักเกณฑ์การขอรับค่าใช้จ่ายกรณี{disease}',
    body: 'โดยที่เป็นการสมควรกำหนดหลักเกณฑ์การขอรับค่าใช้จ่ายกรณี{disease} จึงออกประกาศไว้ดังนี้',
    ...{ unit: 'executive', form: 'announcement', months: [9, 10], evidence: 'legal' },
  },
  {
    subject: 'หนังสือรับรองการเป็นเจ้าหน้าที่และอัตราเงินเดือน',
    body: 'ขอรับรองว่าบุคคลดังกล่าวเป็นเจ้าหน้าที่ของสำนักงาน อัตราเงินเดือน {amount} จริง',
    ...{ unit: 'hr', form: 'certificate', money: [15_000, 90_000], weight: 16 },
  },
]

/** What goes by paper, because it may not be signed electronically (slide การใช้งานเอกสารอื่นๆ 1–2). */
export const paperTopics: readonly (Topic & { readonly matter: NonNullable<Topic['matter']> })[] = [
  {
    subject: 'รายงานผลการพิจารณาและขออนุมัติสั่งซื้อครุภัณฑ์คอมพิวเตอร์',
    body: 'คณะกรรมการพิจารณาผลแล้ว เห็นควรอนุมัติสั่งซื้อครุภัณฑ์คอมพิวเตอร์ วงเงิน {amount}',
    ...{
      unit: 'admin',
      matter: 'procurement',
      money: [80_000, 2_400_000],
      evidence: 'financial',
      weight: 30,
    },
  },
  {
    subject: 'ขออนุมัติเบิกจ่ายค่าจ้างเหมาบริการรักษาความปลอดภัย งวดเดือน{lastMonth}',
    body: 'ผู้รับจ้างส่งมอบงานงวดเดือน{lastMonth} ครบถ้วน เห็นควรเบิกจ่ายเป็นเงิน {amount}',
    ...{ unit: 'admin', matter: 'procurement', money: [90_000, 260_000], evidence: 'financial', weight: 30 },
  },
  {
    subject: 'ส่งเรื่องให้พนักงานอัยการดำเนินคดีเรียกเงินคืนกองทุน',
    body: 'หน่วยบริการเพิกเฉยไม่ชำระเงินคืนกองทุน เป็นเงิน {amount} จึงขอส่งเรื่องเพื่อดำเนินคดี',
    ...{ unit: 'legal', matter: 'litigation', money: [50_000, 3_000_000], evidence: 'legal' },
  },
  {
    subject: 'การดำเนินการทางวินัยกรณีเจ้าหน้าที่ขาดงานติดต่อกัน',
    body: 'คณะกรรมการสอบสวนทางวินัยสรุปสำนวนแล้ว เห็นควรลงโทษตามระเบียบ',
    ...{ unit: 'hr', matter: 'discipline', evidence: 'legal' },
  },
]

/** What bureaus answer or remind of under the office's stamp (หนังสือประทับตรา, ข้อ 13). */
export const stampedTopics: readonly Topic[] = [
  {
    subject: 'ขอส่งคืนเอกสารประกอบการเบิกที่ไม่สมบูรณ์',
    body: 'ได้ตรวจสอบเอกสารประกอบการเบิกแล้วพบว่าไม่สมบูรณ์ จึงขอส่งคืนเพื่อแก้ไข',
    ...{ unit: 'claims' },
  },
  {
    subject: 'เตือนการส่งรายงานผลการดำเนินงาน ไตรมาสที่ {quarter}',
    body: 'ยังไม่ได้รับรายงานผลการดำเนินงาน ไตรมาสที่ {quarter} จึงขอให้จัดส่งภายในวันที่ {deadline}',
    ...{ unit: 'strategy' },
  },
]

/** What is written in secret. */
export const secretMemo: Topic = {
  subject: 'รายงานการสืบสวนข้อเท็จจริงเจ้าหน้าที่',
  body: 'คณะกรรมการสืบสวนข้อเท็จจริงรวบรวมพยานหลักฐานแล้วเสร็จ จึงขอรายงานผลเพื่อพิจารณา',
  ...{ unit: 'hr', evidence: 'legal' },
}
