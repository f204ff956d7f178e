import type { Revision } from '../../../../shared/contract/letter.ts'
import { currentRevision, openLeg } from '../../../../shared/domain/letter.ts'
import { isCleared } from '../../../../shared/domain/secrecy.ts'
import { mayBeSignedElectronically } from '../../../../shared/domain/signingPolicy.ts'
import type { Office } from '../office.ts'
import { pace } from '../pace.ts'
import { actorFor, openerFor } from '../staff.ts'
import { phrases } from '../texts/phrases.ts'
import { perhapsDue } from './writing.ts'

/** A part of a course that ends with a result. */
export type Part<Result> = Generator<number, Result, undefined>

/** The revision that the next signature on a letter makes; undefined where the sample's files end. */
export function nextRevision(office: Office, letterId: string): Revision | undefined {
  const current = currentRevision(office.letter(letterId))
  return current ? office.files.after(current.sha256) : office.files.first('incoming')
}

/** Whether whoever acts for a position may see a letter. */
export function mayGoTo(office: Office, positionId: string, letterId: string): boolean {
  const letter = office.letter(letterId)
  return isCleared(actorFor(office, positionId, letter), letter.secrecy, office.directory)
}

/** Takes up the letter that a position was sent: the secretary, mostly, opens it and sees to it. */
export function* takenUp(office: Office, letterId: string): Part<string> {
  yield office.inTray()
  const letter = office.letter(letterId)
  const leg = openLeg(letter)
  if (!leg) throw new Error(`letter ${letterId} is with nobody`)
  office.act(letterId, openerFor(office, leg.to, letter), { type: 'take-up' }, leg.to)
  yield office.inTray() / 2
  return leg.to
}

/**
 * A letter at a position until it is ordered upon: opened, at times with an opinion first; sometimes returned, or
 * recalled by `desk`, who had sent it, before anybody opened it. The order goes to the position `onward` where there is
 * one, which orders then.
 */
export function* considered(
  office: Office,
  letterId: string,
  desk: string,
  orders: readonly string[] = phrases.order,
  onward: string | null = null,
): Part<'ordered' | 'returned' | 'recalled'> {
  const { random } = office
  const sent = openLeg(office.letter(letterId))
  const isFromDesk = sent !== undefined && sent.from === null
  if (isFromDesk && random.chance(0.012)) {
    yield pace.minutes(random, 2, 15)
    const reason = random.pick(phrases.recalled)
    office.act(letterId, desk, { type: 'recall', target: sent.id, reason })
    return 'recalled'
  }
  const positionId = yield* takenUp(office, letterId)
  const letter = office.letter(letterId)
  const revision = nextRevision(office, letterId)
  const may = mayBeSignedElectronically(letter, office)
  if (!may.ok || !revision || (isFromDesk && random.chance(0.025))) {
    const reason = may.ok ? random.pick(phrases.returned) : phrases.secretNoted
    office.act(letterId, openerFor(office, positionId, letter), { type: 'return', reason }, positionId)
    return 'returned'
  }
  if (random.chance(0.08)) {
    opinion(office, letterId, positionId)
    yield pace.minutes(random, 5, 90)
  }
  office.act(
    letterId,
    actorFor(office, positionId, letter),
    {
      ...{ type: 'endorse', act: 'order', text: random.pick(orders), to: onward },
      signature: { method: 'digital', revision },
      dueAt: perhapsDue(office, 0.15),
    },
    positionId,
  )
  return onward === null ? 'ordered' : yield* considered(office, letterId, desk, orders)
}

/** An opinion by whoever acts for the position that has the letter. */
export function opinion(office: Office, letterId: string, positionId: string): void {
  const { random } = office
  office.act(
    letterId,
    actorFor(office, positionId, office.letter(letterId)),
    {
      ...{ type: 'endorse', act: 'opinion', text: random.pick(phrases.opinion), to: null, dueAt: null },
      signature: { method: 'electronic', look: random.pick(['typed', 'typed', 'drawn', 'image'] as const) },
    },
    positionId,
  )
}

/** Sends a letter on from a position to another. */
export function sendOn(office: Office, letterId: string, from: string, to: string): void {
  const actor = actorFor(office, from, office.letter(letterId))
  const note = office.random.pick(phrases.forward)
  office.act(letterId, actor, { type: 'forward', to, note, dueAt: perhapsDue(office, 0.1) }, from)
}
