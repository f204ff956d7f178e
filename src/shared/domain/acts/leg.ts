import type { EventOf } from '../../contract/events.ts'
import { accept, type Outcome, refuse } from '../../outcome.ts'
import type { Asked } from '../asked.ts'
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
  if (!directory.position(to) || !isStaffed(to, context)) return refuse('position-unknown')
  const acting = directory.delegationsOf(to, now).find(({ kind }) => kind === 'acting')
  const reader = acting?.personId ?? directory.holder(to, now)?.id ?? ''
  if (!isCleared(reader, letter.secrecy, directory)) return refuse('clearance-missing')
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

/**
 * The leg by which a letter goes back to the position that had sent it on (ตีกลับ, ดึงคืน); null where it goes back to its
 * author or clerk.
 */
export function legBack(letter: Letter, from: string | null, note: string, asked: Asked): NewLeg | null {
  if (from === null) return null
  const leg = legTo(letter, { to: from, from: null, note }, asked)
  // Nobody acts there any more: the author has to find another way.
  return leg.ok ? leg.value : null
}
