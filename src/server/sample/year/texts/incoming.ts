import { type IncomingTopic, topicsBySeason } from './topic.ts'

const topics: readonly IncomingTopic[] = [
  {
    subject: 'ขอความอนุเคราะห์ข้อมูลผู้มีสิทธิหลักประกันสุขภาพ จังหวัด{province}',
    body: '{hospital} มีความประสงค์ขอข้อมูลจำนวนผู้มีสิทธิหลักประกันสุขภาพในเขตพื้นที่จังหวัด{province} ประจำปีงบประมาณ {fiscal} เพื่อใช้ประกอบการวางแผนจัดบริการ',
    ...{ unit: 'it', from: ['hospital', 'health-office', 'national'] },
  },
  {
    subject: 'ขอหารือหลักเกณฑ์การจ่ายค่าใช้จ่ายเพื่อบริการสาธารณสุข กรณี{disease}',
    body: 'หน่วยบริการพบปัญหาในการเบิกค่าใช้จ่ายเพื่อบริการสาธารณสุข กรณี{disease} จึงขอหารือแนวทางปฏิบัติตามประกาศคณะกรรมการหลักประกันสุขภาพแห่งชาติ ปีงบประมาณ {fiscal}',
    ...{ unit: 'claims', from: ['hospital', 'health-office', 'association'], weight: 14 },
  },
  {
    subject: 'ขออุทธรณ์ผลการตรวจสอบเวชระเบียน จำนวน {cases} ราย',
    body: '{hospital} ได้รับแจ้งผลการตรวจสอบเวชระเบียนแล้ว ขออุทธรณ์ผลการตรวจสอบ จำนวน {cases} ราย พร้อมส่งสำเนาเวชระเบียนมาเพื่อประกอบการพิจารณา',
    ...{
      unit: 'claims-audit',
      from: ['hospital'],
      weight: 12,
      evidence: 'financial',
      enclosure: 'สำเนาเวชระเบียนผู้ป่วย',
    },
  },
  {
    subject: 'ขอส่งรายงานการเงินกองทุนหลักประกันสุขภาพระดับท้องถิ่น ประจำไตรมาสที่ {quarter}',
    body: '{local} ขอส่งรายงานสถานะการเงินของกองทุนหลักประกันสุขภาพระดับท้องถิ่น ประจำไตรมาสที่ {quarter} ปีงบประมาณ {fiscal}',
    ...{
      unit: 'region',
      from: ['local'],
      months: [1, 4, 7, 10],
      weight: 16,
      evidence: 'financial',
      enclosure: 'รายงานการเงินกองทุน',
    },
  },
  {
    subject: 'ขอรับการสนับสนุนงบประมาณโครงการดูแลผู้สูงอายุระยะยาวที่มีภาวะพึ่งพิง ปีงบประมาณ {fiscal}',
    body: '{local} จัดทำโครงการดูแลผู้สูงอายุระยะยาวที่มีภาวะพึ่งพิง จำนวน {count} ราย ขอรับการสนับสนุนงบประมาณเป็นเงิน {amount}',
    ...{
      unit: 'region',
      from: ['local'],
      months: [10, 11, 12, 1],
      money: [60_000, 1_800_000],
      evidence: 'financial',
      enclosure: 'โครงการและแผนการดูแลรายบุคคล',
    },
  },
  {
    subject: 'แจ้งผลการประเมินคุณภาพหน่วยบริการ {hospital}',
    body: 'คณะผู้เยี่ยมสำรวจได้ประเมินคุณภาพ{hospital} เมื่อวันที่ {past} จึงขอแจ้งผลการประเมินและข้อเสนอแนะเพื่อทราบ',
    ...{ unit: 'region', from: ['health-office', 'national'] },
  },
  {
    subject: 'ขอเชิญเป็นวิทยากรบรรยาย หัวข้อ {course}',
    body: 'หน่วยงานกำหนดจัดอบรมหัวข้อ {course} ในวันที่ {meeting} ณ {room} จึงขอเชิญบุคลากรในสังกัดเป็นวิทยากร',
    ...{ unit: 'hr', from: ['national', 'health-office', 'hospital'], evidence: 'other' },
  },
  {
    subject: 'ขอเชิญประชุมคณะกรรมการประสานงานระบบบริการสุขภาพ ครั้งที่ {round}',
    body: 'กำหนดการประชุมคณะกรรมการประสานงานระบบบริการสุขภาพ ครั้งที่ {round} ในวันที่ {meeting} ณ {room} จึงขอเชิญผู้แทนเข้าร่วมประชุม',
    ...{ unit: 'strategy', from: ['national', 'health-office'], weight: 14, enclosure: 'ระเบียบวาระการประชุม' },
  },
  {
    subject: 'การจัดทำคำของบประมาณรายจ่ายประจำปีงบประมาณ พ.ศ. {nextFiscal}',
    body: 'ตามปฏิทินงบประมาณ พ.ศ. {nextFiscal} ขอให้หน่วยรับงบประมาณจัดส่งคำขอพร้อมรายละเอียดประกอบภายในวันที่ {deadline}',
    ...{
      unit: 'fund',
      from: ['national'],
      months: [11, 12, 1],
      evidence: 'financial',
      enclosure: 'ปฏิทินงบประมาณ',
    },
  },
  {
    subject: 'การเร่งรัดการเบิกจ่ายงบประมาณ ไตรมาสที่ {quarter} ปีงบประมาณ พ.ศ. {fiscal}',
    body: 'คณะรัฐมนตรีมีมติให้หน่วยรับงบประมาณเร่งรัดการเบิกจ่าย ไตรมาสที่ {quarter} จึงขอให้รายงานผลภายในวันที่ {deadline}',
    ...{ unit: 'finance', from: ['national'], months: [6, 7, 8, 9], evidence: 'financial' },
  },
  {
    subject: 'แจ้งเข้าตรวจสอบงบการเงินและการปฏิบัติตามกฎหมาย ประจำปีงบประมาณ {fiscal}',
    body: 'จะเข้าตรวจสอบงบการเงินและการปฏิบัติตามกฎหมายของหน่วยรับตรวจ ตั้งแต่วันที่ {meeting} จึงขอให้จัดเตรียมเอกสารหลักฐาน',
    ...{ unit: 'finance', from: ['national'], months: [10, 11, 12], weight: 6, evidence: 'financial' },
  },
  {
    subject: 'ขอให้ชี้แจงข้อเท็จจริงกรณีร้องเรียนการเรียกเก็บเงินเพิ่มจากผู้รับบริการ',
    body: 'ได้รับเรื่องร้องเรียนว่าผู้รับบริการถูกเรียกเก็บเงินเพิ่มจากสถานพยาบาล จึงขอให้ชี้แจงข้อเท็จจริงภายในวันที่ {deadline}',
    ...{ unit: 'services-complaints', from: ['national', 'association'], evidence: 'legal' },
  },
  {
    subject: 'ขอความเห็นต่อร่างกฎกระทรวงเกี่ยวกับการใช้สิทธิรับบริการสาธารณสุข',
    body: 'อยู่ระหว่างพิจารณาร่างกฎกระทรวงเกี่ยวกับการใช้สิทธิรับบริการสาธารณสุข จึงขอให้เสนอความเห็นภายในวันที่ {deadline}',
    ...{ unit: 'legal', from: ['national'], weight: 6, evidence: 'legal', enclosure: 'ร่างกฎกระทรวง' },
  },
  {
    subject: 'ขอขึ้นทะเบียนเป็นหน่วยบริการในระบบหลักประกันสุขภาพแห่งชาติ',
    body: 'มีความประสงค์ขอขึ้นทะเบียนเป็นหน่วยบริการในระบบหลักประกันสุขภาพแห่งชาติ ปีงบประมาณ {nextFiscal} พร้อมเอกสารประกอบ',
    ...{
      unit: 'region',
      from: ['association', 'hospital'],
      months: [5, 6, 7, 8],
      evidence: 'legal',
      enclosure: 'แบบคำขอขึ้นทะเบียน',
    },
  },
  {
    subject: 'แจ้งเปลี่ยนแปลงบัญชีเงินฝากธนาคารสำหรับรับโอนค่าบริการ',
    body: '{hospital} ขอแจ้งเปลี่ยนแปลงบัญชีเงินฝากธนาคารสำหรับรับโอนค่าบริการสาธารณสุข ตั้งแต่วันที่ {meeting} เป็นต้นไป',
    ...{
      unit: 'finance',
      from: ['hospital', 'association'],
      evidence: 'financial',
      enclosure: 'สำเนาหน้าสมุดบัญชีเงินฝาก',
    },
  },
  {
    subject: 'ขอติดตามผลการจ่ายชดเชยค่าบริการ งวดเดือน{lastMonth}',
    body: '{hospital} ยังไม่ได้รับการจ่ายชดเชยค่าบริการ งวดเดือน{lastMonth} เป็นเงิน {amount} จึงขอติดตามผลการดำเนินการ',
    ...{
      unit: 'claims',
      from: ['hospital', 'association'],
      weight: 14,
      money: [20_000, 4_500_000],
      evidence: 'financial',
    },
  },
  {
    subject: 'ขอเชื่อมต่อ{system}กับระบบสารสนเทศของ{hospital}',
    body: '{hospital} พัฒนาระบบสารสนเทศแล้ว จึงขอเชื่อมต่อ{system} และขอรับคู่มือการเชื่อมต่อ',
    ...{ unit: 'it', from: ['hospital', 'association'] },
  },
  {
    subject: 'ขอส่งแผนพัฒนาระบบบริการปฐมภูมิ ระดับจังหวัด{province}',
    body: 'สำนักงานได้จัดทำแผนพัฒนาระบบบริการปฐมภูมิ ระดับจังหวัด{province} ปีงบประมาณ {nextFiscal} แล้ว จึงขอส่งมาเพื่อโปรดพิจารณา',
    ...{ unit: 'community', from: ['health-office'], months: [7, 8, 9], enclosure: 'แผนพัฒนาระบบบริการปฐมภูมิ' },
  },
  {
    subject: 'ขอแก้ไขเพิ่มเติมสัญญาการให้บริการสาธารณสุข',
    body: '{hospital} ขอแก้ไขเพิ่มเติมสัญญาการให้บริการสาธารณสุข ปีงบประมาณ {fiscal} ในส่วนของขอบเขตบริการและจำนวนประชากร',
    ...{ unit: 'legal', from: ['hospital', 'association'], weight: 6, evidence: 'legal' },
  },
  {
    subject: 'ขอเชิญร่วมออกบูธประชาสัมพันธ์สิทธิหลักประกันสุขภาพ จังหวัด{province}',
    body: 'กำหนดจัดงานมหกรรมสุขภาพ จังหวัด{province} ในวันที่ {meeting} จึงขอเชิญร่วมออกบูธประชาสัมพันธ์สิทธิหลักประกันสุขภาพ',
    ...{ unit: 'comms', from: ['health-office', 'local', 'association'], evidence: 'other' },
  },
  {
    subject: 'ขอใช้ข้อมูลการรับบริการเพื่อการวิจัยเรื่อง{disease}',
    body: 'นักวิจัยในสังกัดได้รับอนุมัติโครงการวิจัยเรื่อง{disease} จึงขอใช้ข้อมูลการรับบริการที่ไม่ระบุตัวบุคคลเพื่อการวิจัย',
    ...{ unit: 'it', from: ['national'], weight: 7, enclosure: 'โครงการวิจัยและหนังสือรับรองจริยธรรม' },
  },
  {
    subject: 'ขอความอนุเคราะห์เข้าศึกษาดูงานด้านการบริหารกองทุน',
    body: 'ประสงค์นำคณะเข้าศึกษาดูงานด้านการบริหารกองทุนหลักประกันสุขภาพ จำนวน {count} คน ในวันที่ {meeting}',
    ...{ unit: 'comms', from: ['national', 'local', 'hospital'], weight: 7, evidence: 'other' },
  },
]

/** What other agencies write about, by the month. */
export const incomingTopic = topicsBySeason(topics)

/** What people write when they complain or ask (คำร้อง). */
const petitions: readonly IncomingTopic[] = [
  {
    subject: 'ขอความเป็นธรรมกรณีถูกเรียกเก็บค่ารักษาพยาบาลจาก{hospital}',
    body: 'ข้าพเจ้าเข้ารับการรักษาที่{hospital} เมื่อวันที่ {past} และถูกเรียกเก็บค่ารักษาพยาบาลเป็นเงิน {amount} จึงขอความเป็นธรรม',
    ...{ unit: 'services-complaints', from: [], money: [500, 60_000], evidence: 'legal' },
  },
  {
    subject: 'ขอย้ายหน่วยบริการประจำเนื่องจากย้ายที่อยู่ไปจังหวัด{province}',
    body: 'ข้าพเจ้าย้ายที่อยู่ไปจังหวัด{province} แต่ไม่สามารถลงทะเบียนเลือกหน่วยบริการประจำได้ จึงขอให้ช่วยดำเนินการ',
    ...{ unit: 'services', from: [] },
  },
  {
    subject: 'ขอรับเงินช่วยเหลือเบื้องต้นกรณีได้รับความเสียหายจากการรักษาพยาบาล',
    body: 'บิดาของข้าพเจ้าได้รับความเสียหายจากการรักษาพยาบาลที่{hospital} เมื่อวันที่ {past} จึงขอรับเงินช่วยเหลือเบื้องต้นตามมาตรา ๔๑',
    ...{ unit: 'services-complaints', from: [], money: [50_000, 400_000], evidence: 'legal' },
  },
  {
    subject: 'สอบถามสิทธิการรักษา{disease}',
    body: 'ข้าพเจ้าป่วยเป็น{disease} ประสงค์สอบถามสิทธิการรักษาและหน่วยบริการที่รับส่งต่อในจังหวัด{province}',
    ...{ unit: 'services', from: [], evidence: 'other' },
  },
  {
    subject: 'ร้องเรียนการปฏิเสธการให้บริการนอกเวลาราชการ',
    body: 'เมื่อวันที่ {past} ข้าพเจ้านำบุตรไปรับบริการที่{hospital} นอกเวลาราชการ แต่ถูกปฏิเสธการให้บริการ',
    ...{ unit: 'services-complaints', from: [], evidence: 'legal' },
  },
]

/** What people write to the office about, by the month. */
export const petitionTopic = topicsBySeason(petitions)

/** What comes in secret. */
export const secretTopics: readonly IncomingTopic[] = [
  {
    subject: 'การตรวจสอบข้อเท็จจริงกรณีกล่าวหาเจ้าหน้าที่เรียกรับผลประโยชน์',
    body: 'ได้รับเรื่องกล่าวหาเจ้าหน้าที่เรียกรับผลประโยชน์ จึงขอส่งเอกสารเพื่อตรวจสอบข้อเท็จจริง',
    ...{ unit: 'audit', from: ['national'], evidence: 'legal' },
  },
  {
    subject: 'ขอทราบประวัติการดำเนินการทางวินัยของบุคลากร',
    body: 'อยู่ระหว่างพิจารณาแต่งตั้งบุคลากร จึงขอทราบประวัติการดำเนินการทางวินัยภายในวันที่ {deadline}',
    ...{ unit: 'hr', from: ['national'], evidence: 'legal' },
  },
  {
    subject: 'แจ้งผลการสืบสวนการเบิกจ่ายเงินกองทุนโดยมิชอบ',
    body: 'ขอแจ้งผลการสืบสวนกรณีการเบิกจ่ายเงินกองทุนโดยมิชอบของหน่วยบริการแห่งหนึ่งในจังหวัด{province}',
    ...{ unit: 'audit', from: ['national'], evidence: 'financial' },
  },
]
