import type { Letter } from '../../../shared/domain/letter.ts'
import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import type { SignedInAccount } from '../session/signedInAccount.ts'

const ANSWER_MS = 15_000

/**
 * Has the server bind number and date, unless the letter has them. A request that an earlier try left in the outbox
 * is taken up again, so that one letter asks for one number. Refuses number-needs-server and what the server refuses.
 */
export async function bindNumber(
  letter: Letter,
  positionId: string,
  account: SignedInAccount,
): Promise<Outcome<Letter>> {
  if (letter.number !== null) return accept(letter)
  const { store, synchroniser } = account
  const left = (await store.call('outbox')).find(
    ({ command, state }) =>
      command.letterId === letter.id && command.body.type === 'bind-number' && state !== 'refused',
  )
  const command = left?.command ?? account.command(letter.id, positionId, { type: 'bind-number' })
  if (left === undefined) {
    const queued = await account.enqueue(command, null, null)
    if (!queued.ok) return queued
  }
  const answer = await synchroniser.answerTo(command.id, ANSWER_MS)
  if (answer === 'unanswered') {
    // Never sent, it must not bind a number later, unasked. Sent, the number belongs to the letter in any case.
    await account.withdraw(command.id)
    return refuse('number-needs-server')
  }
  if (answer.outcome === 'refused') {
    await account.discard(command.id)
    if (answer.refusal.code !== 'number-bound-already')
      return refuse(answer.refusal.code, answer.refusal.detail)
  }
  const bound = await numbered(letter.id, account)
  return bound === undefined ? refuse('number-needs-server') : accept(bound)
}

/** The letter with its number; pulled when another device's earlier event is still missing here. */
async function numbered(
  letterId: string,
  { store, synchroniser }: SignedInAccount,
): Promise<Letter | undefined> {
  for (const attempt of ['kept', 'pulled']) {
    if (attempt === 'pulled') await synchroniser.now()
    const stored = await store.call('letter', letterId)
    if (stored !== null && stored.letter.number !== null) return stored.letter
  }
  return undefined
}
