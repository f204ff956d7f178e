import type { BodyOf } from '../../../../shared/contract/letter.ts'
import type { Course, Office } from '../office.ts'
import { pace } from '../pace.ts'
import { clerkOf, groupOf, headOf, receiveRegister } from '../staff.ts'
import { phrases } from '../texts/phrases.ts'
import { finished } from './finishing.ts'
import { replying } from './outgoing.ts'
import { considered, mayGoTo, type Part } from './trays.ts'
import { perhapsDue } from './writing.ts'

type Objective = BodyOf<'deliver'>['objective']

/** Hands a letter over to units, each of which goes its own way with it; at times the first try is recalled. */
export function* handedOver(
  office: Office,
  letterId: string,
  actor: string,
  to: readonly string[],
  objective: Objective,
): Part<void> {
  const { random } = office
  const units = to.filter((unitId) => unitId !== office.letter(letterId).unitId)
  const [only] = units
  if (only === undefined) return
  const deliver = () =>
    office.act(letterId, actor, {
      ...{ type: 'deliver', to: units, objective, note: random.pick(phrases.deliver) },
      dueAt: objective === 'for-information' ? null : perhapsDue(office, 0.3),
    })
  if (units.length === 1 && random.chance(0.01)) {
    const mistaken = deliver()
    yield pace.minutes(random, 1, 10)
    const reason = random.pick(phrases.recalledDelivery)
    office.act(letterId, actor, { type: 'recall', target: `${mistaken}.${only}`, reason })
    yield pace.minutes(random, 5, 60)
  }
  const delivery = deliver()
  for (const unitId of units) {
    const from = { letterId, deliveryId: `${delivery}.${unitId}` }
    office.start(receiving(office, from, unitId, objective), [letterId], office.inTray())
  }
}

/** รับหนังสือจากต้นทาง: a unit's clerk takes a delivery into the unit's own register, or gives it back. */
function* receiving(
  office: Office,
  from: BodyOf<'receive'>['from'],
  unitId: string,
  objective: Objective,
): Course {
  const { random } = office
  const { secrecy } = office.letter(from.letterId)
  const clerk = clerkOf(office, unitId, secrecy)
  const registerId = receiveRegister(office, unitId, secrecy)
  const letterId = office.begin(clerk, { type: 'receive', from, unitId, registerId })
  if (letterId === undefined) return
  if (objective !== 'for-information' && random.chance(0.012)) {
    yield pace.hours(random, 0, 8)
    const reason = random.pick(phrases.returnedDelivery)
    office.act(letterId, clerk, { type: 'return-delivery', source: from, reason })
    return
  }
  office.leave(from.letterId)
  yield* handled(office, letterId, objective === 'for-information')
}

/** What a unit does with a letter that came to it: its head orders, somebody answers, it is closed. */
export function* handled(office: Office, letterId: string, forInformation: boolean): Part<void> {
  const { random } = office
  const { unitId, secrecy, circular } = office.letter(letterId)
  const clerk = clerkOf(office, unitId, secrecy)
  if (random.chance(0.05)) {
    yield pace.minutes(random, 3, 60)
    office.act(letterId, clerk, { type: 'note', text: random.pick(phrases.privateNote) })
  }
  const head = headOf(office, unitId)
  const isPlain = random.chance(forInformation ? (circular ? 0.92 : 0.7) : 0.12)
  if (!isPlain && mayGoTo(office, head, letterId)) {
    yield pace.minutes(random, 3, 180)
    const orders = forInformation ? phrases.noted : [...phrases.assign, ...phrases.noted]
    if (!(yield* proposedUntilOrdered(office, letterId, clerk, head, orders))) return
    const group = forInformation ? undefined : groupOf(office, unitId)
    if (group !== undefined && random.chance(0.25)) {
      yield pace.minutes(random, 5, 120)
      yield* handedOver(office, letterId, clerk, [group], 'for-action')
    }
    if (!forInformation) yield pace.hours(random, 4, 60)
    const letter = office.letter(letterId)
    const isFromOutside = letter.kind === 'external' && secrecy === 'none'
    if (isFromOutside && !forInformation && random.chance(0.25)) office.start(replying(office, letter), [])
  }
  yield* becameCase(office, letterId, clerk)
  yield* finished(office, letterId)
}

/** What began as a matter of law turns into a suit at times, which goes by paper from then on. */
function* becameCase(office: Office, letterId: string, clerk: string): Part<void> {
  const { random } = office
  const { evidenceClass, matter, secrecy } = office.letter(letterId)
  const isCase =
    evidenceClass === 'legal' && matter === 'general' && secrecy === 'none' && random.chance(0.03)
  if (!isCase) return
  yield pace.hours(random, 1, 16)
  const reason = random.pick(phrases.becameCase)
  office.act(letterId, clerk, { type: 'reclassify', secrecy, matter: 'litigation', reason })
}

/** A clerk's letter at a position, proposed again where it came back; false where it is left there. */
export function* proposedUntilOrdered(
  office: Office,
  letterId: string,
  clerk: string,
  to: string,
  orders: readonly string[],
  onward: string | null = null,
): Part<boolean> {
  const { random } = office
  for (let tries = 1; tries <= 2; tries += 1) {
    office.act(letterId, clerk, { type: 'propose', to, note: random.pick(phrases.propose) })
    const outcome = yield* considered(office, letterId, clerk, orders, onward)
    if (outcome === 'ordered' || office.letter(letterId).secrecy !== 'none') return true
    yield pace.hours(random, 1, 16)
  }
  return random.chance(0.7)
}
