import { createHash } from 'node:crypto'
import { resolve, sep } from 'node:path'
import pg from 'pg'

/** The databases that were made for servers' data folders. */
const made = new Map<string, string>()

/**
 * A database on the PostgreSQL that TEST_DATABASE_URL names, for the server whose data is in `folder`; made empty when
 * it is first asked for. Undefined without that variable: the server runs a PostgreSQL of its own then.
 */
export async function givenDatabase(folder: string): Promise<string | undefined> {
  const url = process.env.TEST_DATABASE_URL
  if (!url) return undefined
  const place = resolve(folder)
  const name = `saraban_test_${createHash('sha256').update(place).digest('hex').slice(0, 24)}`
  if (!made.has(place)) {
    made.set(place, name)
    await administer(url, `create database ${name}`)
  }
  const own = new URL(url)
  own.pathname = `/${name}`
  return own.href
}

/** Takes the databases of all data folders in `folder` away, as removing the folder does with a server's own. */
export async function dropGivenDatabases(folder: string): Promise<void> {
  const above = resolve(folder)
  for (const [place, name] of made) {
    if (place !== above && !place.startsWith(above + sep)) continue
    made.delete(place)
    await administer(process.env.TEST_DATABASE_URL ?? '', `drop database if exists ${name} with (force)`)
  }
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
