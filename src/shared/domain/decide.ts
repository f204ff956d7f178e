import type { Command, CommandBody, ServerCommand, ServerCommandBody } from '../contract/letter.ts'
import { accept, type Outcome, refuse } from '../outcome.ts'
import { passCheck, requestCheck, returnCheck } from './acts/checking.ts'
import { close, reopen } from './acts/closing.ts'
import { confirmDispatch, dispatch, reportDispatch, withdrawDispatch } from './acts/dispatching.ts'
import { cancel, comment, draft, revise, takeNote } from './acts/drafting.ts'
import { endorse } from './acts/endorsing.ts'
import { deliver, receive, returnDelivery } from './acts/handingOver.ts'
import { borrow, carryOut, decideLoan, endLoan, storeLetter } from './acts/keeping.ts'
import { bindNumber, cancelNumber } from './acts/numbering.ts'
import { attach, correct, reclassify, register } from './acts/registering.ts'
import { forward, propose, recall, returnLetter, takeUp } from './acts/routing.ts'
import { augment, sign, signOnPaper } from './acts/signing.ts'
import { type Asked, type DecidedEvent, type DecisionContext, isServerCommand } from './asked.ts'
import { maySee, tokensOf } from './audience.ts'
import type { Letter } from './letter.ts'
import { isCleared } from './secrecy.ts'

export { numberNeeded } from './acts/numbering.ts'
export {
  type DecidedEvent,
  type DecisionContext,
  isServerCommand,
  type RevisionEvidence,
} from './asked.ts'

/** Decides what a command does to a letter: events, or a refusal that leaves the letter as it is. */
export function decide(
  letter: Letter | undefined,
  command: Command | ServerCommand,
  context: DecisionContext,
): Outcome<DecidedEvent[]> {
  if (isServerCommand(command))
    return letter ? decideForServer(letter, command.body, context) : refuse('letter-unknown')
  const { body } = command
  const asked: Asked = { command, context }
  if (isBeginning(body)) return letter === undefined ? begin(body, asked) : refuse('letter-exists')
  if (letter === undefined) return refuse('letter-unknown')
  if (!isCleared(context.actor, letter.secrecy, context.directory)) return refuse('clearance-missing')
  const open = isOpenFor(letter, body)
  if (!open.ok) return open
  const decided = decideOn(letter, body, asked)
  return decided.ok && !isSeen(letter, body, context) ? refuse('letter-unknown') : decided
}

type Beginning = Extract<CommandBody, { type: 'draft' | 'register' | 'receive' }>

/** Whether a command begins a letter, so that there must be none of that id yet. */
export const isBeginning = (body: CommandBody | ServerCommandBody): body is Beginning =>
  body.type === 'draft' || body.type === 'register' || body.type === 'receive'

function begin(body: Beginning, asked: Asked): Outcome<DecidedEvent[]> {
  switch (body.type) {
    case 'draft':
      return draft(body, asked)
    case 'register':
      return register(body, asked)
    case 'receive':
      return receive(body, asked)
  }
}

/** Whether the letter is the actor's to see, whatever else they may do. Who asks for a loan has not seen it yet. */
const isSeen = (letter: Letter, { type }: CommandBody, { directory, actor, now }: DecisionContext): boolean =>
  type === 'borrow' || maySee(letter, tokensOf(actor, directory, now))

/** What can still be done with a letter that is closed. */
const afterClosing: ReadonlySet<CommandBody['type']> = new Set([
  'reopen',
  'store',
  'borrow',
  'decide-loan',
  'end-loan',
  'note',
  'correct',
  'reclassify',
  'confirm-dispatch',
])

/** Whether anything can be done with a letter: not with a tombstone, and little with one that is closed. */
function isOpenFor(letter: Letter, { type }: CommandBody): Outcome<null> {
  if (letter.gone) return refuse('letter-gone')
  return letter.closed && !afterClosing.has(type) ? refuse('letter-closed') : accept(null)
}

function decideOn(
  letter: Letter,
  body: Exclude<CommandBody, Beginning>,
  asked: Asked,
): Outcome<DecidedEvent[]> {
  switch (body.type) {
    case 'revise':
      return revise(letter, body, asked)
    case 'request-check':
      return requestCheck(letter, body, asked)
    case 'pass-check':
      return passCheck(letter, body, asked)
    case 'return-check':
      return returnCheck(letter, body, asked)
    case 'comment':
      return comment(letter, body)
    case 'propose':
      return propose(letter, body, asked)
    case 'take-up':
      return takeUp(letter, asked)
    case 'recall':
      return recall(letter, body, asked)
    case 'return':
      return returnLetter(letter, body, asked)
    case 'forward':
      return forward(letter, body, asked)
    case 'bind-number':
      return bindNumber(letter, body, asked)
    case 'cancel-number':
      return cancelNumber(letter, body, asked)
    case 'sign':
      return sign(letter, body, asked)
    case 'sign-on-paper':
      return signOnPaper(letter, body, asked)
    case 'endorse':
      return endorse(letter, body, asked)
    case 'deliver':
      return deliver(letter, body, asked)
    case 'return-delivery':
      return returnDelivery(letter, body, asked)
    case 'attach':
      return attach(letter, body, asked)
    case 'correct':
      return correct(letter, body, asked)
    case 'reclassify':
      return reclassify(letter, body, asked)
    case 'dispatch':
      return dispatch(letter, body, asked)
    case 'withdraw-dispatch':
      return withdrawDispatch(letter, body, asked)
    case 'confirm-dispatch':
      return confirmDispatch(letter, body, asked)
    case 'note':
      return takeNote(body, asked)
    case 'close':
      return close(letter, body, asked)
    case 'reopen':
      return reopen(letter, body, asked)
    case 'cancel':
      return cancel(letter, body, asked)
    case 'store':
      return storeLetter(letter, body, asked)
    case 'borrow':
      return borrow(letter, body, asked)
    case 'decide-loan':
      return decideLoan(letter, body, asked)
    case 'end-loan':
      return endLoan(letter, body, asked)
  }
}

function decideForServer(
  letter: Letter,
  body: ServerCommandBody,
  context: DecisionContext,
): Outcome<DecidedEvent[]> {
  if (letter.gone) return refuse('letter-gone')
  switch (body.type) {
    case 'augment':
      return augment(letter, body)
    case 'report-dispatch':
      return reportDispatch(letter, body)
    case 'destroy':
    case 'hand-to-archives':
      return carryOut(letter, body, context)
  }
}

/** Other letters that a command speaks of, which the one who decides has to have at hand. */
export function lettersNamed({ body }: Command | ServerCommand): string[] {
  if (body.type === 'receive') return [body.from.letterId]
  return body.type === 'return-delivery' ? [body.source.letterId] : []
}
