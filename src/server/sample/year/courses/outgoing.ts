import type { BodyOf } from '../../../../shared/contract/letter.ts'
import { usualWay } from '../../../../shared/domain/channelPolicy.ts'
import type { Letter } from '../../../../shared/domain/letter.ts'
import { correspondents } from '../../organisation/agencies.ts'
import type { Course, Office } from '../office.ts'
import { pace } from '../pace.ts'
import { clerkOf, drafterOf, headOf, superiorOf } from '../staff.ts'
import { outgoingTopic } from '../texts/outgoing.ts'
import { phrases } from '../texts/phrases.ts'
import type { Topic } from '../texts/topic.ts'
import { drafted, prepared, signedAlong } from './drafting.ts'
import { finished } from './finishing.ts'
import type { Part } from './trays.ts'
import { type Answered, correspondentOf, regionOf, unitOf, writerOf, written } from './writing.ts'

type Recipient = BodyOf<'dispatch'>['recipients'][number]

const recipientOf = ({ agency, head }: (typeof correspondents)[number]): Recipient => ({
  agencyId: agency.id,
  name: head,
  address: agency.mailbox ?? agency.postalAddress,
})

/** A letter to other agencies that nobody asked for. */
export function* outgoing(office: Office): Course {
  const { random } = office
  const topic = outgoingTopic(office.month(), random)
  const unitId = unitOf(office, topic)
  const region = regionOf(office, unitId)
  const sort = random.pick(['hospital', 'hospital', 'health-office', 'local', 'national'] as const)
  const first = correspondentOf(office, sort, unitId.startsWith('region-') ? region : undefined)
  const isCircular = random.chance(0.06)
  const others = isCircular
    ? random.some(correspondents, random.between(8, 25))
    : random.some(
        correspondents,
        random.weighted([
          [85, 0],
          [15, random.between(1, 3)],
        ]),
      )
  const recipients = [first, ...others.filter((one) => one !== first)]
  const addressee = isCircular ? 'ผู้อำนวยการหน่วยบริการและนายแพทย์สาธารณสุขจังหวัดตามบัญชีแนบท้าย' : first.head
  const letter = written(office, {
    ...writerOf(office, unitId),
    ...{ topic, kind: 'external', addressee, region, correspondent: first, circular: isCircular },
    copiesTo: random.chance(0.1) ? ['กลุ่มงานที่เกี่ยวข้อง'] : [],
  })
  const letterId = drafted(
    office,
    drafterOf(office, unitId),
    unitId,
    letter,
    isCircular ? 'circular' : 'external',
  )
  if (letterId !== undefined) yield* sentOut(office, letterId, recipients.map(recipientOf))
}

const ANSWER: Topic = { subject: 'แจ้งผลการพิจารณา', body: '', unit: 'executive' }

/** The answer of a unit to a letter that came from outside. */
export function* replying(office: Office, letter: Letter): Course {
  if (letter.origin.kind === 'drafted') return
  const { sender } = letter.origin
  const agency = correspondents.find(({ agency: { id } }) => id === sender.agencyId)
  const recipient = agency ? recipientOf(agency) : { agencyId: null, name: sender.from, address: '' }
  const answers: Answered = {
    ...{ letterId: letter.id, subject: letter.subject, agency: agency?.agency.name ?? sender.from },
    ...{ number: sender.number, date: sender.date },
  }
  const { unitId } = letter
  const topic: Topic = { ...ANSWER, evidence: letter.evidenceClass }
  const region = regionOf(office, unitId)
  const answer = written(office, {
    ...{ topic, kind: 'external', addressee: recipient.name, region, answers },
    ...writerOf(office, unitId),
  })
  const letterId = drafted(office, drafterOf(office, unitId), unitId, answer, 'external')
  if (letterId !== undefined) yield* sentOut(office, letterId, [recipient])
}

/** An external letter from its draft to its confirmations. */
function* sentOut(office: Office, letterId: string, recipients: readonly Recipient[]): Part<void> {
  const { random } = office
  if (!(yield* prepared(office, letterId))) return
  const { unitId } = office.letter(letterId)
  const head = headOf(office, unitId)
  const superior = superiorOf(office, unitId)
  const path = random.weighted([
    [unitId.startsWith('region-') ? 70 : 25, [head]],
    [45, [head, superior]],
    [20, [...new Set([head, superior, 'secretary-general'])]],
  ])
  if (!(yield* signedAlong(office, letterId, path))) return
  yield pace.minutes(random, 5, 240)
  yield* dispatched(office, letterId, recipients)
  yield* finished(office, letterId)
}

/** ส่งออก: each recipient in the way that fits, by the registry or the unit's clerk; then what they confirm. */
export function* dispatched(office: Office, letterId: string, recipients: readonly Recipient[]): Part<void> {
  const { random, directory } = office
  const letter = office.letter(letterId)
  const fromRegistry = letter.secrecy === 'none' && random.chance(0.4)
  const clerk = clerkOf(
    office,
    fromRegistry ? directory.organisation.registryUnitId : letter.unitId,
    letter.secrecy,
  )
  const byWay = Map.groupBy(recipients, ({ agencyId }) => usualWay(letter, agencyId, directory))
  for (const [way, those] of byWay) {
    if (way === 'system') continue
    const send = () =>
      office.act(letterId, clerk, {
        type: 'dispatch',
        way,
        recipients: those,
        evidence: evidenceOf(office, way),
      })
    let dispatchId = send()
    if (random.chance(0.012)) {
      yield pace.minutes(random, 5, 120)
      const reason = random.pick(phrases.withdrawn)
      office.act(letterId, clerk, { type: 'withdraw-dispatch', dispatchId, reason })
      dispatchId = send()
    }
    yield pace.minutes(random, 1, 20)
    if (way === 'email' || way === 'e-cms') yield* confirmed(office, letterId, clerk, dispatchId, way)
  }
}

function evidenceOf(office: Office, way: BodyOf<'dispatch'>['way']): string {
  if (way === 'email') return `<${office.countOn('message')}.${office.today()}@saraban.example>`
  return way === 'post' ? `EI${String(480_000_000 + office.countOn('post') * 7)}TH` : ''
}

/** Some recipients say that it arrived, and under which number; the exchange tells by itself, others write. */
function* confirmed(
  office: Office,
  letterId: string,
  clerk: string,
  dispatchId: string,
  way: 'email' | 'e-cms',
): Part<void> {
  const { random } = office
  const recipients = office.letter(letterId).dispatches.at(-1)?.recipients ?? []
  const confirm = (
    recipient: number,
    state: 'arrived' | 'registered' | 'rejected' | 'invalid',
    number: string,
  ) => {
    const confirmation = { dispatchId, recipient, state, number, at: office.now(), evidence: '' }
    if (way === 'e-cms') office.serve(letterId, { type: 'report-dispatch', ...confirmation })
    else office.act(letterId, clerk, { type: 'confirm-dispatch', ...confirmation })
  }
  for (const recipient of recipients.keys()) {
    if (!random.chance(0.75)) continue
    yield pace.hours(random, 0, recipients.length > 3 ? 2 : 12)
    if (random.chance(0.012)) {
      confirm(recipient, random.pick(['rejected', 'invalid'] as const), '')
      continue
    }
    confirm(recipient, 'arrived', '')
    if (random.chance(0.4)) {
      yield pace.hours(random, 1, 8)
      confirm(recipient, 'registered', String(random.between(100, 9999)))
    }
  }
}
