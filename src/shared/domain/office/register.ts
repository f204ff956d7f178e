import { SERVER_ACTOR } from '../../contract/letter.ts'
import type { ImportedEntry, OfficeBodyOf, OfficeEvent } from '../../contract/office.ts'
import type { BoundNumber } from '../../contract/shapes.ts'
import { refuse } from '../../outcome.ts'
import { bangkokDay } from '../../thai/dates.ts'
import { clerkOf } from '../authority.ts'
import { numberText, periodOf } from '../registers.ts'
import { allKnown, type OfficeContext, type OfficeDecision, recorded } from './asked.ts'
import { daysAfter } from './periods.ts'

/** A number set aside (จองเลข), for whom and why. */
export interface Reservation extends BoundNumber {
  /** The moment at which it runs out. */
  readonly until: string
  readonly state: 'reserved' | 'cancelled'
  readonly reservedBy: string
  readonly owner: string
  readonly reason: string
  /** Why it was cancelled; empty while it stands. */
  readonly cancelledFor: string
}

/** Why the server cancels a number that nobody used in time. */
const EXPIRED_REASON = 'หมดเวลาจองโดยไม่ได้ใช้เลข'

/**
 * Reserving a number (จองเลข): by a clerk of the register's unit, in registers of what goes out. It is counted at once,
 * and stands until the end of its last day in Bangkok (the same day unless the organisation says otherwise). Refuses
 * reservation-own-register and number-needs-server.
 */
export function reserveNumber(
  { registerId, owner, reason }: OfficeBodyOf<'reserve-number'>,
  context: OfficeContext,
): OfficeDecision {
  const { directory, now, nextSerial } = context
  const register = directory.register(registerId)
  const unit = register && directory.unit(register.unitId)
  if (!register || !unit) return refuse('organisation-unknown-id', { id: registerId })
  const clerk = clerkOf(register.unitId, context)
  if (!clerk.ok) return clerk
  if (register.use === 'receive') return refuse('reservation-own-register')
  if (nextSerial === undefined) return refuse('number-needs-server')
  const date = bangkokDay(now)
  const period = periodOf(register, date)
  const { organisation } = directory
  const text = numberText(register, unit, organisation, { serial: nextSerial, period, circular: false })
  const lastDay = daysAfter(date, organisation.policy.reservationDays - 1)
  return recorded({
    type: 'number-reserved',
    ...{ registerId, buddhistYear: period, serial: nextSerial, text, date, owner, reason },
    until: new Date(`${lastDay}T23:59:59.999+07:00`).toISOString(),
  })
}

/** Giving a reserved number up: it stays in the register with the reason and is never given again. */
export function cancelReservation(
  { registerId, buddhistYear, serial, reason }: OfficeBodyOf<'cancel-reservation'>,
  context: OfficeContext,
): OfficeDecision {
  const register = context.directory.register(registerId)
  if (!register) return refuse('organisation-unknown-id', { id: registerId })
  const clerk = clerkOf(register.unitId, context)
  if (!clerk.ok) return clerk
  if (!stands(context)) return refuse('reservation-unknown')
  return recorded({
    type: 'reservation-cancelled',
    ...{ registerId, buddhistYear, serial, reason, expired: false },
  })
}

/** The server cancels what ran out unused. */
export function expireReservation(
  { registerId, buddhistYear, serial }: OfficeBodyOf<'expire-reservation'>,
  context: OfficeContext,
): OfficeDecision {
  if (!stands(context) || (context.reservation?.made.until ?? '') >= context.now) {
    return refuse('reservation-unknown')
  }
  return recorded({
    type: 'reservation-cancelled',
    ...{ registerId, buddhistYear, serial, reason: EXPIRED_REASON, expired: true },
  })
}

const stands = ({ reservation }: OfficeContext): boolean =>
  reservation?.made.state === 'reserved' && !reservation.taken

/** So many entries are in one event of an import. */
const ENTRIES_AT_ONCE = 200

/**
 * Takes over what an older system's register has, all of it or nothing; its numbers have to be free here. Only by the
 * server's own keeper. Refuses import-number-taken.
 */
export function importEntries(
  { registerId, buddhistYear, source, entries }: OfficeBodyOf<'import-entries'>,
  { directory, actor, takenSerials }: OfficeContext,
): OfficeDecision {
  if (actor !== SERVER_ACTOR) return refuse('administrator-only')
  const known = allKnown([[registerId, directory.register]])
  if (!known.ok) return known
  if (takenSerials === undefined) return refuse('number-needs-server')
  const twice = entries.length - new Set(entries.map(({ serial }) => serial)).size
  const taken = takenSerials.length + twice
  if (taken > 0) return refuse('import-number-taken', { count: taken })
  const chunks = Array.from({ length: Math.ceil(entries.length / ENTRIES_AT_ONCE) }, (_, index) =>
    entries.slice(index * ENTRIES_AT_ONCE, (index + 1) * ENTRIES_AT_ONCE),
  )
  return {
    ok: true,
    value: chunks.map((chunk) => ({
      ...{ type: 'entries-imported' as const, registerId, buddhistYear, source, entries: chunk },
    })),
  }
}

/** What a register's own log tells. */
export interface RegisterLog {
  readonly reservations: readonly Reservation[]
  readonly imported: readonly (ImportedEntry & { readonly buddhistYear: number })[]
}

/** Folds the events of a register's log; numbers that letters took are told by the letters' logs. */
export function foldRegister(events: readonly OfficeEvent[]): RegisterLog {
  const reservations = new Map<string, Reservation>()
  const imported: (ImportedEntry & { buddhistYear: number })[] = []
  for (const { body, actor } of events) {
    if (body.type === 'number-reserved') {
      const { type: _, ...number } = body
      const made = { ...number, state: 'reserved' as const, reservedBy: actor, cancelledFor: '' }
      reservations.set(keyOf(body), made)
    } else if (body.type === 'reservation-cancelled') {
      const made = reservations.get(keyOf(body))
      if (!made) throw new Error('a number is reserved first')
      reservations.set(keyOf(body), { ...made, state: 'cancelled', cancelledFor: body.reason })
    } else if (body.type === 'entries-imported') {
      for (const entry of body.entries) imported.push({ ...entry, buddhistYear: body.buddhistYear })
    }
  }
  return { reservations: [...reservations.values()], imported }
}

const keyOf = ({ buddhistYear, serial }: Pick<BoundNumber, 'buddhistYear' | 'serial'>): string =>
  `${buddhistYear} ${serial}`
