import type { LetterFacts } from '../../../../shared/contract/facts.ts'
import type { BodyOf } from '../../../../shared/contract/letter.ts'
import type { Sender, Way } from '../../../../shared/contract/shapes.ts'
import { bangkokDay } from '../../../../shared/thai/dates.ts'
import type { Correspondent } from '../../organisation/agencies.ts'
import type { Course, Office } from '../office.ts'
import { pace } from '../pace.ts'
import { clerkOf, headOf, receiveRegister, superiorOf } from '../staff.ts'
import { incomingTopic, petitionTopic, secretTopics } from '../texts/incoming.ts'
import { citizens, phrases } from '../texts/phrases.ts'
import { daysAfter } from '../texts/slots.ts'
import { fileNameFor } from './drafting.ts'
import { finished } from './finishing.ts'
import { handedOver, handled, proposedUntilOrdered } from './handingOver.ts'
import type { Part } from './trays.ts'
import { regionOf, senderFor, type Written, written } from './writing.ts'

const SECRETARY_GENERAL = 'เลขาธิการสำนักงานหลักประกันสุขภาพแห่งชาติ'

/** A letter of another agency, from the central registry's mailbox or a region's. */
export function* incoming(office: Office): Course {
  const { random } = office
  const topic = incomingTopic(office.month(), random)
  const correspondent = senderFor(office, topic)
  const region = correspondent.region ?? random.between(1, 13)
  const target = topic.unit === 'region' ? `region-${region}` : topic.unit
  const desk = topic.unit === 'region' && random.chance(0.8) ? target : 'registry'
  const addressee =
    desk === 'registry' ? SECRETARY_GENERAL : `ผู้อำนวยการ ${office.directory.unit(desk)?.name ?? ''}`
  const letter = written(office, {
    ...{ topic, kind: 'external', addressee, region, correspondent },
    writer: correspondent.agency.name,
  })
  yield* arrived(office, letter, {
    desk,
    target,
    sender: senderOf(office, correspondent),
    way: wayOf(office, correspondent),
  })
}

/** A petition (คำร้อง) of somebody who is no agency. */
export function* petition(office: Office): Course {
  const { random } = office
  const topic = petitionTopic(office.month(), random)
  const name = `${random.pick(citizens.titles)}${random.pick(citizens.given)} ${random.pick(citizens.family)}`
  const sender = {
    from: name,
    agencyId: null,
    number: '',
    date: daysAfter(office.today(), -random.between(0, 5)),
  }
  const desk = random.chance(0.6) ? 'registry' : topic.unit
  const region = regionOf(office, desk)
  const order = {
    topic,
    kind: 'external',
    form: 'petition',
    addressee: SECRETARY_GENERAL,
    region,
    writer: name,
  } as const
  const way = random.pick(['email', 'post', 'hand'] as const)
  yield* arrived(office, written(office, order), { desk, target: topic.unit, sender, way })
}

/** A secret letter: in the registers for such letters, through people who are appointed for its class. */
export function* secret(office: Office): Course {
  const { random } = office
  const topic = random.pick(secretTopics)
  const correspondent = senderFor(office, topic)
  const secrecy = topic.unit === 'hr' && random.chance(0.4) ? 'secret' : 'confidential'
  const order = { topic, kind: 'external', addressee: SECRETARY_GENERAL, secrecy, correspondent } as const
  const letter = written(office, {
    ...{ ...order, region: random.between(1, 13) },
    writer: correspondent.agency.name,
  })
  const sender = senderOf(office, correspondent)
  yield* arrived(office, letter, { desk: 'registry', target: topic.unit, sender, way: 'hand' })
}

/** From where to where a letter came. */
interface Arrival {
  /** The unit that registers it. */
  readonly desk: string
  /** The unit that deals with it. */
  readonly target: string
  readonly sender: Sender
  readonly way: Exclude<Way, 'system'>
}

function senderOf(office: Office, { agency, head, numberPrefix }: Correspondent): Sender {
  const number = numberPrefix === '' ? '' : `${numberPrefix}/${office.countOn(agency.id) * 3 + 11}`
  const date = daysAfter(office.today(), -office.random.between(1, 12))
  return { from: head, agencyId: agency.id, number, date }
}

function wayOf({ random }: Office, { agency }: Correspondent): Exclude<Way, 'system'> {
  if (agency.exchange && random.chance(0.5)) return 'e-cms'
  if (agency.mailbox) return random.chance(0.92) ? 'email' : 'post'
  return random.chance(0.75) ? 'post' : 'hand'
}

function* arrived(office: Office, letter: Written, arrival: Arrival): Part<void> {
  const { random } = office
  const { desk, target } = arrival
  const { secrecy } = letter.facts
  const clerk = clerkOf(office, desk, secrecy)
  const registered = registration(office, letter.facts, arrival)
  const letterId = office.begin(clerk, registered, { paragraphs: letter.paragraphs })
  if (letterId === undefined) return
  if (registered.file === null) {
    yield pace.minutes(random, 10, 240)
    office.act(letterId, clerk, { type: 'attach', ...scanned(office, letter.facts) })
  }
  if (registered.sender.number !== '' && random.chance(0.006))
    yield* cameTwice(office, clerk, letterId, registered)
  if (random.chance(0.02)) {
    yield pace.minutes(random, 5, 300)
    corrected(office, letterId, clerk)
  }
  if (secrecy === 'secret' && random.chance(0.5)) {
    yield pace.minutes(random, 5, 60)
    const reason = random.pick(phrases.reclassified)
    office.act(letterId, clerk, {
      type: 'reclassify',
      secrecy: 'confidential',
      matter: letter.facts.matter,
      reason,
    })
  }
  if (desk === target) {
    yield* handled(office, letterId, false)
    return
  }
  if (secrecy === 'none' && random.chance(0.35)) {
    yield pace.minutes(random, 3, 90)
    const to = random.weighted([
      [60, superiorOf(office, target)],
      [40, 'secretary-general'],
    ])
    const onward = random.chance(0.55) ? headOf(office, target) : null
    if (!(yield* proposedUntilOrdered(office, letterId, clerk, to, phrases.assign, onward))) return
  }
  yield pace.minutes(random, 3, 120)
  yield* handedOver(office, letterId, clerk, [target], 'for-action')
  yield* finished(office, letterId)
}

function registration(
  office: Office,
  facts: LetterFacts,
  { desk, sender, way }: Arrival,
): BodyOf<'register'> {
  const { random } = office
  const isPaper = way === 'post' || way === 'hand'
  return {
    type: 'register',
    ...facts,
    unitId: desk,
    registerId: receiveRegister(office, desk, facts.secrecy),
    ...{ sender, way },
    arrivedAt: arrivedAt(office, isPaper, sender),
    paperAt: isPaper ? random.pick(phrases.paperAt) : '',
    defect: random.chance(0.015) ? random.pick(phrases.defect) : '',
    ...{ despiteDuplicate: false, exchangeItemId: null },
    file: isPaper && random.chance(0.3) ? null : scanned(office, facts),
  }
}

/** The file as it was scanned or came; all of a kind are the same. */
const scanned = (office: Office, facts: LetterFacts) => ({
  ...{ fileName: fileNameFor(facts.subject), pageCount: 1 },
  revision: office.files.first(facts.form === 'petition' ? 'petition' : 'incoming'),
})

/** Paper comes in office hours, e-mail at any time: some of it in the night or at the weekend before. */
function arrivedAt({ random, now }: Office, isPaper: boolean, { date }: Sender): string {
  const atOnce = random.between(60, 1800)
  const before = isPaper || random.chance(0.8) ? atOnce : random.between(3600, 14 * 3600)
  const at = new Date(Date.parse(now()) - before * 1000).toISOString()
  return date !== null && bangkokDay(at) < date ? now() : at
}

/** The same letter comes once more by another way and is registered on purpose (ข้อ 36), then closed. */
function* cameTwice(office: Office, clerk: string, letterId: string, first: BodyOf<'register'>): Part<void> {
  const registeredAs = office.letter(letterId).receipt?.text ?? ''
  yield pace.minutes(office.random, 10, 120)
  const again = {
    ...first,
    despiteDuplicate: true,
    way: 'post' as const,
    arrivedAt: office.now(),
    file: null,
  }
  const copy = office.begin(clerk, again, { registeredAs })
  if (copy !== undefined)
    office.start(closedAsCopy(office, copy, clerk), [copy], pace.minutes(office.random, 5, 30))
}

function* closedAsCopy(office: Office, letterId: string, clerk: string): Course {
  office.act(letterId, clerk, { type: 'close', note: phrases.doubled })
  yield 1
}

function corrected(office: Office, letterId: string, clerk: string): void {
  const { random } = office
  const { subject, addressee } = office.letter(letterId)
  const changes = random.chance(0.6)
    ? { subject: `${subject} (ฉบับแก้ไข)` }
    : { addressee: `${addressee} (ผ่านงานสารบรรณกลาง)` }
  office.act(letterId, clerk, { type: 'correct', changes, reason: random.pick(phrases.corrected) })
}
