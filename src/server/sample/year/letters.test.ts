import { beforeAll, describe, expect, it } from 'vitest'
import { eventBodySchema } from '../../../shared/contract/events.ts'
import { commandSchema, type LetterEvent, letterEventSchema } from '../../../shared/contract/letter.ts'
import { isWorkingDay } from '../../../shared/domain/calendar.ts'
import { isServerCommand } from '../../../shared/domain/decide.ts'
import { firstBrokenLink } from '../../../shared/domain/eventChain.ts'
import { foldLetter } from '../../../shared/domain/evolve.ts'
import { isOverdue, type Letter, openLeg, stageOf } from '../../../shared/domain/letter.ts'
import { directoryOf } from '../../../shared/domain/organisation.ts'
import { canonicalThai } from '../../../shared/thai/canonical.ts'
import { bangkokDay } from '../../../shared/thai/dates.ts'
import { toArabicDigits } from '../../../shared/thai/digits.ts'
import { decideGroup, duplicateKey, type GroupState } from '../../commands/decideGroup.ts'
import { sampleOrganisation } from '../organisation.ts'
import { type GeneratedLetter, generateYear, type RecordedAct, type YearOptions } from './letters.ts'

const UNTIL = '2026-11-23T03:00:00.000Z'
const usual: YearOptions = { seed: 3, letters: 3000, period: { until: UNTIL } }

async function year(options: YearOptions): Promise<GeneratedLetter[]> {
  const letters: GeneratedLetter[] = []
  for await (const letter of generateYear(options)) letters.push(letter)
  return letters
}
const hashesOf = (letters: readonly GeneratedLetter[]) => letters.map(({ letter }) => letter.hash)
const share = (some: number, all: number) => some / all

let letters: GeneratedLetter[]
let events: LetterEvent[]
const acts: RecordedAct[] = []

beforeAll(async () => {
  letters = await year({ ...usual, onAct: (act) => acts.push(act) })
  events = letters.flatMap((one) => one.events)
}, 60_000)

describe('a sample year', () => {
  it('has as many letters as were asked for, each with its whole log', () => {
    expect(letters).toHaveLength(usual.letters)
    for (const { letter, events: log } of letters) {
      expect(firstBrokenLink(log)).toBeUndefined()
      expect(foldLetter(log)).toEqual(letter)
    }
  })

  it('is the same for the same seed, and another one for another', async () => {
    const small = { ...usual, letters: 200 }
    const first = hashesOf(await year(small))
    expect(hashesOf(await year(small))).toEqual(first)
    expect(hashesOf(await year({ ...small, seed: 4 }))).not.toEqual(first)
  })

  it('is a history that the server would have decided so, command for command', () => {
    const directory = directoryOf(sampleOrganisation)
    const state: GroupState = {
      answers: new Map(),
      letters: new Map(),
      serials: new Map(),
      reservations: new Map(),
      registered: new Map(),
      directory,
      now: '',
    }
    const decided: string[] = []
    const years = new Map<string, string>()
    for (const { submission, now } of acts) {
      // The registers begin anew with the calendar year.
      const calendarYear = bangkokDay(now).slice(0, 4)
      for (const { id } of sampleOrganisation.registers) {
        if (years.get(id) !== calendarYear) state.serials.set(id, 0)
        years.set(id, calendarYear)
      }
      const decision = decideGroup([submission], Object.assign(state, { now }))
      const [result] = decision.results
      expect(result, `${submission.command.body.type} by ${submission.actor}`).toMatchObject({
        outcome: 'accepted',
      })
      decided.push(...decision.events.map(({ hash }) => hash))
    }
    expect(decided.sort()).toEqual(events.map(({ hash }) => hash).sort())
  })

  it('asks only for what a client could ask for, as it is kept', () => {
    for (const { submission } of acts) {
      const { command } = submission
      if (!isServerCommand(command)) expect(commandSchema.parse(command)).toEqual(command)
    }
    for (const event of events.slice(0, 2000)) expect(letterEventSchema.parse(event)).toEqual(event)
  })

  it('has every kind of event but those that take more than a year', () => {
    const all = eventBodySchema.options.map((option) => option.shape.type.value)
    const seen = new Set(events.map(({ body }) => body.type))
    const missing = all.filter((type) => !seen.has(type))
    expect(missing).toEqual(['destroyed', 'handed-to-archives'])
  })

  it('happens on working days within office hours, and not after its end', () => {
    for (const { serverTime } of events) {
      expect(isWorkingDay(bangkokDay(serverTime), sampleOrganisation)).toBe(true)
      const minutes = new Date(Date.parse(serverTime) + 7 * 3600_000).toISOString().slice(11, 16)
      expect(minutes >= '08:30' && minutes < '16:30').toBe(true)
      expect(serverTime <= UNTIL).toBe(true)
    }
  })

  it('numbers without gaps in each register and year, in the order of time', () => {
    const numbers = events
      .flatMap(({ body, serverTime }) => {
        if (body.type === 'number-bound') return [{ ...body, serverTime }]
        return body.type === 'registered' || body.type === 'received' ? [{ ...body.receipt, serverTime }] : []
      })
      .sort((one, other) => one.serial - other.serial)
    for (const [register, series] of Map.groupBy(numbers, (one) => `${one.registerId} ${one.buddhistYear}`)) {
      expect(
        series.map(({ serial }) => serial),
        register,
      ).toEqual(series.map((_, index) => index + 1))
      const times = series.map(({ serverTime }) => serverTime)
      expect(times).toEqual([...times].sort())
    }
  })

  it('spreads as the letters of an office do', () => {
    const all = letters.map(({ letter }) => letter)
    const count = (fits: (letter: Letter) => boolean) => share(all.filter(fits).length, all.length)
    expect(count(({ origin }) => origin.kind === 'registered')).toBeGreaterThan(0.2)
    expect(count(({ origin }) => origin.kind === 'drafted')).toBeGreaterThan(0.25)
    expect(count(({ origin }) => origin.kind === 'received')).toBeGreaterThan(0.2)
    expect(count(({ urgency }) => urgency === 'normal')).toBeGreaterThan(0.6)
    expect(count(({ urgency }) => urgency === 'most-urgent')).toBeLessThan(0.06)
    expect(count(({ secrecy }) => secrecy !== 'none')).toBeLessThan(0.03)
    expect(count(({ matter }) => matter !== 'general')).toBeLessThan(0.06)
    expect(count((letter) => letter.closed !== null || letter.keeping !== null)).toBeGreaterThan(0.8)
    expect(new Set(all.map(({ unitId }) => unitId)).size).toBe(sampleOrganisation.units.length)
    const replies = all.filter(({ repliesTo }) => repliesTo !== null)
    expect(replies.length).toBeGreaterThan(20)
    expect(replies.filter(({ references }) => references.length > 0).length).toBeGreaterThan(10)
    const months = Map.groupBy(all, ({ draftedAt }) => bangkokDay(draftedAt).slice(5, 7))
    expect(months.size).toBe(12)
    expect(months.get('09')?.length ?? 0).toBeGreaterThan((months.get('04')?.length ?? 0) * 1.2)
  })

  it('leaves work over at its end, some of it overdue', () => {
    const open = letters.filter(({ letter }) => openLeg(letter) !== undefined)
    expect(open.length).toBeGreaterThan(20)
    expect(letters.filter(({ letter }) => isOverdue(letter, UNTIL)).length).toBeGreaterThan(5)
    const drafts = letters.filter(({ letter }) => ['draft', 'checking'].includes(stageOf(letter)))
    expect(drafts.length).toBeGreaterThan(0)
  })

  it('has executives order others, who order in their turn', () => {
    const onward = letters.filter(({ letter }) =>
      letter.endorsements.some(({ act, to }) => act === 'order' && to),
    )
    expect(onward.length).toBeGreaterThan(20)
    expect(
      onward.some(({ letter }) => letter.endorsements.filter(({ act }) => act === 'order').length > 1),
    ).toBe(true)
  })

  it('is acted for by delegates at times, under their orders', () => {
    const delegated = new Set(events.flatMap(({ delegationId }) => delegationId ?? []))
    expect([...delegated].sort()).toEqual(['acting-comms', 'delegated-claims'])
    expect(events.some(({ onBehalfOf }) => onBehalfOf !== null)).toBe(true)
  })

  it('is written as Thai is written', () => {
    const texts = letters.flatMap(({ letter, paragraphs }) => [
      ...[letter.subject, letter.addressee, ...paragraphs],
      ...letter.endorsements.map(({ text }) => text),
      ...letter.notes.map(({ text }) => text),
    ])
    for (const text of new Set(texts)) {
      expect(text).not.toBe('')
      expect(text).toBe(text.trim())
      expect(text).not.toMatch(/ {2}|[{}]|undefined/)
      // The spelling is the one in which it is compared and searched.
      expect(canonicalThai(text)).toBe(toArabicDigits(text).toLowerCase())
    }
  })

  it('has all its letters though it breaks off as the office opens', async () => {
    const period = { until: '2026-11-23T01:30:00.500Z' }
    expect(await year({ seed: 2, letters: 400, period })).toHaveLength(400)
  })

  it('takes a calendar year as well, and very few letters', async () => {
    const small = await year({ seed: 1, letters: 5, period: { year: 2025 } })
    expect(small).toHaveLength(5)
    for (const { letter } of small) expect(bangkokDay(letter.draftedAt).slice(0, 4)).toBe('2025')
    expect(new Set(acts.map(({ submission }) => duplicateKey(submission))).size).toBeGreaterThan(100)
  })
})
