import type { BodyOf, ServerCommandBody } from '../../contract/letter.ts'
import type { Position } from '../../contract/organisation.ts'
import { type Outcome, refuse } from '../../outcome.ts'
import { bangkokDay, buddhistYear } from '../../thai/dates.ts'
import { type Asked, type DecidedEvent, type DecisionContext, one } from '../asked.ts'
import { authorityFor, clerkOf } from '../authority.ts'
import { isInHand, type Letter } from '../letter.ts'
import type { Directory } from '../organisation.ts'
import { hasExpired, keptUntil } from '../retention.ts'

/** ส่งเก็บ (ข้อ 54): the unit's clerk puts a finished letter into keeping, under a class of retention. */
export function storeLetter(
  letter: Letter,
  body: BodyOf<'store'>,
  { context }: Asked,
): Outcome<DecidedEvent[]> {
  const clerk = clerkOf(letter.unitId, context)
  if (!clerk.ok) return clerk
  if (isInHand(letter)) return refuse('letter-elsewhere')
  if (letter.keeping) return refuse('stored-already')
  const retention = context.directory.organisation.policy.retention.find(({ id }) => id === body.classId)
  if (!retention) return refuse('retention-unknown')
  const until = keptUntil(retention, bangkokDay(context.now))
  return one({ ...body, type: 'stored', keptUntil: until })
}

/** Asking for a loan (ข้อ 62): what for and until when. */
export function borrow(
  letter: Letter,
  body: BodyOf<'borrow'>,
  { command, context }: Asked,
): Outcome<DecidedEvent[]> {
  if (!letter.keeping) return refuse('letter-not-stored')
  if (isLent(letter)) return refuse('lent-already')
  if (body.until < bangkokDay(context.now)) return refuse('loan-in-past')
  const { directory, actor } = context
  const inside = directory.person(actor)?.unitId === letter.unitId
  const heads = directory.organisation.positions.filter((each) =>
    isHead(each, letter.unitId, inside, directory),
  )
  const askedOf = heads.map(({ id }) => id)
  return one({ ...body, type: 'loan-asked', loanId: command.id, askedOf })
}

/** Whether somebody has it now: it is lent to one at a time. */
const isLent = ({ loans }: Letter): boolean => loans.some(({ state }) => state === 'granted')

/**
 * Granting or refusing a loan (ข้อ 63–64): within a unit its head of group (หัวหน้าแผนก) or above; between units the head of
 * the bureau (กอง).
 */
export function decideLoan(
  letter: Letter,
  body: BodyOf<'decide-loan'>,
  asked: Asked,
): Outcome<DecidedEvent[]> {
  const { command, context } = asked
  const loan = letter.loans.find(({ id }) => id === body.loanId)
  if (loan?.state !== 'asked') return refuse('loan-unknown')
  if (!letter.keeping) return refuse('letter-not-stored')
  const authority = authorityFor(command.positionId, letter, context)
  if (!authority.ok) return authority
  const position = context.directory.position(command.positionId ?? '')
  const inside = context.directory.person(loan.personId)?.unitId === letter.unitId
  if (!isHead(position, letter.unitId, inside, context.directory)) return refuse('loan-needs-head')
  if (body.granted && isLent(letter)) return refuse('lent-already')
  return one({ ...body, type: 'loan-decided' }, authority.value)
}

function isHead(
  position: Position | undefined,
  unitId: string,
  inside: boolean,
  directory: Directory,
): boolean {
  const isAbove = directory.line(unitId).some(({ id }) => id === position?.unitId)
  const ranks = inside ? ['group', 'bureau', 'agency'] : ['bureau', 'agency']
  return position !== undefined && isAbove && ranks.includes(position.rank)
}

/** The borrowed letter is back. */
export function endLoan(
  letter: Letter,
  body: BodyOf<'end-loan'>,
  { context }: Asked,
): Outcome<DecidedEvent[]> {
  const clerk = clerkOf(letter.unitId, context)
  if (!clerk.ok) return clerk
  const loan = letter.loans.find(({ id }) => id === body.loanId)
  return loan?.state === 'granted' ? one({ type: 'loan-ended', loanId: loan.id }) : refuse('loan-unknown')
}

/**
 * Carrying out what a committee decided and the National Archives did not object to; nothing else takes a letter away.
 * What is kept permanently, or whose time is not over, is never destroyed (ข้อ 57, 66).
 */
export function carryOut(
  letter: Letter,
  body: Extract<ServerCommandBody, { type: 'destroy' | 'hand-to-archives' }>,
  { now }: DecisionContext,
): Outcome<DecidedEvent[]> {
  if (!letter.keeping) return refuse('letter-not-stored')
  if (isLent(letter)) return refuse('lent-already')
  if (body.type === 'destroy' && !hasExpired(letter, buddhistYear(bangkokDay(now))))
    return refuse('disposal-letter-unfit')
  const type = body.type === 'destroy' ? 'destroyed' : 'handed-to-archives'
  return one({ type, disposalId: body.disposalId })
}
