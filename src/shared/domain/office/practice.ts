import type { Practice } from '../../contract/officeViews.ts'
import type { Letter } from '../letter.ts'

/**
 * การปฏิบัติ of a letter's row in a register (แบบที่ 13, 14): where it was sent, what was heard back, and by which letter it
 * was answered; `answers` are the letters that answer it.
 */
export function practiceOf(letter: Letter, answers: readonly Letter[]): Practice[] {
  const delivered = letter.deliveries.map(
    ({ sentAt: at, toUnitId: unitId, state, receivedAs }): Practice => ({
      ...{ kind: 'delivered', at, unitId, state },
      receipt: receivedAs?.receipt ?? null,
    }),
  )
  const dispatched = letter.dispatches.flatMap(({ way, at, recipients, withdrawn }) =>
    recipients.map(({ name: recipient, confirmations }): Practice => {
      const last = confirmations.at(-1)
      return {
        ...{ kind: 'dispatched', at, way, recipient, withdrawn: withdrawn !== null },
        confirmed: last ? { state: last.state, number: last.number, at: last.at } : null,
      }
    }),
  )
  const answered = answers.flatMap(({ id: letterId, number }): Practice[] =>
    number ? [{ kind: 'answered', letterId, number: number.text, date: number.date }] : [],
  )
  const gone: Practice[] = letter.gone ? [{ kind: 'gone', how: letter.gone.how }] : []
  const timed = [...delivered, ...dispatched].toSorted((one, other) => (when(one) < when(other) ? -1 : 1))
  return [...timed, ...answered, ...gone]
}

const when = (practice: Practice): string => ('at' in practice ? practice.at : '')
