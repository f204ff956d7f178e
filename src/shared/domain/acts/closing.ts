import type { BodyOf } from '../../contract/letter.ts'
import { type Outcome, refuse } from '../../outcome.ts'
import { type Asked, type Authority, type DecidedEvent, one, oneself } from '../asked.ts'
import { authorityFor, isClerkOf } from '../authority.ts'
import { isInHand, type Letter, lastWord } from '../letter.ts'

/** ปิดงาน: by its author, its unit's clerk or the position that signed or ordered last, when it is with nobody. */
export function close(letter: Letter, body: BodyOf<'close'>, asked: Asked): Outcome<DecidedEvent[]> {
  const authority = closer(letter, asked)
  if (!authority || isInHand(letter)) return refuse('letter-elsewhere')
  return one({ type: 'closed', note: body.note }, authority)
}

/** ยกเลิกปิดงาน, with a reason that stays in the log. */
export function reopen(letter: Letter, body: BodyOf<'reopen'>, asked: Asked): Outcome<DecidedEvent[]> {
  const authority = closer(letter, asked)
  if (!authority) return refuse('letter-elsewhere')
  if (letter.closed !== 'closed') return refuse('letter-not-closed')
  if (letter.loans.some(({ state }) => state === 'granted')) return refuse('lent-already')
  return one({ type: 'reopened', reason: body.reason }, authority)
}

function closer(letter: Letter, { command, context }: Asked): Authority | undefined {
  if (command.positionId === null) {
    const isDesk = letter.authorId === context.actor || isClerkOf(letter.unitId, context)
    return isDesk ? oneself : undefined
  }
  if (lastWord(letter)?.to !== command.positionId) return undefined
  const authority = authorityFor(command.positionId, letter, context)
  return authority.ok ? authority.value : undefined
}
