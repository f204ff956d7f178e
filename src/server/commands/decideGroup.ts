import type { LetterEvent } from '../../shared/contract/letter.ts'
import type { CommandResult } from '../../shared/contract/sync.ts'
import type { NumberSource } from '../../shared/domain/asked.ts'
import { audienceOf, maySee, tokensOf } from '../../shared/domain/audience.ts'
import {
  type DecidedEvent,
  decide,
  isBeginning,
  isServerCommand,
  numberNeeded,
} from '../../shared/domain/decide.ts'
import { chainEvents } from '../../shared/domain/eventChain.ts'
import { evolve } from '../../shared/domain/evolve.ts'
import type { BoundNumber, Letter } from '../../shared/domain/letter.ts'
import type { Directory } from '../../shared/domain/organisation.ts'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { type FeedRow, feedRowsOf } from '../feed/feedRows.ts'
import { senderKey } from '../projections/senderKey.ts'
import { bodyHash, passing, refused, type Submission } from './submission.ts'

/** A command's answer as it is kept. */
export interface KeptAnswer {
  readonly bodyHash: string
  readonly result: CommandResult
}

/** What the database knows that matters to a group of commands. */
export interface GroupState {
  readonly answers: Map<string, KeptAnswer>
  readonly letters: Map<string, Letter>
  /** The last serial of each register that the group may need, its row locked; none where the clock is wrong. */
  readonly serials: Map<string, number>
  /** The reserved numbers that the group names, by `reservationKey`. */
  readonly reservations: Map<string, NonNullable<NumberSource['reservation']>>
  /** Receive numbers of letters like those that the group registers, by `duplicateKey`. */
  readonly registered: Map<string, string>
  readonly directory: Directory
  /** ISO instant. */
  readonly now: string
}

/** What deciding a group changes, in the order in which it was decided. */
export interface GroupDecision {
  readonly results: CommandResult[]
  readonly answers: { submission: Submission; answer: KeptAnswer }[]
  readonly events: LetterEvent[]
  readonly letters: Map<string, Letter>
  /** The numbers given, in the order of giving. */
  readonly numbers: BoundNumber[]
  readonly feed: FeedRow[]
}

/**
 * Decides a group of commands one after another, each on what the ones before it did. Pure but for `state`, whose
 * answers, letters and serials move on with each accepted command.
 */
export function decideGroup(submissions: readonly Submission[], state: GroupState): GroupDecision {
  const decision: GroupDecision = {
    results: [],
    answers: [],
    events: [],
    letters: new Map(),
    numbers: [],
    feed: [],
  }
  for (const submission of submissions) {
    decision.results.push(earlierAnswer(submission, state) ?? decideOne(submission, state, decision))
  }
  return decision
}

function earlierAnswer(submission: Submission, state: GroupState): CommandResult | undefined {
  const { id } = submission.command
  const kept = state.answers.get(id)
  if (!kept) return undefined
  return kept.bodyHash === bodyHash(submission) ? kept.result : refused(id, { code: 'command-reused' })
}

function decideOne(submission: Submission, state: GroupState, decision: GroupDecision): CommandResult {
  const { command } = submission
  const decided = decideEvents(submission, state)
  const result = decided.ok
    ? record(submission, decided.value, state, decision)
    : refused(command.id, decided.refusal)
  if (result.outcome === 'accepted' || !passing.has(result.refusal.code)) {
    const answer = { bodyHash: bodyHash(submission), result }
    state.answers.set(command.id, answer)
    decision.answers.push({ submission, answer })
  }
  return result
}

function decideEvents(submission: Submission, state: GroupState): Outcome<DecidedEvent[]> {
  const { command, actor, evidence, fileRefusal } = submission
  const { directory, now, letters } = state
  const letter = letters.get(command.letterId)
  if (letter && !maySpeakOf(letter, submission, state)) return refuse('letter-unknown')
  const numbers = numbersFor(submission, state)
  if (!numbers.ok) return numbers
  const registeredAs = state.registered.get(duplicateKey(submission) ?? '')
  const decided = decide(letter, command, {
    ...{ directory, actor, now, letters },
    ...(numbers.value && { numbers: numbers.value }),
    ...(evidence && { evidence }),
    ...(registeredAs !== undefined && { registeredAs }),
  })
  // A file is looked at after everything that the domain has to say about it.
  return decided.ok && fileRefusal ? { ok: false, refusal: fileRefusal } : decided
}

/** Whether the letter is the actor's to see. Whoever asks for a loan has not seen it yet. */
function maySpeakOf(letter: Letter, { command, actor }: Submission, { directory, now }: GroupState): boolean {
  if (isServerCommand(command) || isBeginning(command.body)) return true
  if (command.body.type === 'borrow' && letter.secrecy === 'none') return true
  return maySee(letter, tokensOf(actor, directory, now))
}

/** The numbers that a command may take; refuses where the register's clock is wrong. */
function numbersFor({ command }: Submission, state: GroupState): Outcome<NumberSource | undefined> {
  const { letters, directory, now, serials, reservations } = state
  const needed = numberNeeded(letters.get(command.letterId), command, directory, now)
  if (!needed) return accept(undefined)
  const last = serials.get(needed.registerId)
  if (last === undefined) return refuse('server-clock-wrong')
  const { registerId, period, reserved } = needed
  const reservation =
    reserved === undefined ? undefined : reservations.get(reservationKey(registerId, period, reserved))
  return accept({ nextSerial: last + 1, ...(reservation && { reservation }) })
}

/** By what a reserved number is found. */
export const reservationKey = (registerId: string, period: number, serial: number): string =>
  `${registerId} ${period} ${serial}`

/** By what a letter like the one that a command registers is found; undefined for other commands. */
export function duplicateKey({ command: { body } }: Submission): string | undefined {
  if (body.type !== 'register') return undefined
  const key = senderKey(body.sender)
  return key === null ? undefined : `${body.registerId} ${key}`
}

function record(
  submission: Submission,
  decided: readonly DecidedEvent[],
  state: GroupState,
  decision: GroupDecision,
): CommandResult {
  const own = submission.command.letterId
  const logs = Map.groupBy(decided, ({ letterId }) => letterId ?? own)
  // What a command does to other letters is theirs to tell, through the feed.
  let events: LetterEvent[] = []
  for (const [letterId, ofLetter] of logs) {
    const recorded = recordOn(letterId, ofLetter, submission, state, decision)
    if (letterId === own) events = recorded
  }
  if (events.length === 0) throw new Error('an accepted command has events')
  return { id: submission.command.id, outcome: 'accepted', events }
}

function recordOn(
  letterId: string,
  decided: readonly DecidedEvent[],
  { command, actor, device }: Submission,
  state: GroupState,
  decision: GroupDecision,
): LetterEvent[] {
  const before = state.letters.get(letterId)
  const events = chainEvents(before, decided, { command, letterId, actor, device, serverTime: state.now })
  const after = events.reduce<Letter | undefined>((letter, event) => evolve(letter, event), before)
  if (!after) throw new Error('a letter has events')
  state.letters.set(letterId, after)
  decision.letters.set(letterId, after)
  decision.events.push(...events)
  for (const event of events) noteNumber(event, state, decision)
  const from = (before?.version ?? 0) + 1
  const audiences = { before: before ? audienceOf(before) : [], after: audienceOf(after) }
  decision.feed.push(...feedRowsOf({ letterId, from, to: after.version, ...audiences }))
  return events
}

/** Moves the group's counters, reservations and known letters on with an event that gives a number. */
function noteNumber({ body }: LetterEvent, state: GroupState, decision: GroupDecision): void {
  const number = numberIn(body)
  if (!number) return
  const { registerId, buddhistYear, serial, text } = number
  state.serials.set(registerId, Math.max(serial, state.serials.get(registerId) ?? 0))
  state.reservations.delete(reservationKey(registerId, buddhistYear, serial))
  decision.numbers.push(number)
  const sender = body.type === 'registered' ? senderKey(body.sender) : null
  if (sender !== null) state.registered.set(`${registerId} ${sender}`, text)
}

function numberIn(body: LetterEvent['body']): BoundNumber | undefined {
  if (body.type === 'registered' || body.type === 'received') return body.receipt
  if (body.type !== 'number-bound') return undefined
  const { type: _, ...number } = body
  return number
}
