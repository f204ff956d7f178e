import pg from 'pg'
import { sampleOrganisation } from '../../../../src/server/sampleOrganisation.ts'
import type { Organisation } from '../../../../src/shared/contract/organisation.ts'

/** The sample organisation with staff added, unit by unit, until it has `count` people. */
export function staffed(count: number): Organisation {
  const people = [...sampleOrganisation.people]
  const units = sampleOrganisation.units.filter(({ id }) => people.some(({ unitId }) => unitId === id))
  for (let index = 0; people.length < count; index += 1) {
    const like = people.find(({ unitId }) => unitId === units[index % units.length]?.id)
    if (!like) throw new Error('a unit has people')
    const id = `staff-${index + 1}`
    people.push({ ...like, id, name: `นางสาวสมใจ ที่ ${index + 1}`, email: `${id}@saraban.example` })
  }
  return { ...sampleOrganisation, version: sampleOrganisation.version + 1, people }
}

/** Puts an organisation in the place of the one that a server's database has. */
export async function putOrganisation(databaseUrl: string, organisation: Organisation): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { version } = organisation
    const values = [version, JSON.stringify(organisation)]
    await client.query('update organisation set version = $1, organisation = $2', values)
  } finally {
    await client.end()
  }
}
