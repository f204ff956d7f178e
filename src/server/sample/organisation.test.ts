import { describe, expect, it } from 'vitest'
import { organisationSchema } from '../../shared/contract/organisation.ts'
import { directoryOf } from '../../shared/domain/organisation.ts'
import { receiveRegisterFor, sendRegisterFor } from '../../shared/domain/registers.ts'
import { isCleared } from '../../shared/domain/secrecy.ts'
import { canonicalThai } from '../../shared/thai/canonical.ts'
import { toArabicDigits } from '../../shared/thai/digits.ts'
import { sampleOrganisation } from './organisation.ts'

const { units, positions, people, assignments, duties, delegations, registers, agencies, links } =
  sampleOrganisation
const directory = directoryOf(sampleOrganisation)
const now = '2026-11-23T03:00:00.000Z'

describe('the sample organisation', () => {
  it('has the shape that every client parses', () => {
    expect(organisationSchema.parse(sampleOrganisation)).toEqual(sampleOrganisation)
  })

  it('uses each id once', () => {
    for (const items of [units, positions, people, registers, agencies, delegations]) {
      const ids = items.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
    }
    const names = people.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  it('speaks only of people and places that it has', () => {
    const unitIds = new Set(units.map(({ id }) => id))
    const personIds = new Set(people.map(({ id }) => id))
    const positionIds = new Set(positions.map(({ id }) => id))
    const named = {
      units: [...positions, ...people, ...duties, ...registers].map(({ unitId }) => unitId),
      people: [...assignments, ...duties, ...delegations].map(({ personId }) => personId),
      positions: [...assignments, ...delegations].map(({ positionId }) => positionId),
      superiors: positions.flatMap(({ superiorId }) => superiorId ?? []),
      parents: units.flatMap(({ parentId }) => parentId ?? []),
    }
    expect(named.units.filter((id) => !unitIds.has(id))).toEqual([])
    expect(named.parents.filter((id) => !unitIds.has(id))).toEqual([])
    expect(named.people.filter((id) => !personIds.has(id))).toEqual([])
    expect([...named.positions, ...named.superiors].filter((id) => !positionIds.has(id))).toEqual([])
  })

  it('has a clerk, a receive register and a way to number in each unit', () => {
    for (const { id } of units) {
      expect(directory.clerks(id, now).length, id).toBeGreaterThan(0)
      expect(receiveRegisterFor(id, false, directory), id).toBeDefined()
      const filing = { kind: 'internal', form: 'letter', circular: true, secrecy: 'none' } as const
      expect(sendRegisterFor(filing, id, directory), id).toBeDefined()
    }
  })

  it('keeps secret registers only where a clerk is appointed for them', () => {
    for (const { unitId } of registers.filter(({ secret }) => secret)) {
      const clerks = directory.clerks(unitId, now)
      expect(
        clerks.some(({ id }) => isCleared(id, 'confidential', directory)),
        unitId,
      ).toBe(true)
    }
  })

  it('has thirteen regions with the mailboxes saraban1@ to saraban13@, and saraban@ for the registry', () => {
    const mailboxes = units.flatMap(({ mailbox }) => mailbox ?? []).map((mailbox) => mailbox.split('@')[0])
    expect(mailboxes).toEqual(['saraban', ...Array.from({ length: 13 }, (_, index) => `saraban${index + 1}`)])
  })

  it('has somebody acting in each post that nobody holds', () => {
    const vacant = positions.filter(({ id }) => directory.holder(id, now) === undefined)
    expect(vacant.map(({ id }) => id)).toEqual(['director-comms'])
    expect(directory.delegationsOf('director-comms', now).map(({ kind }) => kind)).toEqual(['acting'])
  })

  it('knows agencies with and without a central mailbox, and some that exchange', () => {
    expect(agencies.length).toBeGreaterThanOrEqual(110)
    expect(agencies.filter(({ mailbox }) => mailbox === null).length).toBeGreaterThan(20)
    expect(agencies.filter(({ exchange }) => exchange !== null).length).toBeGreaterThan(15)
    expect(links).toHaveLength(5)
  })

  it('is written as Thai is written', () => {
    const texts = [...units, ...people, ...agencies].map(({ name }) => name)
    texts.push(...positions.map(({ title }) => title), ...registers.map(({ title }) => title))
    for (const text of texts) {
      expect(text).toBe(text.trim())
      expect(canonicalThai(text)).toBe(toArabicDigits(text).toLowerCase())
    }
  })
})
