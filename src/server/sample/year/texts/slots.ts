import { buddhistYear, letterDate } from '../../../../shared/thai/dates.ts'
import { toThaiDigits } from '../../../../shared/thai/digits.ts'
import type { Random } from '../random.ts'

/** What the slots of a text are filled with, besides what chance gives. */
export interface Known {
  /** The day of writing (Gregorian, Bangkok). */
  readonly day: string
  readonly province: string
  /** The region of the fund, 1 to 13. */
  readonly region: number
  readonly hospital: string
  readonly local: string
  /** In baht; null where the text speaks of none. */
  readonly amount: number | null
}

const MONTHS = [
  ...['มกราคม', 'กุมภาพันธ์', 'มีนาคม', 'เมษายน', 'พฤษภาคม', 'มิถุนายน'],
  ...['กรกฎาคม', 'สิงหาคม', 'กันยายน', 'ตุลาคม', 'พฤศจิกายน', 'ธันวาคม'],
]
const DISEASES = [
  ...['โรคไตวายเรื้อรัง', 'โรคหัวใจและหลอดเลือด', 'โรคมะเร็ง', 'โรคเบาหวานและความดันโลหิตสูง'],
  ...['โรคหลอดเลือดสมอง', 'วัณโรค', 'โรคหายาก', 'โรคธาลัสซีเมีย', 'โรคตับอักเสบเรื้อรัง', 'โรคจิตเวช'],
]
const SYSTEMS = [
  ...['ระบบบันทึกข้อมูลการเบิกชดเชย', 'ระบบตรวจสอบสิทธิ', 'ระบบสารบรรณอิเล็กทรอนิกส์', 'ระบบเชื่อมโยงข้อมูลสุขภาพ'],
  ...['ระบบบริหารงบกองทุน', 'ระบบรับเรื่องร้องเรียน', 'ระบบทะเบียนหน่วยบริการ', 'ระบบยืนยันตัวตนผู้รับบริการ'],
]
const COURSES = [
  ...['การบริหารความเสี่ยงและการควบคุมภายใน', 'การคุ้มครองข้อมูลส่วนบุคคล', 'การเขียนหนังสือราชการ'],
  ...['การวิเคราะห์ข้อมูลด้วยเครื่องมือสมัยใหม่', 'กฎหมายหลักประกันสุขภาพแห่งชาติ', 'การสื่อสารในภาวะวิกฤต'],
]
const ROOMS = ['ห้องประชุม ๒๐๑ ชั้น ๒', 'ห้องประชุม ๓๐๑ ชั้น ๓', 'ห้องประชุมใหญ่ ชั้น ๖', 'ห้องประชุม ๔๐๒ ชั้น ๔']

const thai = (value: number): string => toThaiDigits(String(value))

/** A sum as letters write it: `386400` → `๓๘๖,๔๐๐ บาท`. */
const baht = (amount: number): string => `${toThaiDigits(amount.toLocaleString('en-US'))} บาท`

/** The fiscal year (from 1 October) of a day, as a Buddhist year. */
const fiscalYear = (day: string): number => buddhistYear(day) + (day.slice(5, 7) >= '10' ? 1 : 0)

/** A day `count` days after `day`. */
export const daysAfter = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)

/** The day itself, or the Friday before a Saturday or Sunday. */
function weekday(day: string): string {
  const weekDay = new Date(`${day}T00:00:00Z`).getUTCDay()
  return daysAfter(day, weekDay === 6 ? -1 : weekDay === 0 ? -2 : 0)
}

type Slot = (known: Known, random: Random) => string

const slots: Readonly<Record<string, Slot>> = {
  fiscal: ({ day }) => thai(fiscalYear(day)),
  nextFiscal: ({ day }) => thai(fiscalYear(day) + 1),
  year: ({ day }) => thai(buddhistYear(day)),
  month: ({ day }) => MONTHS[Number(day.slice(5, 7)) - 1] ?? '',
  lastMonth: ({ day }) => MONTHS[(Number(day.slice(5, 7)) + 10) % 12] ?? '',
  quarter: ({ day }) => thai(Math.floor(((Number(day.slice(5, 7)) + 2) % 12) / 3) + 1),
  round: ({ day }, random) => `${thai(random.between(1, 12))}/${thai(buddhistYear(day))}`,
  meeting: ({ day }, random) => letterDate(weekday(daysAfter(day, random.between(5, 30)))),
  deadline: ({ day }, random) => letterDate(weekday(daysAfter(day, random.between(7, 21)))),
  past: ({ day }, random) => letterDate(weekday(daysAfter(day, -random.between(5, 90)))),
  count: (_, random) => thai(random.between(5, 180)),
  cases: (_, random) => thai(random.between(2, 60)),
  province: ({ province }) => province,
  region: ({ region }) => thai(region),
  hospital: ({ hospital }) => hospital,
  local: ({ local }) => local,
  amount: ({ amount }) => baht(amount ?? 0),
  disease: (_, random) => random.pick(DISEASES),
  system: (_, random) => random.pick(SYSTEMS),
  course: (_, random) => random.pick(COURSES),
  room: (_, random) => random.pick(ROOMS),
}

/**
 * Fills the {slots} of the texts of one letter: what is said twice is the same. Throws for a slot that nobody knows.
 */
export function slotFiller(known: Known, random: Random): (text: string) => string {
  const chosen = new Map<string, string>()
  const chosenFor = (name: string): string => {
    const before = chosen.get(name)
    if (before !== undefined) return before
    const slot = slots[name]
    if (!slot) throw new Error(`there is no slot {${name}}`)
    const value = slot(known, random)
    chosen.set(name, value)
    return value
  }
  return (text) => text.replace(/\{(\w+)\}/g, (_, name: string) => chosenFor(name))
}
