import type { OfficeBodyOf } from '../../contract/office.ts'
import { accept, type Outcome, refuse } from '../../outcome.ts'
import { allKnown, asAsked, type OfficeContext, type OfficeDecision } from './asked.ts'

/** Adds a unit or changes one; no unit stands above itself. */
export function putUnit(body: OfficeBodyOf<'put-unit'>, { directory }: OfficeContext): OfficeDecision {
  const { id, parentId } = body.unit
  const known = allKnown([[parentId, directory.unit]])
  if (!known.ok) return known
  const straight = noCircle(id, parentId, (unitId) => directory.unit(unitId)?.parentId)
  return straight.ok ? asAsked(body) : straight
}

/** Adds a position or changes one; no position is its own superior. */
export function putPosition(
  body: OfficeBodyOf<'put-position'>,
  { directory }: OfficeContext,
): OfficeDecision {
  const { id, unitId, superiorId } = body.position
  const known = allKnown([
    [unitId, directory.unit],
    [superiorId, directory.position],
  ])
  if (!known.ok) return known
  const straight = noCircle(id, superiorId, (positionId) => directory.position(positionId)?.superiorId)
  return straight.ok ? asAsked(body) : straight
}

/** Adds a person or changes what is said of one. */
export function putPerson(body: OfficeBodyOf<'put-person'>, { directory }: OfficeContext): OfficeDecision {
  const known = allKnown([[body.person.unitId, directory.unit]])
  return known.ok ? asAsked(body) : known
}

/**
 * Sets a register up or changes it. One that has given numbers keeps its unit, its use and its period: what it holds
 * would otherwise be read as something else (ข้อ 32, 37). Refuses register-in-use.
 */
export function putRegister(
  body: OfficeBodyOf<'put-register'>,
  { directory, registerInUse }: OfficeContext,
): OfficeDecision {
  const { register } = body
  const known = allKnown([[register.unitId, directory.unit]])
  if (!known.ok) return known
  const before = directory.register(register.id)
  const keeps =
    before === undefined ||
    (before.unitId === register.unitId &&
      before.use === register.use &&
      before.period === register.period &&
      before.secret === register.secret)
  return keeps || !registerInUse ? asAsked(body) : refuse('register-in-use')
}

function noCircle(
  id: string,
  above: string | null,
  aboveOf: (id: string) => string | null | undefined,
): Outcome<null> {
  const seen = new Set([id])
  for (let next: string | null | undefined = above; next; next = aboveOf(next)) {
    if (seen.has(next)) return refuse('unit-circle')
    seen.add(next)
  }
  return accept(null)
}
