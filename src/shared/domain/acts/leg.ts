import type { EventOf } from '../../contract/events.ts'
import { accept, type Outcome, refuse } from '../../outcome.ts'
import type { Asked, DecisionContext } from '../asked.ts'
import { isStaffed } from '../authority.ts'
import type { Letter } from '../letter.ts'
import { isCleared } from '../secrecy.ts'

/** A leg as an event carries it. */
export type NewLeg = EventOf<'proposed'>['leg']

/** Where a leg goes and what is said with it. */
interface Step {
  readonly to: string
  readonly from: string | null
  readonly note: string
  readonly dueAt?: string | null | undefined
}

/**
 * A leg to a position, with copies to those who serve it (slide ข้อแนะนำ 5: what goes to an executive alone gets lost).
 * Refuses position-unknown where nobody acts for the position, and clearance-missing where nobody there may see the
 * letter.
 */
export function legTo(
  letter: Letter,
  { to, from, note, dueAt = null }: Step,
  { command, context }: Asked,
): Outcome<NewLeg> {
  const { directory, now, actor } = context
  if (to === from) return refuse('position-has-it')
  if (!directory.position(to) || !isStaffed(to, context)) return refuse('position-unknown')
  if (!reaches(to, letter, context)) return refuse('clearance-missing')
  const secretaries = directory.organisation.policy.copyToSecretary ? directory.secretaries(to, now) : []
  const copied = secretaries.filter(({ id }) => id !== actor && isCleared(id, letter.secrecy, directory))
  return accept({
    id: command.id,
    from,
    to,
    note,
    dueAt: dueAt ?? null,
    copies: copied.map(({ id }) => ({ personId: id, reason: 'secretary' as const })),
  })
}

/** Whether who acts for a position is appointed for a letter's class of secrecy. */
export function reaches(
  positionId: string,
  { secrecy }: Pick<Letter, 'secrecy'>,
  { directory, now }: DecisionContext,
): boolean {
  const acting = directory.delegationsOf(positionId, now).find(({ kind }) => kind === 'acting')
  const reader = acting?.personId ?? directory.holder(positionId, now)?.id ?? ''
  return isCleared(reader, secrecy, directory)
}

/**
 * The leg by which a letter goes back one step, to the position that had sent it on (ตีกลับ, ดึงคืน); null where it goes
 * back to its author or clerk. From there it can go back the next step, to where that position had it from.
 */
export function legBack(letter: Letter, from: string | null, note: string, asked: Asked): NewLeg | null {
  if (from === null) return null
  const leg = legTo(letter, { to: from, from: trail(letter).at(-3) ?? null, note }, asked)
  // Nobody acts there any more: the author has to find another way.
  return leg.ok ? leg.value : null
}

/** The positions by which a letter came to the one that has it, which is the last; a position can stand there twice. */
function trail({ legs }: Letter): string[] {
  let way: string[] = []
  for (const { from, to, cameBack } of legs) {
    if (cameBack) way.pop()
    else if (from === null) way = [to]
    else way.push(to)
  }
  return way
}
