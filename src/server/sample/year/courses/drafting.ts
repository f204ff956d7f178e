import { factsOf } from '../../../../shared/domain/beginning.ts'
import { isSigned, openCheck, reviewersNow, stageOf } from '../../../../shared/domain/letter.ts'
import type { FileLook } from '../../files.ts'
import type { Office } from '../office.ts'
import { pace } from '../pace.ts'
import { actorFor, clerkOf, reviewersOf, sendRegister } from '../staff.ts'
import { phrases } from '../texts/phrases.ts'
import { nextRevision, opinion, type Part, sendOn, takenUp } from './trays.ts'
import type { Written } from './writing.ts'

/** Begins a draft; undefined when the year has all its letters. */
export function drafted(
  office: Office,
  authorId: string,
  unitId: string,
  { facts, paragraphs }: Written,
  look: FileLook,
): string | undefined {
  const registerId = sendRegister(office, facts, unitId)
  const file = { fileName: fileNameFor(facts.subject), pageCount: 1, revision: office.files.first(look) }
  return office.begin(authorId, { type: 'draft', ...facts, unitId, registerId, ...file }, { paragraphs })
}

/** A file's name as people give it: the subject, as far as it is short, without what no file name has. */
export const fileNameFor = (subject: string): string =>
  `${subject.replaceAll('/', '-').split(' ').slice(0, 3).join(' ')}.pdf`

/** A draft until it is fit to be proposed: revised, commented upon, checked by colleagues; false where it is given up. */
export function* prepared(office: Office, letterId: string): Part<boolean> {
  const { random } = office
  const { authorId, unitId } = office.letter(letterId)
  yield pace.minutes(random, 5, 240)
  if (random.chance(0.18)) {
    revise(office, letterId)
    yield pace.minutes(random, 5, 120)
  }
  if (random.chance(0.02)) {
    office.act(letterId, authorId, { type: 'cancel', reason: random.pick(phrases.cancelled) })
    return false
  }
  if (random.chance(0.3)) yield* checked(office, letterId, reviewersOf(office, unitId, authorId))
  return true
}

/** Another version by the author; it begins as the first did. */
function revise(office: Office, letterId: string): void {
  const letter = office.letter(letterId)
  const [revision] = letter.revisions
  if (!revision) throw new Error('a draft has a file')
  const { fileName, pageCount, authorId } = letter
  office.act(letterId, authorId, { type: 'revise', ...factsOf(letter), fileName, pageCount, revision })
}

/** ส่งตรวจสอบ: each reviewer passes it, or one returns it and the author revises. */
function* checked(office: Office, letterId: string, reviewers: string[]): Part<void> {
  const { random } = office
  if (reviewers.length === 0) return
  const { authorId } = office.letter(letterId)
  const order = random.chance(0.7) ? 'serial' : 'parallel'
  office.act(letterId, authorId, { type: 'request-check', order, reviewers, note: '' })
  for (;;) {
    const check = openCheck(office.letter(letterId))
    const [reviewer] = check ? reviewersNow(check) : []
    if (reviewer === undefined) return
    yield office.inTray()
    if (random.chance(0.12)) {
      const place = random.chance(0.5) ? { x: 120, y: random.between(200, 600) } : null
      const text = random.pick(phrases.comment)
      office.act(letterId, reviewer, { type: 'comment', text, page: place ? 1 : null, place })
    }
    if (random.chance(0.08)) {
      office.act(letterId, reviewer, { type: 'return-check', reason: random.pick(phrases.returnCheck) })
      yield pace.hours(random, 1, 10)
      revise(office, letterId)
      return
    }
    office.act(letterId, reviewer, { type: 'pass-check', opinion: random.pick(phrases.passed) })
  }
}

/**
 * A draft proposed up a path of positions: those on the way give opinions and forward it, the last numbers and signs
 * it. False where it is given up after it came back.
 */
export function* signedAlong(office: Office, letterId: string, path: readonly string[]): Part<boolean> {
  const { random } = office
  const { authorId } = office.letter(letterId)
  const [first] = path
  const signer = path.at(-1)
  if (first === undefined || signer === undefined) throw new Error('a letter goes to somebody')
  for (let tries = 1; ; tries += 1) {
    office.act(letterId, authorId, { type: 'propose', to: first, note: random.pick(phrases.propose) })
    if (yield* passedOn(office, letterId, path)) break
    yield pace.hours(random, 1, 20)
    if (tries === 2 || random.chance(0.1)) {
      office.act(letterId, authorId, { type: 'cancel', reason: random.pick(phrases.cancelled) })
      return false
    }
    revise(office, letterId)
    yield pace.minutes(random, 10, 60)
  }
  yield* numberedAndSigned(office, letterId, signer)
  yield* augmented(office, letterId)
  return isSigned(office.letter(letterId))
}

/** The way up to the last position; false where the first returned it to its author. */
function* passedOn(office: Office, letterId: string, path: readonly string[]): Part<boolean> {
  const { random } = office
  for (const [index, positionId] of path.entries()) {
    yield* takenUp(office, letterId)
    if (index === 0 && random.chance(0.035)) {
      const actor = actorFor(office, positionId, office.letter(letterId))
      office.act(letterId, actor, { type: 'return', reason: random.pick(phrases.returned) }, positionId)
      return false
    }
    const next = path[index + 1]
    if (next === undefined) return true
    if (random.chance(0.6)) opinion(office, letterId, positionId)
    yield pace.minutes(random, 1, 30)
    sendOn(office, letterId, positionId, next)
  }
  return true
}

/** ออกเลข and ลงนาม in one go; now and then the number is cancelled first, or the signature comes a day late. */
function* numberedAndSigned(office: Office, letterId: string, positionId: string): Part<void> {
  const { random } = office
  const actor = actorFor(office, positionId, office.letter(letterId))
  office.act(letterId, actor, { type: 'bind-number' }, positionId)
  if (random.chance(0.012)) {
    yield pace.minutes(random, 2, 40)
    const clerk = clerkOfRegister(office, letterId)
    office.act(letterId, clerk, { type: 'cancel-number', reason: random.pick(phrases.cancelledNumber) })
    yield pace.minutes(random, 2, 40)
    office.act(letterId, actor, { type: 'bind-number' }, positionId)
  }
  yield random.chance(0.015) ? pace.days(random, 1, 1) : random.between(20, 120)
  const revision = nextRevision(office, letterId)
  if (!revision) throw new Error('the sample has too few files')
  office.act(letterId, actor, { type: 'sign', revision }, positionId)
}

function clerkOfRegister(office: Office, letterId: string): string {
  const { number, unitId } = office.letter(letterId)
  return clerkOf(office, office.directory.register(number?.registerId ?? '')?.unitId ?? unitId)
}

/** The server adds evidence for later years, once nobody has the letter any more. */
function* augmented(office: Office, letterId: string): Part<void> {
  const { random } = office
  yield pace.minutes(random, 10, 25)
  const revision = nextRevision(office, letterId)
  if (!revision || stageOf(office.letter(letterId)) !== 'signed' || random.chance(0.06)) return
  const level = random.weighted([
    [90, 'B-LTA' as const],
    [7, 'B-LT' as const],
    [3, 'B-T' as const],
  ])
  office.serve(letterId, { type: 'augment', revision, level })
}
