import type { Agency } from '../../../shared/contract/organisation.ts'
import { toThaiDigits } from '../../../shared/thai/digits.ts'
import { provinces } from './provinces.ts'

/** Another agency of the sample, and how its letters are headed: `สธ 0201`, and whose office they come from. */
export interface Correspondent {
  readonly agency: Agency
  readonly numberPrefix: string
  /** The position that signs its letters. */
  readonly head: string
  readonly sort: 'national' | 'health-office' | 'hospital' | 'local' | 'association'
  /** The region of the fund that it lies in; null for those of the whole country. */
  readonly region: number | null
}

/** Name, head, number's beginning, mailbox's host, codes of ministry and department. */
type National = readonly [string, string, string, string | null, (readonly [string, string])?]

const nationals: readonly National[] = [
  ['สำนักงานปลัดกระทรวงสาธารณสุข', 'ปลัดกระทรวงสาธารณสุข', 'สธ 0201', 'moph', ['21', '21002']],
  ['กรมการแพทย์', 'อธิบดีกรมการแพทย์', 'สธ 0301', 'dms', ['21', '21003']],
  ['กรมควบคุมโรค', 'อธิบดีกรมควบคุมโรค', 'สธ 0402', 'ddc', ['21', '21004']],
  ['กรมอนามัย', 'อธิบดีกรมอนามัย', 'สธ 0901', 'anamai', ['21', '21009']],
  ['กรมสุขภาพจิต', 'อธิบดีกรมสุขภาพจิต', 'สธ 0801', 'dmh', ['21', '21008']],
  ['กรมสนับสนุนบริการสุขภาพ', 'อธิบดีกรมสนับสนุนบริการสุขภาพ', 'สธ 0701', 'hss', ['21', '21007']],
  ['กรมบัญชีกลาง', 'อธิบดีกรมบัญชีกลาง', 'กค 0416', 'cgd', ['03', '03004']],
  ['สำนักงบประมาณ', 'ผู้อำนวยการสำนักงบประมาณ', 'นร 0707', 'bb', ['01', '01007']],
  ['สำนักเลขาธิการคณะรัฐมนตรี', 'เลขาธิการคณะรัฐมนตรี', 'นร 0503', 'soc', ['01', '01005']],
  ['สำนักงานคณะกรรมการกฤษฎีกา', 'เลขาธิการคณะกรรมการกฤษฎีกา', 'นร 0901', 'krisdika', ['01', '01009']],
  ['สำนักงานสภาพัฒนาการเศรษฐกิจและสังคมแห่งชาติ', 'เลขาธิการสภาพัฒนาการเศรษฐกิจและสังคมแห่งชาติ', 'นร 1101', 'nesdc'],
  ['สำนักงานการตรวจเงินแผ่นดิน', 'ผู้ว่าการตรวจเงินแผ่นดิน', 'ตผ 0012', 'oag', ['31', '31001']],
  ['สำนักงานประกันสังคม', 'เลขาธิการสำนักงานประกันสังคม', 'รง 0601', 'sso', ['17', '17006']],
  ['กรมส่งเสริมการปกครองท้องถิ่น', 'อธิบดีกรมส่งเสริมการปกครองท้องถิ่น', 'มท 0819', 'dla', ['15', '15008']],
  ['กรมการปกครอง', 'อธิบดีกรมการปกครอง', 'มท 0309', 'dopa', ['15', '15003']],
  ['สำนักงานพัฒนารัฐบาลดิจิทัล (องค์การมหาชน)', 'ผู้อำนวยการสำนักงานพัฒนารัฐบาลดิจิทัล', 'สพร 2569', 'dga', ['01', '01041']],
  ['สำนักงานคณะกรรมการอาหารและยา', 'เลขาธิการคณะกรรมการอาหารและยา', 'สธ 1001', 'fda', ['21', '21010']],
  ['สำนักงานอัยการสูงสุด', 'อัยการสูงสุด', 'อส 0027', 'ago'],
  ['สำนักงานผู้ตรวจการแผ่นดิน', 'ผู้ตรวจการแผ่นดิน', 'ผผ 0603', 'ombudsman'],
  ['สำนักงานศาลปกครอง', 'เลขาธิการสำนักงานศาลปกครอง', 'ศป 0008', null],
  ['สำนักงานคณะกรรมการข้อมูลข่าวสารของราชการ', 'ผู้อำนวยการสำนักงานคณะกรรมการข้อมูลข่าวสารของราชการ', 'นร 0108', 'oic'],
  ['สถาบันรับรองคุณภาพสถานพยาบาล (องค์การมหาชน)', 'ผู้อำนวยการสถาบันรับรองคุณภาพสถานพยาบาล', 'สรพ 05', 'hai'],
  ['สำนักงานกองทุนสนับสนุนการสร้างเสริมสุขภาพ', 'ผู้จัดการกองทุนสนับสนุนการสร้างเสริมสุขภาพ', 'สสส 1', 'thaihealth'],
  ['องค์การเภสัชกรรม', 'ผู้อำนวยการองค์การเภสัชกรรม', 'ภก 0101', 'gpo'],
  ['แพทยสภา', 'เลขาธิการแพทยสภา', 'พส 010', 'tmc'],
  ['สภาการพยาบาล', 'เลขาธิการสภาการพยาบาล', 'สภ.พ. 01', null],
  ['สภากาชาดไทย', 'เลขาธิการสภากาชาดไทย', 'กช 0210', 'redcross'],
  ['มหาวิทยาลัยมหาราชพัฒนา', 'อธิการบดีมหาวิทยาลัยมหาราชพัฒนา', 'อว 7801', 'mrp-university'],
  ['คณะแพทยศาสตร์ มหาวิทยาลัยริมโขง', 'คณบดีคณะแพทยศาสตร์ มหาวิทยาลัยริมโขง', 'อว 6602', 'rimkhong-university'],
]

/** Made-up names of hospitals: none of them stands anywhere. */
const hospitals = [
  'บ้านทุ่งรวงทอง',
  'ศรีนครพิงค์ราช',
  'เวียงดอยหลวงใหม่',
  'เขลางค์บุรี',
  'พนมรุ้งธานี',
  'พระยาน่านพัฒนา',
  'วังทองสามัคคี',
  'บึงนารายณ์',
  'ชากังราวรามัญ',
  'แก่งหินงาม',
  'ละโว้ธานินทร์',
  'ดงพญาเย็นใต้',
  'จอมบึงราชพัฒนา',
  'ทวารวดีบุรี',
  'ปากน้ำประแสใหม่',
  'แหลมทองชลธี',
  'ศิลาอาสน์นคร',
  'ทุ่งกุลาสดใส',
  'หนองประจักษ์ชัย',
  'ภูพานราชคีรี',
  'โคราชธานีรัตน์',
  'สุรพินท์นคร',
  'ตาลสุมใต้',
  'ลำดวนนครา',
  'ดอนสักชลธาร',
  'พรหมคีรีวงศ์',
  'เขารูปช้างทอง',
  'กันตังราษฎร์',
]

/** Made-up municipalities and sub-district administrations. */
const locals = [
  'เทศบาลเมืองศรีรุ่งเรือง',
  'เทศบาลตำบลหนองบัวแก้ว',
  'องค์การบริหารส่วนตำบลดอนมะค่า',
  'เทศบาลตำบลบ้านใหม่ไชยวัฒน์',
  'องค์การบริหารส่วนตำบลทุ่งพระยาใต้',
  'เทศบาลนครธารารักษ์',
  'องค์การบริหารส่วนตำบลโคกสำราญใต้',
  'เทศบาลตำบลคลองขวางพัฒนา',
  'องค์การบริหารส่วนตำบลห้วยไผ่ทอง',
  'เทศบาลตำบลเกาะลันเตียน',
  'องค์การบริหารส่วนจังหวัดชลธีนคร',
  'เทศบาลเมืองท่าอิฐงาม',
  'องค์การบริหารส่วนตำบลนาหว้าน้อย',
  'เทศบาลตำบลสระแก้วนิมิต',
  'องค์การบริหารส่วนตำบลป่าสักหลวง',
  'เทศบาลตำบลเวียงเหนือสามัคคี',
  'องค์การบริหารส่วนตำบลบางพลับใหม่',
  'เทศบาลตำบลกุดน้ำใสเหนือ',
  'องค์การบริหารส่วนตำบลเขาน้อยพัฒนา',
  'เทศบาลตำบลปากพูนชัย',
  'องค์การบริหารส่วนตำบลหัวไทรงาม',
  'เทศบาลตำบลควนมะพร้าวทอง',
]

const associations: readonly (readonly [string, string])[] = [
  ['มูลนิธิเพื่อสิทธิผู้ป่วยไทย (ตัวอย่าง)', 'ประธานมูลนิธิ'],
  ['เครือข่ายผู้ป่วยโรคไตแห่งภูมิภาค', 'ประธานเครือข่าย'],
  ['ชมรมผู้ป่วยโรคหายากร่วมใจ', 'ประธานชมรม'],
  ['สมาคมหน่วยบริการเอกชนเพื่อหลักประกันสุขภาพ', 'นายกสมาคม'],
  ['โรงพยาบาลเอกชนรุ่งอรุณเวชการ', 'ผู้อำนวยการโรงพยาบาล'],
  ['คลินิกชุมชนอบอุ่นสวนหลวงเวชกรรม', 'ผู้ดำเนินการสถานพยาบาล'],
  ['คลินิกกายภาพบำบัดยิ้มสู้', 'ผู้ดำเนินการสถานพยาบาล'],
  ['ร้านยาคุณภาพเภสัชสุขใจ', 'เภสัชกรผู้มีหน้าที่ปฏิบัติการ'],
  ['ศูนย์ประสานงานหลักประกันสุขภาพประชาชนภาคเหนือ', 'ผู้ประสานงานศูนย์'],
  ['ศูนย์ประสานงานหลักประกันสุขภาพประชาชนภาคใต้', 'ผู้ประสานงานศูนย์'],
  ['บริษัท ระบบสุขภาพดิจิทัลไทย จำกัด', 'กรรมการผู้จัดการ'],
  ['บริษัท ตรวจสอบบัญชีเที่ยงธรรม จำกัด', 'ผู้สอบบัญชีรับอนุญาต'],
]

const mailboxOf = (host: string) => `saraban@${host}.example`
const postcode = (region: number, index: number) =>
  toThaiDigits(String(10_000 + region * 5000 + (index % 9) * 110))

function nationalOf([name, head, numberPrefix, host, codes]: National, index: number): Correspondent {
  return {
    agency: {
      id: `national-${index + 1}`,
      name,
      mailbox: host === null ? null : mailboxOf(host),
      postalAddress: `${name} กรุงเทพมหานคร ${toThaiDigits(String(10_100 + (index % 12) * 10))}`,
      exchange: codes ? { ministry: codes[0], department: codes[1] } : null,
      source: 'dga',
    },
    numberPrefix,
    head,
    sort: 'national',
    region: null,
  }
}

const healthOffices = provinces.map(({ name, code, region }, index): Correspondent => {
  const office = `สำนักงานสาธารณสุขจังหวัด${name}`
  return {
    agency: {
      id: `health-office-${index + 1}`,
      name: office,
      mailbox: index % 8 === 7 ? null : mailboxOf(`health-office-${index + 1}`),
      postalAddress: `${office} อำเภอเมือง จังหวัด${name} ${postcode(region, index)}`,
      exchange: index % 5 === 0 ? { ministry: '21', department: `21${100 + index}` } : null,
      source: 'dga',
    },
    numberPrefix: `${code} 0033`,
    head: `นายแพทย์สาธารณสุขจังหวัด${name}`,
    sort: 'health-office',
    region,
  }
})

const placed = (index: number) => {
  const found = provinces[index % provinces.length]
  if (!found) throw new Error('there are provinces')
  return found
}

const hospitalsOf = hospitals.map((name, index): Correspondent => {
  const { name: province, code, region } = placed(index)
  return {
    agency: {
      id: `hospital-${index + 1}`,
      name: `โรงพยาบาล${name}`,
      mailbox: index % 3 === 2 ? null : mailboxOf(`hospital-${index + 1}`),
      postalAddress: `โรงพยาบาล${name} จังหวัด${province} ${postcode(region, index)}`,
      exchange: null,
      source: index % 3 === 2 ? 'own' : 'dga',
    },
    numberPrefix: `${code} 0033.3${String(index + 1).padStart(2, '0')}`,
    head: `ผู้อำนวยการโรงพยาบาล${name}`,
    sort: 'hospital',
    region,
  }
})

const localsOf = locals.map((name, index): Correspondent => {
  const { name: province, code, region } = placed(index + 3)
  return {
    agency: {
      id: `local-${index + 1}`,
      name,
      mailbox: index % 2 === 0 ? mailboxOf(`local-${index + 1}`) : null,
      postalAddress: `${name} จังหวัด${province} ${postcode(region, index)}`,
      exchange: null,
      source: index % 2 === 0 ? 'dga' : 'own',
    },
    numberPrefix: `${code} 5${String(2301 + index)}`,
    head: `นายก${name}`,
    sort: 'local',
    region,
  }
})

const associationsOf = associations.map(
  ([name, head], index): Correspondent => ({
    agency: {
      id: `association-${index + 1}`,
      name,
      mailbox: index % 4 === 0 ? `contact@association-${index + 1}.example` : null,
      postalAddress: `${name} กรุงเทพมหานคร ${toThaiDigits(String(10_240 + index * 10))}`,
      exchange: null,
      source: 'own',
    },
    numberPrefix: '',
    head: `${head} ${name}`,
    sort: 'association',
    region: null,
  }),
)

/** Everybody with whom the sample corresponds. Names of hospitals and local administrations are made up. */
export const correspondents: readonly Correspondent[] = [
  ...nationals.map(nationalOf),
  ...healthOffices,
  ...hospitalsOf,
  ...localsOf,
  ...associationsOf,
]
