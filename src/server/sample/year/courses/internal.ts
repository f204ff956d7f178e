import { type Letter, openLeg } from '../../../../shared/domain/letter.ts'
import type { Course, Office } from '../office.ts'
import { pace } from '../pace.ts'
import { clerkOf, drafterOf, headOf, superiorOf } from '../staff.ts'
import { formTopics, paperTopics, secretMemo, stampedTopics } from '../texts/formal.ts'
import { circularTopic, memoTopic } from '../texts/memos.ts'
import { drafted, prepared, signedAlong } from './drafting.ts'
import { finished } from './finishing.ts'
import { handedOver } from './handingOver.ts'
import { dispatched } from './outgoing.ts'
import { considered, type Part, sendOn } from './trays.ts'
import { correspondentNamed, regionOf, unitOf, writerOf, written } from './writing.ts'

const titleOf = (office: Office, positionId: string): string =>
  office.directory.position(positionId)?.title ?? positionId

/** A memorandum of a unit: up to an executive for an order, or across to other units. */
export function* memo(office: Office): Course {
  const { random } = office
  const topic = memoTopic(office.month(), random)
  const unitId = unitOf(office, topic)
  const head = headOf(office, unitId)
  const goesUp = topic.money !== undefined || random.chance(0.4)
  const superior = superiorOf(office, unitId)
  const across = random.pick(
    ['finance', 'strategy', 'legal', 'fund', 'admin', 'hr'].filter((id) => id !== unitId),
  )
  const addressee = titleOf(office, goesUp ? superior : headOf(office, across))
  const region = regionOf(office, unitId)
  const letter = written(office, { topic, kind: 'internal', addressee, region, ...writerOf(office, unitId) })
  const letterId = drafted(office, drafterOf(office, unitId), unitId, letter, 'internal')
  if (letterId === undefined || !(yield* prepared(office, letterId))) return
  if (!(yield* signedAlong(office, letterId, [head]))) return
  yield pace.minutes(random, 1, 60)
  if (goesUp) yield* orderedAbove(office, letterId, head, superior)
  if (openLeg(office.letter(letterId))) return
  if (!goesUp || random.chance(0.45)) {
    yield pace.minutes(random, 5, 120)
    const to = goesUp && topic.evidence === 'financial' && unitId !== 'finance' ? 'finance' : across
    yield* handedOver(office, letterId, clerkOf(office, unitId), [to], 'for-action')
  }
  yield* finished(office, letterId)
}

/** Sums above which the secretary-general decides. */
const FOR_SECRETARY_GENERAL = 1_000_000

/** The signed memorandum at the executives: the superior orders, or gives an opinion and lets the highest decide. */
function* orderedAbove(office: Office, letterId: string, head: string, superior: string): Part<void> {
  const letter: Letter = office.letter(letterId)
  sendOn(office, letterId, head, superior)
  const isLarge = (letter.amount ?? 0) > FOR_SECRETARY_GENERAL
  if (isLarge && superior !== 'secretary-general' && letter.kind === 'internal') {
    yield office.inTray()
    sendOn(office, letterId, superior, 'secretary-general')
  }
  yield* considered(office, letterId, letter.authorId)
}

/** A circular (หนังสือเวียน) within the office: each unit receives it under a number of its own. */
export function* circular(office: Office): Course {
  const { random, directory } = office
  const topic = circularTopic(office.month(), random)
  const { unit: unitId } = topic
  const addressee = 'ผู้อำนวยการสำนักทุกสำนัก และผู้อำนวยการ สปสช. เขต ๑ - ๑๓'
  const order = { topic, kind: 'internal', addressee, region: random.between(1, 13), circular: true } as const
  const letterId = drafted(
    office,
    drafterOf(office, unitId),
    unitId,
    written(office, { ...order, ...writerOf(office, unitId) }),
    'circular',
  )
  if (letterId === undefined || !(yield* prepared(office, letterId))) return
  if (!(yield* signedAlong(office, letterId, [headOf(office, unitId)]))) return
  yield pace.minutes(random, 5, 60)
  const regions = directory.organisation.units
    .filter(({ id }) => id.startsWith('region-'))
    .map(({ id }) => id)
  const bureaus = directory.organisation.units.filter(
    ({ parentId, id }) => parentId === null && !regions.includes(id),
  )
  const everywhere = [...bureaus.map(({ id }) => id), ...regions]
  const to = random.weighted([
    [50, regions],
    [30, bureaus.map(({ id }) => id)],
    [20, everywhere],
  ])
  yield* handedOver(office, letterId, clerkOf(office, unitId), to, 'for-information')
  yield* finished(office, letterId)
}

/** Orders, announcements and certificates, each numbered in its own register. */
export function* formal(office: Office): Course {
  const { random } = office
  const topic = random.weighted(formTopics.map((one) => [one.weight ?? 10, one] as const))
  const kind = ({ order: 'directive', announcement: 'publicity', certificate: 'record' } as const)[topic.form]
  const addressee = topic.form === 'certificate' ? 'ผู้เกี่ยวข้อง' : 'เจ้าหน้าที่สำนักงานทุกคน'
  const region = random.between(1, 13)
  const letter = written(office, {
    topic,
    kind,
    form: topic.form,
    addressee,
    region,
    ...writerOf(office, topic.unit),
  })
  const { unit: unitId } = topic
  const letterId = drafted(office, drafterOf(office, unitId), unitId, letter, 'order')
  if (letterId === undefined || !(yield* prepared(office, letterId))) return
  const head = headOf(office, unitId)
  const path = topic.form === 'certificate' ? [head] : [...new Set([head, 'secretary-general'])]
  if (!(yield* signedAlong(office, letterId, path))) return
  if (topic.form === 'order') {
    yield pace.minutes(random, 5, 90)
    const to = random.some(['hr', 'finance', 'it', 'comms', 'strategy'], random.between(1, 3))
    yield* handedOver(office, letterId, clerkOf(office, unitId), to, 'for-information')
  }
  yield* finished(office, letterId)
}

/** หนังสือประทับตรา: initialled by the head of the bureau (ข้อ 13). */
export function* stamped(office: Office): Course {
  const { random } = office
  const topic = random.pick(stampedTopics)
  const region = random.between(1, 13)
  const addressee = writerOf(office, `region-${region}`).writer
  const letter = written(office, {
    topic,
    kind: 'stamped',
    addressee,
    region,
    ...writerOf(office, topic.unit),
  })
  const { unit: unitId } = topic
  const letterId = drafted(office, drafterOf(office, unitId), unitId, letter, 'external')
  if (letterId === undefined || !(yield* prepared(office, letterId))) return
  if (!(yield* signedAlong(office, letterId, [headOf(office, unitId)]))) return
  yield pace.minutes(random, 5, 60)
  yield* handedOver(office, letterId, clerkOf(office, unitId), [`region-${region}`], 'for-action')
  yield* finished(office, letterId)
}

/** The paper path: numbered by the clerk, signed by hand, scanned back; then to those who need it. */
export function* byPaper(office: Office): Course {
  const { random } = office
  const topic = random.weighted(paperTopics.map((one) => [one.weight ?? 10, one] as const))
  const isSuit = topic.matter === 'litigation'
  const prosecutor = correspondentNamed('สำนักงานอัยการสูงสุด')
  const { unit: unitId } = topic
  const head = headOf(office, unitId)
  const kind = isSuit ? 'external' : 'internal'
  const addressee = isSuit ? prosecutor.head : titleOf(office, superiorOf(office, unitId))
  const letter = written(office, {
    ...{ topic, kind, addressee, region: random.between(1, 13) },
    ...writerOf(office, unitId),
  })
  const letterId = drafted(office, drafterOf(office, unitId), unitId, letter, 'paper')
  if (letterId === undefined || !(yield* prepared(office, letterId))) return
  yield* signedOnPaper(office, letterId, head)
  yield pace.minutes(random, 10, 120)
  const { agency } = prosecutor
  const recipient = {
    agencyId: agency.id,
    name: prosecutor.head,
    address: agency.mailbox ?? agency.postalAddress,
  }
  if (isSuit) yield* dispatched(office, letterId, [recipient])
  else yield* handedOver(office, letterId, clerkOf(office, unitId), ['finance'], 'for-action')
  yield* finished(office, letterId)
}

/** A secret memorandum, written by somebody who is appointed for it, on paper as all such letters. */
export function* secretByPaper(office: Office): Course {
  const { random } = office
  const author = clerkOf(office, 'hr', 'confidential')
  const order = { topic: secretMemo, kind: 'internal', secrecy: 'confidential' } as const
  const addressee = titleOf(office, 'deputy-support')
  const letter = written(office, {
    ...order,
    addressee,
    region: random.between(1, 13),
    ...writerOf(office, 'hr'),
  })
  const letterId = drafted(office, author, 'hr', letter, 'paper')
  if (letterId === undefined) return
  yield pace.hours(random, 1, 12)
  yield* signedOnPaper(office, letterId, 'director-hr')
  yield* finished(office, letterId)
}

function* signedOnPaper(office: Office, letterId: string, signedFor: string): Part<void> {
  const { random } = office
  const { unitId, secrecy, fileName } = office.letter(letterId)
  const clerk = clerkOf(office, unitId, secrecy)
  yield pace.minutes(random, 10, 240)
  office.act(letterId, clerk, { type: 'bind-number' })
  yield pace.hours(random, 0, 10)
  const scan = { fileName, pageCount: 1, revision: office.files.first('paper') }
  office.act(letterId, clerk, { type: 'sign-on-paper', ...scan, signedFor, signedOn: office.today() })
}
