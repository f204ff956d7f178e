import { SERVER_ACTOR } from '../../contract/letter.ts'
import type { OfficeEventBody } from '../../contract/office.ts'
import type { Organisation } from '../../contract/organisation.ts'
import { refuse } from '../../outcome.ts'
import { asAsked, type OfficeContext, type OfficeDecision, type OrganisationBody } from './asked.ts'
import { delegate, endDelegation } from './delegating.ts'
import { putPerson, putPosition, putRegister, putUnit } from './places.ts'
import { appoint, assign, endAssignment, endDuty, isSameAssignment, isSameDuty } from './posts.ts'

/**
 * Decides what a command does to the organisation. Only administrators change people, places and rules; the server's
 * own keeper brings the address book. Refuses administrator-only.
 */
export function decideOrganisation(body: OrganisationBody, context: OfficeContext): OfficeDecision {
  const { directory, actor, now } = context
  const mayChange =
    directory.isAdministrator(actor, now) || (actor === SERVER_ACTOR && body.type === 'put-agencies')
  if (!mayChange) return refuse('administrator-only')
  switch (body.type) {
    case 'put-unit':
      return putUnit(body, context)
    case 'put-position':
      return putPosition(body, context)
    case 'put-person':
      return putPerson(body, context)
    case 'put-register':
      return putRegister(body, context)
    case 'assign':
      return assign(body, context)
    case 'end-assignment':
      return endAssignment(body, context)
    case 'appoint':
      return appoint(body, context)
    case 'end-duty':
      return endDuty(body, context)
    case 'delegate':
      return delegate(body, context)
    case 'end-delegation':
      return endDelegation(body, context)
    case 'set-holidays':
      return body.days.every((day) => day.startsWith(`${body.year}-`))
        ? asAsked(body)
        : refuse('period-unfit')
    case 'put-agencies':
    case 'set-policy':
    case 'set-links':
      return asAsked(body)
  }
}

type OrganisationEvent = Extract<OfficeEventBody, OrganisationBody | { type: 'founded' }>

/** The organisation after an event; each is a version of its own. */
export function evolveOrganisation(
  organisation: Organisation | undefined,
  body: OrganisationEvent,
): Organisation {
  if (body.type === 'founded') return body.organisation
  if (organisation === undefined) throw new Error('an organisation is founded first')
  return { ...organisation, ...changesBy(organisation, body), version: organisation.version + 1 }
}

/** Whether an event belongs to the organisation's own log. */
export const isOrganisationEvent = (body: OfficeEventBody): body is OrganisationEvent =>
  !('registerId' in body) && !('disposalId' in body)

function changesBy(
  organisation: Organisation,
  body: Exclude<OrganisationEvent, { type: 'founded' }>,
): Partial<Organisation> {
  const { units, positions, people, registers, agencies, assignments, duties, delegations } = organisation
  switch (body.type) {
    case 'put-unit':
      return { units: withOne(units, body.unit) }
    case 'put-position':
      return { positions: withOne(positions, body.position) }
    case 'put-person':
      return { people: withOne(people, body.person) }
    case 'put-register':
      return { registers: withOne(registers, body.register) }
    case 'put-agencies':
      return { agencies: withAll(agencies, body.agencies) }
    case 'assign':
      return { assignments: [...assignments, body.assignment] }
    case 'end-assignment':
      return { assignments: ended(assignments, body.to, (other) => isSameAssignment(other, body)) }
    case 'appoint':
      return { duties: [...duties, body.duty] }
    case 'end-duty':
      return { duties: ended(duties, body.to, (other) => isSameDuty(other, body)) }
    case 'delegate':
      return { delegations: [...delegations, body.delegation] }
    case 'end-delegation':
      return { delegations: ended(delegations, body.to, ({ id }) => id === body.delegationId) }
    case 'set-policy':
      return { policy: { ...organisation.policy, ...given(body.policy) } }
    case 'set-holidays': {
      const others = organisation.holidays.filter((day) => !day.startsWith(`${body.year}-`))
      return { holidays: [...others, ...new Set(body.days)].sort() }
    }
    case 'set-links':
      return { links: body.links }
  }
}

/** What a patch gives, without what it leaves out. */
const given = <Patch extends object>(patch: Patch) =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Patch]: Exclude<Patch[Key], undefined>
  }

/** `items` with one more, or with another in the place of that of its id. */
function withOne<Item extends { readonly id: string }>(items: readonly Item[], item: Item): Item[] {
  return items.some(({ id }) => id === item.id)
    ? items.map((other) => (other.id === item.id ? item : other))
    : [...items, item]
}

function withAll<Item extends { readonly id: string }>(
  items: readonly Item[],
  more: readonly Item[],
): Item[] {
  const all = new Map(items.map((item) => [item.id, item]))
  for (const item of more) all.set(item.id, item)
  return [...all.values()]
}

/** The periods with one ended; it is left out where it never came into force. */
function ended<Item extends { readonly from: string; readonly to: string | null }>(
  items: readonly Item[],
  to: string,
  isIt: (item: Item) => boolean,
): Item[] {
  return items.flatMap((item) => (isIt(item) ? (to < item.from ? [] : [{ ...item, to }]) : [item]))
}
