import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import pg from 'pg'
import type { LetterEvent } from '../../../../src/shared/contract/letter.ts'
import type { Organisation } from '../../../../src/shared/contract/organisation.ts'
import { audienceOf, tokensOf } from '../../../../src/shared/domain/audience.ts'
import { foldLetter } from '../../../../src/shared/domain/evolve.ts'
import { directoryOf } from '../../../../src/shared/domain/organisation.ts'
import type { View } from './view.ts'

/** A command with the answer that its sender has; none where the server went away first. */
interface SentCommand {
  readonly id: string
  readonly events?: readonly LetterEvent[]
}

/** What is to be compared with the database. */
export interface Claims {
  readonly sent: readonly SentCommand[]
  readonly views: readonly View[]
}

/**
 * Everything in a server's database that contradicts what its clients were told, or itself; none when all is well.
 * Asks in SQL of its own and computes the hashes by itself, so that it does not share the server's mistakes.
 */
export async function contradictions(database: string | pg.Client, claims: Claims): Promise<string[]> {
  if (typeof database !== 'string') return contradictionsIn(database, claims)
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  return contradictionsIn(client, claims).finally(() => client.end())
}

async function contradictionsIn(client: pg.Client, claims: Claims): Promise<string[]> {
  const logs = await readLogs(client)
  return [
    ...brokenLogs(logs),
    ...(await stale(client, logs)),
    ...lostOrDoubled(logs, claims.sent),
    ...(await wrongNumbers(client, logs)),
    ...(await wrongFeed(client)),
    ...(await wrongViews(client, logs, claims.views)),
  ]
}

type Logs = ReadonlyMap<string, readonly LetterEvent[]>

async function readLogs(client: pg.Client): Promise<Logs> {
  const { rows } = await client.query<{ event: LetterEvent }>(
    'select event from letter_event order by letter_id, version',
  )
  return Map.groupBy(
    rows.map(({ event }) => event),
    ({ letterId }) => letterId,
  )
}

/** Versions from 1 without a gap, each hash over its event and the hash before it. */
function brokenLogs(logs: Logs): string[] {
  const faults: string[] = []
  for (const [letterId, log] of logs) {
    let before: string | null = null
    for (const [index, { hash, ...sealed }] of log.entries()) {
      const own = createHash('sha256').update(canonical(sealed)).digest('hex')
      if (sealed.version !== index + 1 || sealed.previousHash !== before || hash !== own) {
        faults.push(`letter ${letterId}: its chain is broken at ${index + 1}`)
        break
      }
      before = hash
    }
  }
  return faults
}

/** JSON whose keys are in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  )
}

/** Letters whose projection is behind or ahead of their log. */
async function stale(client: pg.Client, logs: Logs): Promise<string[]> {
  const { rows } = await client.query<{ id: string; version: number }>('select id, version from letter')
  const projected = new Map(rows.map(({ id, version }) => [id, version]))
  const faults = [...logs]
    .filter(([id, log]) => projected.get(id) !== log.length)
    .map(([id]) => `letter ${id}: its projection is not at the end of its log`)
  return projected.size === logs.size
    ? faults
    : [...faults, 'projections and logs are not of the same letters']
}

/** Commands whose events are not there as told, or there more than once; events that nobody asked for. */
function lostOrDoubled(logs: Logs, sent: readonly SentCommand[]): string[] {
  const done = Map.groupBy([...logs.values()].flat(), ({ commandId }) => commandId)
  const faults = sent
    .filter(({ id, events }) => events && !isDeepStrictEqual(done.get(id), events))
    .map(({ id }) => `command ${id}: what was acknowledged is not what is there`)
  const known = new Set(sent.map(({ id }) => id))
  const stray = [...done.keys()].filter((id) => !known.has(id))
  const twice = [...done].filter(
    ([, events]) => new Set(events.map(({ body }) => body.type)).size < events.length,
  )
  return [
    ...faults,
    ...stray.map((id) => `command ${id}: nobody sent it`),
    ...twice.map(([id]) => `command ${id}: it was carried out twice`),
  ]
}

/** Every register 1 to n without a gap or a double, as the logs and the counters have it. */
async function wrongNumbers(client: pg.Client, logs: Logs): Promise<string[]> {
  const { rows: registers } = await client.query<{ register: string; serials: number[]; counter: number }>(
    `select counter.register_id || ' ' || counter.buddhist_year as register, counter.last_serial as counter,
       coalesce(array_agg(entry.serial order by entry.serial) filter (where entry.serial is not null), '{}') as serials
     from register_counter counter left join register_entry entry using (register_id, buddhist_year)
     group by counter.register_id, counter.buddhist_year, counter.last_serial`,
  )
  const bound = Map.groupBy(
    [...logs.values()].flat().flatMap(({ body }) => (body.type === 'number-bound' ? [body] : [])),
    ({ registerId, buddhistYear }) => `${registerId} ${buddhistYear}`,
  )
  const faults = registers.flatMap(({ register, serials, counter }) => {
    const logged = (bound.get(register) ?? []).map(({ serial }) => serial).sort((one, other) => one - other)
    const dense = serials.every((serial, index) => serial === index + 1) && counter === serials.length
    return dense && isDeepStrictEqual(logged, serials)
      ? []
      : [`register ${register}: numbers are lost or doubled`]
  })
  const counted = new Set(registers.map(({ register }) => register))
  return [
    ...faults,
    ...[...bound.keys()].filter((one) => !counted.has(one)).map((one) => `register ${one}: no counter`),
  ]
}

async function wrongFeed(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ dense: boolean }>(
    `select count(*) = head.seq and coalesce(min(feed.seq), 1) = 1 and coalesce(max(feed.seq), 0) = head.seq as dense
     from feed_head head left join feed on true group by head.seq`,
  )
  return rows.length === 1 && rows[0]?.dense ? [] : ['the feed is not dense from 1 to its head']
}

/** Views that are not exactly the letters that their person may see, as the logs have them. */
async function wrongViews(client: pg.Client, logs: Logs, views: readonly View[]): Promise<string[]> {
  const { rows } = await client.query<{ organisation: Organisation }>('select organisation from organisation')
  const [row] = rows
  if (!row) return ['there is no organisation']
  const directory = directoryOf(row.organisation)
  const letters = [...logs].map(([id, log]) => {
    const letter = foldLetter(log)
    return { id, log, audience: letter ? audienceOf(letter) : [] }
  })
  return views.flatMap((view) => {
    const tokens = tokensOf(view.personId, directory, new Date().toISOString())
    const permitted = letters.filter(({ audience }) => audience.some((token) => tokens.includes(token)))
    const wrong = permitted.filter(({ id, log }) => {
      const seen = [...(view.letters.get(id)?.values() ?? [])].sort(
        (one, other) => one.version - other.version,
      )
      return !isDeepStrictEqual(seen, log)
    })
    const more = view.letters.size - (permitted.length - wrong.length)
    const faults = wrong.map(({ id }) => `${view.personId} has not letter ${id} as it is`)
    return wrong.length === 0 && more > 0 ? [`${view.personId} has ${more} letters too many`] : faults
  })
}
