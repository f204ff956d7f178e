import en from '../../../resources/texts/en.json' with { type: 'json' }
import th from '../../../resources/texts/th.json' with { type: 'json' }
import type { Settings } from '../../shared/contract/ipc.ts'
import { type FillValues, fill } from '../../shared/fill.ts'
import type { Refusal } from '../../shared/outcome.ts'
import { refusals } from '../../shared/refusals.ts'
import { bangkokDay, bangkokTime, letterDate, listDate } from '../../shared/thai/dates.ts'
import { toArabicDigits, toThaiDigits } from '../../shared/thai/digits.ts'

/** The name of a screen text. */
export type TextKey = keyof typeof th

/** Everything that turns facts into words for one language and one choice of digits. */
export interface Texts {
  readonly language: Settings['language']
  /** The text named `key` with its {placeholders} filled. */
  t(key: TextKey, values?: FillValues): string
  /** What happened, and what to do now. */
  refusal(refusal: Refusal): { readonly what: string; readonly next: string }
  /** A count in the digits of the setting. */
  count(value: number): string
  /** A Gregorian day or ISO instant as lists show it: `17 ก.ย. 2569`. */
  day(instant: string): string
  /** A day in full: `วันพฤหัสบดีที่ 17 กันยายน 2569`. */
  fullDay(instant: string): string
  /** The time of day in Bangkok: `10.42 น.` */
  time(instant: string): string
  /** The time alone when it is today, otherwise the day. */
  when(instant: string, now: string): string
  /** Day and time: `17 ก.ย. 2569 10.42 น.` */
  dayAndTime(instant: string): string
  /** How long ago: `1 ชม. 3 น.` */
  age(instant: string, now: string): string
  /** A letter's number: always Thai digits, as on paper. */
  number(text: string): string
  /** A letter's date as on paper: `๑๗ กันยายน ๒๕๖๙`. */
  paperDate(day: string): string
  /** A file's size. */
  size(bytes: number): string
}

const englishDay = new Intl.DateTimeFormat('en-GB-u-ca-buddhist', {
  timeZone: 'Asia/Bangkok',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})

const englishFullDay = new Intl.DateTimeFormat('en-GB-u-ca-buddhist', {
  timeZone: 'Asia/Bangkok',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

const thaiWeekday = new Intl.DateTimeFormat('th-TH', { timeZone: 'Asia/Bangkok', weekday: 'long' })

/** A whole day has no time, and would be the day before if read as UTC midnight in some zones. */
const instantOf = (value: string): string => (value.length === 10 ? `${value}T00:00:00+07:00` : value)

/** The texts of a language. */
export function textsFor({ language, digits }: Pick<Settings, 'language' | 'digits'>): Texts {
  const table: Readonly<Record<TextKey, string>> = language === 'th' ? th : en
  const written = (text: string) => (digits === 'thai' ? toThaiDigits(text) : text)
  const t = (key: TextKey, values?: FillValues) => fill(table[key], values)
  const day = (value: string) => {
    const instant = instantOf(value)
    const text = language === 'th' ? listDate(bangkokDay(instant)) : englishDay.format(new Date(instant))
    return written(text)
  }
  const time = (instant: string) => {
    const text = bangkokTime(instant)
    return written(language === 'th' ? text : text.slice(0, 5).replace('.', ':'))
  }
  return {
    language,
    t,
    refusal: ({ code, detail }) => {
      const row = refusals[code]
      return language === 'th'
        ? { what: fill(row.th, detail), next: fill(row.nextTh, detail) }
        : { what: fill(row.en, detail), next: fill(row.nextEn, detail) }
    },
    count: (value) => written(String(value)),
    day,
    fullDay: (instant) =>
      written(
        language === 'th'
          ? `${thaiWeekday.format(new Date(instant))}ที่ ${toArabicDigits(letterDate(bangkokDay(instant)))}`
          : englishFullDay.format(new Date(instant)),
      ),
    time,
    when: (instant, now) => (bangkokDay(instant) === bangkokDay(now) ? time(instant) : day(instant)),
    dayAndTime: (instant) => `${day(instant)} ${time(instant)}`,
    age: (instant, now) => {
      const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(instant)) / 60_000))
      if (minutes < 1) return t('time.now')
      if (minutes < 60) return t('time.minutes', { minutes: written(String(minutes)) })
      const hours = Math.floor(minutes / 60)
      if (hours >= 48) return t('time.days', { days: written(String(Math.floor(hours / 24))) })
      return t('time.hours', { hours: written(String(hours)), minutes: written(String(minutes % 60)) })
    },
    number: toThaiDigits,
    paperDate: letterDate,
    size: (bytes) =>
      written(
        bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1e6).toFixed(1)} MB`,
      ),
  }
}
