import type {
  AugmentedLevel,
  LetterEvent,
  LetterKind,
  Revision,
  Signer,
  Urgency,
} from '../contract/letter.ts'

/** One step of a letter's way (เส้นทาง): with one position at a time; legs are only ever appended and closed. */
export interface Leg {
  readonly id: string
  readonly from: string | null
  readonly to: string
  readonly note: string
  readonly openedAt: string
  readonly outcome: 'open' | 'signed' | 'returned' | 'forwarded'
  readonly closedAt: string | null
  /** Why the letter was returned; empty otherwise. */
  readonly reason: string
}

/** The number and date that the server bound to the letter. */
export interface BoundNumber {
  readonly registerId: string
  readonly buddhistYear: number
  readonly serial: number
  readonly text: string
  readonly date: string
}

/** A signature that the server has checked and recorded. */
export interface RecordedSignature {
  readonly personId: string
  readonly positionId: string
  readonly signedAt: string
  readonly revision: Revision
  readonly signer: Signer
}

/** A letter (หนังสือ), folded from its events. */
export interface Letter {
  readonly id: string
  readonly version: number
  /** Hash of the latest event, to which the next one chains. */
  readonly hash: string
  readonly kind: LetterKind
  readonly subject: string
  readonly addressee: string
  readonly urgency: Urgency
  readonly unitId: string
  readonly registerId: string
  readonly fileName: string
  readonly pageCount: number
  readonly authorId: string
  readonly draftedAt: string
  readonly changedAt: string
  readonly number: BoundNumber | null
  /** At least one; the last is the current revision. */
  readonly revisions: readonly Revision[]
  readonly signatures: readonly RecordedSignature[]
  /** The level to which the server has raised the signatures, and the event by which; null when it has not. */
  readonly augmented: { readonly level: AugmentedLevel; readonly version: number } | null
  readonly legs: readonly Leg[]
  /** People who see the letter through copies. */
  readonly copies: readonly string[]
}

/** Where a letter stands, derived from its legs and signatures. */
export type LetterStage = 'draft' | 'proposed' | 'signed' | 'returned'

/** The leg that is open, if the letter is with a position now. */
export const openLeg = (letter: Letter): Leg | undefined => letter.legs.find((leg) => leg.outcome === 'open')

/** The current revision of the letter's file. */
export const currentRevision = (letter: Letter): Revision =>
  letter.revisions[letter.revisions.length - 1] as Revision

/** The stage of a letter. */
export function stageOf(letter: Letter): LetterStage {
  const last = letter.legs[letter.legs.length - 1]
  if (last === undefined) return 'draft'
  if (last.outcome === 'returned') return 'returned'
  return last.outcome === 'signed' ? 'signed' : 'proposed'
}

/** Folds one event into a letter. The first event of a letter is always `drafted`. */
export function evolve(letter: Letter | undefined, event: LetterEvent): Letter {
  const { body } = event
  if (letter === undefined) {
    if (body.type !== 'drafted') throw new Error(`a letter begins with drafted, not ${body.type}`)
    const { type: _, revision, ...facts } = body
    return {
      id: event.letterId,
      version: event.version,
      hash: event.hash,
      ...facts,
      authorId: event.actor,
      draftedAt: event.serverTime,
      changedAt: event.serverTime,
      number: null,
      revisions: [revision],
      signatures: [],
      augmented: null,
      legs: [],
      copies: [],
    }
  }
  const next = { ...letter, version: event.version, hash: event.hash, changedAt: event.serverTime }
  const open = (leg: Extract<LetterEvent['body'], { type: 'proposed' }>['leg']) => ({
    legs: [
      ...next.legs,
      {
        id: leg.id,
        from: leg.from,
        to: leg.to,
        note: leg.note,
        openedAt: event.serverTime,
        outcome: 'open' as const,
        closedAt: null,
        reason: '',
      },
    ],
    copies: [...new Set([...next.copies, ...leg.copies.map((copy) => copy.personId)])],
  })
  const close = (legId: string, outcome: Leg['outcome'], reason = '') =>
    next.legs.map((leg) =>
      leg.id === legId && leg.outcome === 'open'
        ? { ...leg, outcome, reason, closedAt: event.serverTime }
        : leg,
    )

  switch (body.type) {
    case 'drafted':
      throw new Error('a letter is drafted once')
    case 'proposed':
      return { ...next, ...open(body.leg) }
    case 'number-bound': {
      const { type: _, ...number } = body
      return { ...next, number }
    }
    case 'signed':
      return {
        ...next,
        revisions: [...next.revisions, body.revision],
        augmented: null,
        legs: close(body.legId, 'signed'),
        signatures: [
          ...next.signatures,
          {
            personId: event.actor,
            positionId: event.positionId ?? '',
            signedAt: event.serverTime,
            revision: body.revision,
            signer: body.signer,
          },
        ],
      }
    case 'augmented':
      // Nothing in it asks for anyone's attention, so the letter keeps its place in the lists.
      return {
        ...next,
        changedAt: letter.changedAt,
        revisions: [...next.revisions, body.revision],
        augmented: { level: body.level, version: event.version },
      }
    case 'returned':
      return { ...next, legs: close(body.legId, 'returned', body.reason) }
    case 'forwarded': {
      const legs = close(body.fromLegId, 'forwarded')
      const opened = open(body.leg)
      return { ...next, copies: opened.copies, legs: [...legs, ...opened.legs.slice(-1)] }
    }
  }
}

/** Folds a letter's whole log. */
export const foldLetter = (events: readonly LetterEvent[]): Letter | undefined =>
  events.reduce<Letter | undefined>((letter, event) => evolve(letter, event), undefined)
