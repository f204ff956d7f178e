import type { LetterEvent } from '../../shared/contract/letter.ts'
import type { CommandResult } from '../../shared/contract/sync.ts'
import { audienceOf, maySee, tokensOf } from '../../shared/domain/audience.ts'
import { type DecidedEvent, decide, isServerCommand, numberNeeded } from '../../shared/domain/decide.ts'
import { chainEvents } from '../../shared/domain/eventChain.ts'
import { evolve, type Letter } from '../../shared/domain/letter.ts'
import type { Directory } from '../../shared/domain/organisation.ts'
import { type Outcome, type Refusal, refuse } from '../../shared/outcome.ts'
import { type FeedRow, feedRowsOf } from '../feed/feedRows.ts'
import { bodyHash, passing, type Submission } from './submission.ts'

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
  readonly numbered: Letter[]
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
    numbered: [],
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
  const { directory, now, serials } = state
  const letter = state.letters.get(command.letterId)
  const isOthers = letter !== undefined && !maySee(letter, tokensOf(actor, directory, now))
  if (command.body.type !== 'draft' && isOthers && !isServerCommand(command)) return refuse('letter-unknown')
  const needed = numberNeeded(letter, command, now)
  const lastSerial = needed && serials.get(needed.registerId)
  if (needed && lastSerial === undefined) return refuse('server-clock-wrong')
  const decided = decide(letter, command, {
    directory,
    actor,
    now,
    ...(lastSerial === undefined ? {} : { nextSerial: lastSerial + 1 }),
    ...(evidence && { evidence }),
  })
  // A draft's file is looked at after everything that the domain has to say about it.
  return decided.ok && fileRefusal ? { ok: false, refusal: fileRefusal } : decided
}

function record(
  { command, actor, device }: Submission,
  decided: readonly DecidedEvent[],
  state: GroupState,
  decision: GroupDecision,
): CommandResult {
  const before = state.letters.get(command.letterId)
  const events = chainEvents(before, decided, { command, actor, device, serverTime: state.now })
  const after = events.reduce<Letter | undefined>((letter, event) => evolve(letter, event), before)
  if (!after || events.length === 0) throw new Error('an accepted command has events')
  state.letters.set(after.id, after)
  decision.letters.set(after.id, after)
  decision.events.push(...events)
  if (after.number && !before?.number) {
    state.serials.set(after.number.registerId, after.number.serial)
    decision.numbered.push(after)
  }
  const from = (before?.version ?? 0) + 1
  const change = { letterId: after.id, from, to: after.version }
  decision.feed.push(
    ...feedRowsOf({ ...change, before: before ? audienceOf(before) : [], after: audienceOf(after) }),
  )
  return { id: command.id, outcome: 'accepted', events }
}

const refused = (id: string, refusal: Refusal): CommandResult => ({
  id,
  outcome: 'refused',
  refusal: refusal.detail ? { code: refusal.code, detail: { ...refusal.detail } } : { code: refusal.code },
})
