import type { OfficeCommandBody, OfficeServerBody } from '../../contract/office.ts'
import { accept } from '../../outcome.ts'
import type { OfficeContext, OfficeDecision } from './asked.ts'
import { decideDisposal } from './disposing.ts'
import { decideOrganisation } from './organisation.ts'
import { cancelReservation, expireReservation, importEntries, reserveNumber } from './register.ts'

/** What may be asked of the office, by people and by the server itself. */
export type OfficeBody = OfficeCommandBody | OfficeServerBody

/** The log to which a command belongs. */
export function streamOf(body: OfficeBody): string {
  if ('disposalId' in body) return `disposal:${body.disposalId}`
  return 'registerId' in body ? `register:${body.registerId}` : 'organisation'
}

/** Decides what a command does: events for its log, or a refusal. */
export function decideOffice(body: OfficeBody, context: OfficeContext): OfficeDecision {
  if ('disposalId' in body) return decideDisposal(body, context)
  switch (body.type) {
    case 'found':
      return accept([{ type: 'founded', organisation: body.organisation }])
    case 'reserve-number':
      return reserveNumber(body, context)
    case 'cancel-reservation':
      return cancelReservation(body, context)
    case 'expire-reservation':
      return expireReservation(body, context)
    case 'import-entries':
      return importEntries(body, context)
    default:
      return decideOrganisation(body, context)
  }
}
