import type { BodyOf, CommandBody } from '../../../src/shared/contract/letter.ts'
import type { Organisation } from '../../../src/shared/contract/organisation.ts'
import { currentRevision, type Letter } from '../../../src/shared/domain/letter.ts'
import { commandSamples } from '../server/commandSamples.ts'

/** Chance that can be had again from its seed (mulberry32). */
export function chance(seed: number) {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    /** One of `items`; fails on none. */
    one: <Item>(items: readonly Item[]): Item => {
      const item = items[Math.floor(next() * items.length)]
      if (item === undefined) throw new Error('nothing to choose from')
      return item
    },
    often: (share: number): boolean => next() < share,
    id: (): string => {
      const hex = () =>
        Math.floor(next() * 2 ** 32)
          .toString(16)
          .padStart(8, '0')
      const digits = `${hex()}${hex()}${hex()}${hex()}`
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-7${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`
    },
  }
}

type Chance = ReturnType<typeof chance>

/** From what chance chooses. */
export interface World {
  readonly organisation: Organisation
  readonly people: readonly string[]
  readonly positions: readonly string[]
  readonly units: readonly string[]
  readonly letters: readonly Letter[]
}

/** A body of `type` that may be right for `letter`, or not: ids of it and of others, other people, other units. */
export function bodyFor(type: CommandBody['type'], letter: Letter, world: World, luck: Chance): CommandBody {
  const other = luck.one([letter, ...world.letters])
  const of = luck.often(0.8) ? letter : other
  const part = (ids: readonly string[]) => (ids.length > 0 && luck.often(0.9) ? luck.one(ids) : luck.id())
  const position = luck.one(world.positions)
  const unitId = luck.one(world.units)
  const hash = luck.id().replaceAll('-', '').padEnd(64, '0')
  const revision = { sha256: hash, bytes: 1000, extends: null }
  const signed = { ...revision, extends: currentRevision(of)?.sha256 ?? 'f'.repeat(64) }
  const register = (use: 'send' | 'receive', unit: string) => {
    const own = world.organisation.registers.filter((one) => one.unitId === unit && one.use === use)
    return luck.one(own.length > 0 ? own : world.organisation.registers).id
  }
  const secrecy = luck.one(['none', 'none', 'none', 'confidential', 'secret'] as const)
  const facts = {
    secrecy,
    matter: luck.one(['general', 'general', 'discipline'] as const),
    enclosures: [],
    circular: luck.often(0.2),
    evidenceClass: luck.one(['other', 'financial'] as const),
  }
  const kinds = {
    kind: luck.one(['internal', 'external', 'stamped', 'record'] as const),
    form: luck.one(['letter', 'other', 'note'] as const),
  }
  switch (type) {
    case 'draft':
      return {
        ...commandSamples.draft,
        ...facts,
        ...kinds,
        unitId,
        registerId: register('send', unitId),
        revision,
      }
    case 'revise':
      return { ...commandSamples.revise, ...facts, ...kinds, revision }
    case 'register':
      return {
        ...{
          ...commandSamples.register,
          ...facts,
          ...kinds,
          unitId,
          registerId: register('receive', unitId),
        },
        ...{ arrivedAt: '2026-11-01T03:00:00.000Z', exchangeItemId: null, despiteDuplicate: luck.often(0.7) },
        file: luck.often(0.5) ? { fileName: 'ก.pdf', pageCount: 1, revision } : null,
      }
    case 'receive': {
      const sent = world.letters.flatMap(({ id, deliveries }) =>
        deliveries.map((delivery) => ({ id, delivery })),
      )
      const from = sent.length > 0 ? luck.one(sent) : undefined
      const to = luck.often(0.8) ? (from?.delivery.toUnitId ?? unitId) : unitId
      return {
        type,
        from: { letterId: from?.id ?? luck.id(), deliveryId: from?.delivery.id ?? 'x' },
        ...{ unitId: to, registerId: register('receive', to) },
      }
    }
    case 'request-check':
      return {
        ...commandSamples[type],
        order: luck.one(['serial', 'parallel']),
        reviewers: [luck.one(world.people), luck.one(world.people)],
      }
    case 'propose':
      return { type, to: position, note: '' }
    case 'forward':
      return { type, to: position, note: '', dueAt: null }
    case 'recall':
      return { ...commandSamples[type], target: part([...of.legs, ...of.deliveries].map(({ id }) => id)) }
    case 'bind-number':
      return luck.often(0.9) ? { type } : { type, reserved: 1 + Math.floor(luck.next() * 5) }
    case 'sign':
      return { type, revision: signed }
    case 'sign-on-paper':
      return { ...commandSamples[type], revision, signedFor: position, signedOn: '2026-11-01' }
    case 'endorse':
      return {
        ...{ ...commandSamples[type], act: luck.one(['opinion', 'order']), dueAt: null },
        to: luck.often(0.5) ? position : null,
        signature: luck.often(0.5)
          ? { method: 'electronic', look: 'typed' }
          : { method: 'digital', revision: signed },
      } satisfies BodyOf<'endorse'>
    case 'deliver':
      return { ...commandSamples[type], to: [unitId, luck.one(world.units)] }
    case 'return-delivery':
      return {
        ...commandSamples[type],
        source:
          of.origin.kind === 'received'
            ? { ...of.origin.source }
            : { letterId: other.id, deliveryId: part(other.deliveries.map(({ id }) => id)) },
      } as CommandBody
    case 'attach':
      return { ...commandSamples[type], revision }
    case 'correct':
      return {
        ...commandSamples[type],
        changes: luck.one([
          { subject: 'ใหม่' },
          { sender: { ...commandSamples.register.sender, number: luck.id() } },
          { paperAt: '' },
        ]),
      }
    case 'reclassify':
      return {
        ...commandSamples[type],
        secrecy: luck.one(['none', 'confidential', 'secret', 'top-secret']),
        matter: 'general',
      }
    case 'dispatch':
      return {
        ...{ ...commandSamples[type], way: luck.one(['email', 'post', 'hand', 'e-cms']) },
        recipients: [
          {
            agencyId: luck.often(0.2) ? null : luck.one(world.organisation.agencies).id,
            name: 'ตัวอย่าง',
            address: '',
          },
        ],
      }
    case 'withdraw-dispatch':
      return { ...commandSamples[type], dispatchId: part(of.dispatches.map(({ id }) => id)) }
    case 'confirm-dispatch':
      return {
        ...{
          ...commandSamples[type],
          dispatchId: part(of.dispatches.map(({ id }) => id)),
          at: '2026-11-02T03:00:00.000Z',
        },
        recipient: luck.one([0, 0, 1, 99]),
      }
    case 'store':
      return { ...commandSamples[type], classId: luck.one(world.organisation.policy.retention).id }
    case 'borrow':
      return { ...commandSamples[type], until: luck.one(['2030-01-01', '2020-01-01']) }
    case 'decide-loan':
    case 'end-loan':
      return { ...commandSamples[type], loanId: part(of.loans.map(({ id }) => id)) } as CommandBody
    default:
      return commandSamples[type]
  }
}
