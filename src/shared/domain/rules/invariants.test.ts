import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EventBody, type LetterEvent, letterEventSchema } from '../../contract/letter.ts'
import { firstBrokenLink } from '../eventChain.ts'
import { foldLetter } from '../evolve.ts'
import { isSigned, type Letter, openCheck, openLeg, textsForPaper } from '../letter.ts'
import { isCleared } from '../secrecy.ts'
import { mayBeSignedElectronically } from '../signingPolicy.ts'
import { anyBeginning, anyTry, attempt, begin, busyOffice, LETTER_IDS, type Try } from './anything.ts'
import type { World } from './world.ts'

/** A moment in the story: the letters before and after an accepted command, and what it added to each log. */
interface Step {
  readonly w: World
  readonly who: string
  readonly type: string
  readonly letterId: string
  readonly sawIt: boolean
  readonly changes: readonly {
    readonly before: Letter | undefined
    readonly after: Letter
    readonly added: readonly LetterEvent[]
  }[]
}

const RUNS = { numRuns: 80 }
/** What the stories got to, so that properties are not true only because nothing happened. */
const reached = new Map<string, number>()

/** Plays stories in which anybody tries anything, and looks at each step. */
function always(holds: (step: Step) => void, secretOnPaper = false): void {
  fc.assert(
    fc.property(
      anyBeginning,
      fc.array(anyTry, { minLength: 40, maxLength: 160, size: 'max' }),
      (chosen, tries) => {
        const w = busyOffice(secretOnPaper)
        begin(w, chosen)
        for (const each of tries) {
          const step = play(w, each)
          if (step) holds(step)
        }
      },
    ),
    RUNS,
  )
}

function play(w: World, each: Try): Step | undefined {
  const before = new Map(LETTER_IDS.map((id) => [id, w.find(id)]))
  const target = LETTER_IDS[each.letter] ?? ''
  const seers = w.organisation.people
    .map(({ id }) => id)
    .filter((id) => before.get(target) && w.sees(id, target))
  const done = attempt(w, each)
  if (done?.outcome !== 'accepted') return undefined
  reached.set(done.body.type, (reached.get(done.body.type) ?? 0) + 1)
  const changes = LETTER_IDS.flatMap((id) => {
    const after = w.find(id)
    const version = before.get(id)?.version ?? 0
    return after && after.version !== version
      ? [{ before: before.get(id), after, added: w.events(id).slice(version) }]
      : []
  })
  const actor = done.who.split('@')[0] ?? ''
  const sawIt = before.get(target) === undefined || seers.includes(actor)
  return { w, who: done.who, type: done.body.type, letterId: target, sawIt, changes }
}

const afterClosing = new Set<EventBody['type']>([
  ...([
    'reopened',
    'stored',
    'loan-asked',
    'loan-decided',
    'loan-ended',
    'noted',
    'corrected',
    'reclassified',
  ] as const),
  ...([
    'dispatch-confirmed',
    'delivery-received',
    'delivery-returned',
    'destroyed',
    'handed-to-archives',
    'recalled',
  ] as const),
])

describe('whatever anybody tries', () => {
  it('one position has a letter at a time, and nobody checks it meanwhile', () => {
    always(({ changes }) => {
      for (const { after } of changes) {
        const open = after.legs.filter(({ outcome }) => outcome === 'open').length
        expect(open + after.checks.filter(({ state }) => state === 'open').length).toBeLessThanOrEqual(1)
      }
    })
  })

  it('numbers run from 1 without gap or double in each register and period, in the order of their dates', () => {
    always(({ w, type }) => {
      if (!['bind-number', 'register', 'receive'].includes(type)) return
      const numbers = LETTER_IDS.flatMap((id) => w.events(id).map(({ body }) => body)).flatMap((body) => {
        if (body.type === 'registered' || body.type === 'received') return [body.receipt]
        return body.type === 'number-bound' ? [body] : []
      })
      for (const given of Map.groupBy(
        numbers,
        (each) => `${each.registerId} ${each.buddhistYear}`,
      ).values()) {
        const inOrder = given.toSorted((one, other) => one.serial - other.serial)
        expect(inOrder.map(({ serial }) => serial)).toEqual(inOrder.map((_, index) => index + 1))
        const dates = inOrder.map(({ date }) => date)
        expect(dates).toEqual(dates.toSorted())
      }
    })
  })

  it('a number leaves its letter only by being cancelled, and stays on record', () => {
    always(({ changes }) => {
      for (const { before, after } of changes) {
        if (!before) continue
        const kept = after.cancelledNumbers.slice(0, before.cancelledNumbers.length)
        expect(kept).toEqual(before.cancelledNumbers)
        if (before.number && after.number?.serial !== before.number.serial)
          expect(after.cancelledNumbers.at(-1)).toMatchObject(before.number)
        expect(after.receipt).toEqual(before.receipt)
      }
    })
  })

  it('the way, endorsements, signatures and notes are only ever added to', () => {
    always(({ changes }) => {
      for (const { before, after } of changes) {
        if (!before) continue
        expect(after.endorsements.slice(0, before.endorsements.length)).toEqual(before.endorsements)
        expect(after.signatures.slice(0, before.signatures.length)).toEqual(before.signatures)
        expect(after.notes.slice(0, before.notes.length)).toEqual(before.notes)
        for (const [index, leg] of before.legs.entries()) {
          const now = after.legs[index]
          if (leg.outcome !== 'open') expect(now).toEqual(leg)
          else
            expect(now).toMatchObject({
              id: leg.id,
              from: leg.from,
              to: leg.to,
              note: leg.note,
              openedAt: leg.openedAt,
              dueAt: leg.dueAt,
            })
        }
      }
    })
  })

  it('revisions are chained: each extends the one before or begins anew, and never anew once signed with a certificate', () => {
    always(({ changes }) => {
      for (const { before, after } of changes) {
        expect(after.revisions.slice(0, before?.revisions.length ?? 0)).toEqual(before?.revisions ?? [])
        for (const [index, revision] of after.revisions.entries()) {
          const previous = after.revisions[index - 1]?.sha256 ?? null
          expect([null, previous]).toContain(revision.extends)
          const signedBefore = (before?.signatures.length ?? 0) > 0
          if (signedBefore && index >= (before?.revisions.length ?? 0))
            expect(revision.extends).toBe(previous)
        }
      }
    })
  })

  it('logs are unbroken and every entry has the shape that is agreed', () => {
    always(({ w, changes }) => {
      for (const { after, added } of changes) {
        expect(firstBrokenLink(w.events(after.id))).toBeUndefined()
        expect(foldLetter(w.events(after.id))).toEqual(after)
        for (const event of added) expect(letterEventSchema.parse(event)).toEqual(event)
      }
    })
  })

  it.each([[true], [false]])(
    'nothing that goes by paper is signed electronically, secret letters included: %s',
    (secretOnPaper) => {
      always(({ w, changes }) => {
        for (const { before, added } of changes) {
          for (const { body } of added) {
            const signs =
              body.type === 'signed' ||
              body.type === 'endorsed' ||
              ('elements' in body && body.elements !== null)
            if (signs && before) expect(mayBeSignedElectronically(before, w)).toMatchObject({ ok: true })
          }
        }
      }, secretOnPaper)
    },
  )

  it('who signs, orders or numbers has the letter, acts for that position today, and is no mere secretary', () => {
    always(({ w, changes }) => {
      for (const { before, added } of changes) {
        for (const { body, actor, positionId, delegationId } of added) {
          const isHolders =
            body.type === 'signed' ||
            body.type === 'endorsed' ||
            (body.type === 'number-bound' && positionId !== null)
          if (!isHolders || !before) continue
          expect(openLeg(before)?.to).toBe(positionId)
          const acts = w.directory.actsFor(actor, w.now).map(({ id }) => id)
          expect(acts).toContain(positionId)
          const acting = w.directory
            .delegationsOf(positionId ?? '', w.now)
            .find(({ kind }) => kind === 'acting')
          if (acting) expect(actor).toBe(acting.personId)
          if (w.directory.holder(positionId ?? '', w.now)?.id !== actor) expect(delegationId).not.toBeNull()
          if (body.type === 'signed') expect(body.signer.email).toBe(w.directory.person(actor)?.email)
        }
      }
    })
  })

  it('nobody who is not appointed for a secret letter sees it, or does anything with it', () => {
    always(({ w, who, changes }) => {
      const actor = who.split('@')[0] ?? ''
      for (const { before, after } of changes) {
        for (const { id } of w.organisation.people) {
          if (w.sees(id, after.id)) expect(isCleared(id, after.secrecy, w.directory)).toBe(true)
        }
        if (before && actor !== 'server') expect(isCleared(actor, before.secrecy, w.directory)).toBe(true)
      }
    })
  })

  it('only those with a part in it see a letter', () => {
    always(({ w, changes }) => {
      for (const { after } of changes) {
        const { directory, now, organisation } = w
        for (const { id } of organisation.people) {
          if (!w.sees(id, after.id)) continue
          const clerkOf = directory.clerkOf(id, now).map((unit) => unit.id)
          const mine = [...directory.actsFor(id, now), ...directory.served(id, now)].map(
            (position) => position.id,
          )
          const parts = [
            after.authorId === id,
            after.copies.includes(id),
            after.checks.some(({ reviewers }) => reviewers.some(({ personId }) => personId === id)),
            after.legs.some(({ to, outcome }) => outcome !== 'recalled' && mine.includes(to)),
            clerkOf.includes(after.unitId),
            after.deliveries.some(
              ({ toUnitId, state }) =>
                (state === 'sent' || state === 'received') && clerkOf.includes(toUnitId),
            ),
            clerkOf.includes(organisation.registryUnitId) && isSigned(after),
            after.loans.some(({ personId, state }) => personId === id && state === 'granted'),
            after.loans.some(({ askedOf }) => askedOf.some((each) => mine.includes(each))),
          ]
          expect(parts).toContain(true)
        }
      }
    })
  })

  it('who does something with a letter sees it; only a loan is asked for unseen', () => {
    always(({ who, type, sawIt }) => {
      if (who !== 'server' && type !== 'borrow') expect([type, sawIt]).toEqual([type, true])
    })
  })

  it('private notes never stand on paper', () => {
    always(({ changes }) => {
      for (const { after } of changes) expect(textsForPaper(after)).not.toContain('ส่วนตัว')
    })
  })

  it('what is recalled is never received, what is received never recalled, and each ends once', () => {
    const next: Readonly<Record<string, readonly string[]>> = {
      sent: ['sent', 'received', 'recalled'],
      received: ['received', 'returned'],
      recalled: ['recalled'],
      returned: ['returned'],
    }
    always(({ changes }) => {
      for (const { before, after } of changes) {
        for (const delivery of before?.deliveries ?? [])
          expect(next[delivery.state]).toContain(after.deliveries.find(({ id }) => id === delivery.id)?.state)
        const ids = after.deliveries.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        const standing = after.deliveries.filter(({ state }) => state === 'sent' || state === 'received')
        expect(new Set(standing.map(({ toUnitId }) => toUnitId)).size).toBe(standing.length)
      }
    })
  })

  it('a step is pulled back only before it is taken up, unless its class of secrecy takes it away', () => {
    always(({ type, changes }) => {
      if (type !== 'recall') return
      for (const { before, added } of changes) {
        for (const { body } of added) {
          const leg = body.type === 'recalled' && before?.legs.find(({ id }) => id === body.targetId)
          if (leg) expect([leg.outcome, leg.takenUpAt, leg.cameBack]).toEqual(['open', null, false])
        }
      }
    })
  })

  it('closed letters take nothing but what they may, and what was given up or returned stays so', () => {
    always(({ changes }) => {
      for (const { before, after, added } of changes) {
        if (!before?.closed) continue
        for (const { body } of added) expect([...afterClosing]).toContain(body.type)
        if (before.closed !== 'closed') expect(after.closed).toBe(before.closed)
      }
    })
  })

  it('a letter is lent to one at a time; what is destroyed was in keeping and its time over', () => {
    always(({ w, changes }) => {
      for (const { before, after, added } of changes) {
        expect(after.loans.filter(({ state }) => state === 'granted').length).toBeLessThanOrEqual(1)
        if (before?.gone) expect(added).toEqual([])
        if (added.some(({ body }) => body.type === 'destroyed'))
          expect(before?.keeping?.keptUntil).toBeLessThan(Number(w.now.slice(0, 4)) + 543)
      }
    })
  })

  it('the text that was signed or ordered upon does not change', () => {
    always(({ changes }) => {
      for (const { before, added } of changes) {
        const settled = before && (isSigned(before) || before.endorsements.some(({ act }) => act === 'order'))
        if (settled)
          for (const { body } of added)
            expect(['revised', 'check-requested', 'cancelled']).not.toContain(body.type)
        if (before && openCheck(before))
          for (const { body } of added) expect(['proposed', 'signed', 'endorsed']).not.toContain(body.type)
      }
    })
  })

  it('and all of this was tried on letters that got far', () => {
    const seldom = [
      'draft',
      'register',
      'receive',
      'sign',
      'sign-on-paper',
      'endorse',
      'deliver',
      'return-delivery',
      'recall',
      'dispatch',
      'reclassify',
      'store',
      'decide-loan',
      'augment',
      'cancel-number',
    ]
    expect(seldom.filter((type) => !reached.has(type))).toEqual([])
  })
})
