import type {
  LetterFacts,
  LetterForm,
  LetterKind,
  Secrecy,
  Urgency,
} from '../../../../shared/contract/facts.ts'
import { ordinaryFacts } from '../../../../shared/domain/asked.ts'
import { addWorkingDays } from '../../../../shared/domain/calendar.ts'
import { hasClosing } from '../../../../shared/domain/kinds.ts'
import { type Correspondent, correspondents } from '../../organisation/agencies.ts'
import { provinces } from '../../organisation/provinces.ts'
import type { Office } from '../office.ts'
import { type Known, slotFiller } from '../texts/slots.ts'
import type { IncomingTopic, Topic } from '../texts/topic.ts'

const REGIONS = 13
const bySort = Map.groupBy(correspondents, ({ sort }) => sort)

/** One of the agencies of a sort; of one region where there is any. */
export function correspondentOf(office: Office, sort: Correspondent['sort'], region?: number): Correspondent {
  const all = bySort.get(sort) ?? correspondents
  const near = region === undefined ? [] : all.filter((one) => one.region === region)
  return office.random.pick(near.length > 0 ? near : all)
}

/** The agency of a name. Throws where the sample has none. */
export function correspondentNamed(name: string): Correspondent {
  const found = correspondents.find(({ agency }) => agency.name === name)
  if (!found) throw new Error(`there is no agency ${name}`)
  return found
}

/** Who writes about a topic: one of those whose business it is, or any of the sorts that do. */
export function senderFor(office: Office, { from, agencies }: IncomingTopic): Correspondent {
  const { random } = office
  return agencies ? correspondentNamed(random.pick(agencies)) : correspondentOf(office, random.pick(from))
}

/** The region of the fund that a unit is for, or any. */
export function regionOf(office: Office, unitId: string): number {
  const [, region] = /^region-(\d+)$/.exec(unitId) ?? []
  return region === undefined ? office.random.between(1, REGIONS) : Number(region)
}

/** The unit that a topic belongs to; for the regions' topics one of them. */
export const unitOf = (office: Office, topic: Topic): string =>
  topic.unit === 'region' ? `region-${office.random.between(1, REGIONS)}` : topic.unit

/** A unit as its letters name it: as the writer, and as whom to ask (เจ้าของเรื่อง). */
export function writerOf({ directory }: Office, unitId: string): { writer: string; contact: string } {
  const unit = directory.unit(unitId)
  if (!unit) throw new Error(`there is no unit ${unitId}`)
  return { writer: unit.name, contact: `${unit.name} โทร. ${unit.phone}` }
}

/** The letter that another one answers. */
export interface Answered {
  readonly letterId: string
  readonly subject: string
  readonly agency: string
  readonly number: string
  readonly date: string | null
}

/** What is to be written. */
interface Order {
  readonly topic: Topic
  readonly kind: LetterKind
  readonly form?: LetterForm
  readonly addressee: string
  readonly region: number
  /** The agency or unit that writes. */
  readonly writer: string
  readonly contact?: string
  /** The agency that it speaks of. */
  readonly correspondent?: Correspondent | undefined
  readonly secrecy?: Secrecy
  readonly circular?: boolean
  readonly answers?: Answered | undefined
  readonly copiesTo?: readonly string[]
}

/** A letter's facts and what its pages say. */
export interface Written {
  readonly facts: LetterFacts
  readonly paragraphs: readonly string[]
}

const URGENCIES: readonly (readonly [number, Urgency])[] = [
  [72, 'normal'],
  [17, 'urgent'],
  [7, 'very-urgent'],
  [2, 'most-urgent'],
  [2, 'within'],
]

/** A letter on a topic, as somebody writes it today. */
export function written(office: Office, order: Order): Written {
  const { random } = office
  const { topic, kind, addressee, answers, circular = false } = order
  const amount = topic.money ? roundSum(random.between(...topic.money)) : null
  const known = knownOf(office, order, amount)
  const fill = slotFiller(known, random)
  const subject = answers ? `แจ้งผลการพิจารณา ${answers.subject}` : fill(topic.subject)
  const urgency = circular ? 'normal' : random.weighted(URGENCIES)
  const formula = office.formula(addressee)
  const facts: LetterFacts = {
    ...ordinaryFacts,
    ...{ kind, addressee, urgency, circular, amount, subject },
    form: order.form ?? 'letter',
    salutation: kind === 'external' || kind === 'internal' ? formula.salutation : '',
    closing: hasClosing(kind) ? formula.closing : '',
    dueAt: dueFor(office, urgency, circular),
    secrecy: order.secrecy ?? 'none',
    matter: topic.matter ?? 'general',
    evidenceClass: topic.evidence ?? 'reference',
    enclosures: topic.enclosure
      ? [{ title: topic.enclosure, quantity: random.between(1, 3), file: null }]
      : [],
    copiesTo: [...(order.copiesTo ?? [])],
    contact: order.contact ?? '',
    references: answers && answers.number !== '' ? [referenceTo(answers)] : [],
    repliesTo: answers?.letterId ?? null,
  }
  const opening = answers
    ? `ตามหนังสือที่อ้างถึง เรื่อง ${answers.subject} นั้น สำนักงานได้พิจารณาแล้ว`
    : fill(openingOf(order))
  return { facts, paragraphs: [opening, ending(kind)] }
}

/** What already says who does it, or begins as orders and petitions do. */
const NAMES_ITS_SUBJECT = /^(\{|คณะ|หน่วย|สำนักงาน|นักวิจัย|ผู้รับจ้าง)/
const BEGINS_ITSELF = /^(ตาม|เพื่อ|อาศัย|โดยที่)/
const WITHOUT_BECAUSE = new Set<LetterKind>(['directive', 'publicity', 'record'])

/** The first words: ด้วย, who writes, and why. */
function openingOf({ topic, kind, form, writer }: Order): string {
  const { body } = topic
  if (WITHOUT_BECAUSE.has(kind) || form === 'petition' || BEGINS_ITSELF.test(body)) return body
  if (NAMES_ITS_SUBJECT.test(body)) return `ด้วย${body}`
  // An abbreviation is set apart from the word before it.
  return `ด้วย${writer.startsWith('สปสช.') ? ' ' : ''}${writer} ${body}`
}

/** A letter that is answered, as อ้างถึง names it. */
const referenceTo = ({ letterId, agency, number, date }: Answered) => ({ agency, number, date, letterId })

function knownOf(office: Office, { region, correspondent }: Order, amount: number | null): Known {
  const { random } = office
  const here = provinces.filter((one) => one.region === region)
  const nameOf = (sort: 'hospital' | 'local') =>
    (correspondent?.sort === sort ? correspondent : correspondentOf(office, sort, region)).agency.name
  return {
    ...{ day: office.today(), region, amount },
    province: random.pick(here.length > 0 ? here : provinces).name,
    hospital: nameOf('hospital'),
    local: nameOf('local'),
  }
}

/** Sums as people ask for them: whole hundreds, whole thousands above a hundred thousand. */
const roundSum = (sum: number): number => {
  const step = sum > 100_000 ? 1000 : 100
  return Math.max(step, Math.round(sum / step) * step)
}

function dueFor(office: Office, urgency: Urgency, circular: boolean): string | null {
  const { random } = office
  if (urgency === 'within') return closeOfOffice(office, random.between(1, 3))
  if (circular || !random.chance(urgency === 'normal' ? 0.2 : 0.5)) return null
  return closeOfOffice(office, random.between(3, 15))
}

/** The close of office `count` working days from now, ISO instant. */
function closeOfOffice({ directory, today }: Office, count: number): string {
  const { organisation } = directory
  const day = addWorkingDays(today(), count, organisation)
  return new Date(`${day}T${organisation.policy.officeHours.to}:00+07:00`).toISOString()
}

/** In `share` of all cases, when something is due in some working days. */
export const perhapsDue = (office: Office, share: number): string | null =>
  office.random.chance(share) ? closeOfOffice(office, office.random.between(2, 10)) : null

function ending(kind: LetterKind): string {
  switch (kind) {
    case 'external':
      return 'จึงเรียนมาเพื่อโปรดพิจารณา และขอขอบคุณมา ณ โอกาสนี้'
    case 'internal':
      return 'จึงเรียนมาเพื่อโปรดพิจารณา'
    case 'directive':
      return 'ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป'
    case 'publicity':
      return 'จึงประกาศให้ทราบโดยทั่วกัน'
    case 'stamped':
    case 'record':
      return 'จึงแจ้งมาเพื่อทราบ'
  }
}
