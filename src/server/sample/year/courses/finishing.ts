import { type Letter, openLeg } from '../../../../shared/domain/letter.ts'
import type { Office } from '../office.ts'
import { pace } from '../pace.ts'
import { actorFor, clerkOf, headOf } from '../staff.ts'
import { phrases } from '../texts/phrases.ts'
import { daysAfter } from '../texts/slots.ts'
import type { Part } from './trays.ts'

/** The end of a letter's work: closed, now and then reopened, put into keeping, lent; some are left open. */
export function* finished(office: Office, letterId: string): Part<void> {
  const { random } = office
  if (random.chance(0.03)) return
  yield pace.hours(random, 0, 30)
  const letter = office.letter(letterId)
  if (openLeg(letter)) return
  const clerk = clerkOf(office, letter.unitId, letter.secrecy)
  office.act(letterId, clerk, { type: 'close', note: random.pick(phrases.closed) })
  if (random.chance(0.012)) {
    yield pace.days(random, 1, 4)
    office.act(letterId, clerk, { type: 'reopen', reason: random.pick(phrases.reopened) })
    yield pace.days(random, 1, 3)
    office.act(letterId, clerk, { type: 'close', note: random.pick(phrases.closed) })
  }
  if (!random.chance(0.4)) return
  yield pace.days(random, 1, 10)
  const classId = retentionOf(office, letter)
  office.act(letterId, clerk, { type: 'store', classId, place: random.pick(phrases.place) })
  if (letter.secrecy === 'none' && random.chance(0.06)) yield* lent(office, letterId, clerk)
}

/** The class of retention (ข้อ 57) that a clerk would choose. */
function retentionOf({ random }: Office, { secrecy, evidenceClass, circular, origin }: Letter): string {
  if (secrecy !== 'none') return 'secret'
  if (circular && origin.kind === 'received') return 'finished-copy'
  if (random.chance(0.02)) return 'historical'
  switch (evidenceClass) {
    case 'financial':
      return random.chance(0.5) ? 'finance' : 'general'
    case 'legal':
      return random.chance(0.4) ? 'evidence' : 'general'
    case 'other':
      return 'routine'
    case 'reference':
      return 'general'
  }
}

/** A stored letter is asked for; the unit's head decides (ข้อ 62–64). */
function* lent(office: Office, letterId: string, clerk: string): Part<void> {
  const { random, directory } = office
  const { unitId, legs } = office.letter(letterId)
  const head = headOf(office, unitId)
  const decides = directory.line(unitId).some(({ id }) => id === directory.position(head)?.unitId)
  if (!decides || !legs.some(({ to }) => to === head)) return
  yield pace.days(random, 1, 12)
  const borrower = random.pick(directory.organisation.people).id
  const until = daysAfter(office.today(), random.between(3, 14))
  const purpose = random.pick(phrases.purpose)
  const loanId = office.act(letterId, borrower, { type: 'borrow', purpose, until })
  yield pace.hours(random, 1, 12)
  const granted = random.chance(0.8)
  const note = random.pick(granted ? phrases.loanGranted : phrases.loanRefused)
  const decider = actorFor(office, head, office.letter(letterId))
  office.act(letterId, decider, { type: 'decide-loan', loanId, granted, note }, head)
  if (!granted || random.chance(0.1)) return
  yield pace.days(random, 1, 9)
  office.act(letterId, clerk, { type: 'end-loan', loanId })
}
