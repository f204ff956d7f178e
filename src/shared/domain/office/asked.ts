import type { OfficeBodyOf, OfficeEventBody } from '../../contract/office.ts'
import { accept, type Outcome, refuse } from '../../outcome.ts'
import type { DecisionContext } from '../asked.ts'
import type { Letter } from '../letter.ts'
import type { Disposal } from './disposal.ts'
import type { Reservation } from './register.ts'

/** What a decision about the office may depend on besides the command. All of it is data, so deciding is pure. */
export interface OfficeContext extends Pick<DecisionContext, 'directory' | 'actor' | 'now'> {
  /** The register's next serial, where numbers are issued (the server, the counter's row locked). */
  readonly nextSerial?: number
  /** The reserved number that the command names, and whether a letter has taken it. */
  readonly reservation?: { readonly made: Reservation; readonly taken: boolean }
  /** Whether the register that the command names has given numbers. */
  readonly registerInUse?: boolean
  /** Serials that an import names and that the register has given already. */
  readonly takenSerials?: readonly number[]
  /** The disposal that the command names. */
  readonly disposal?: Disposal
  /** The letters that the command, or its disposal, speaks of. */
  readonly letters?: ReadonlyMap<string, Letter>
}

/** What a decision gives: events, or a refusal that leaves everything as it is. */
export type OfficeDecision = Outcome<OfficeEventBody[]>

/** The outcome that is one event. */
export const recorded = (body: OfficeEventBody): OfficeDecision => accept([body])

/** The outcome that is the command itself, as an event. */
export const asAsked = (body: Extract<OfficeEventBody, OfficeBodyOf<OrganisationType>>): OfficeDecision =>
  recorded(body)

type OrganisationType =
  | 'put-unit'
  | 'put-position'
  | 'put-person'
  | 'put-register'
  | 'put-agencies'
  | 'assign'
  | 'end-assignment'
  | 'appoint'
  | 'end-duty'
  | 'delegate'
  | 'end-delegation'
  | 'set-policy'
  | 'set-holidays'
  | 'set-links'

/** What is asked of the organisation's own log by people. */
export type OrganisationBody = OfficeBodyOf<OrganisationType>

/** Every one of `ids` has to be known. Refuses organisation-unknown-id. */
export function allKnown(ids: readonly (readonly [string | null, (id: string) => unknown])[]): Outcome<null> {
  for (const [id, find] of ids) {
    if (id !== null && find(id) === undefined) return refuse('organisation-unknown-id', { id })
  }
  return accept(null)
}
