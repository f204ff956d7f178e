import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkKept } from '../../src/server/keeping/check.ts'
import type { Finding } from '../../src/server/keeping/findings.ts'
import { type KeptServer, openKept } from '../../src/server/keeping/openKept.ts'
import { rebuildProjections } from '../../src/server/keeping/rebuild.ts'
import type { RunningServer } from '../../src/server/start.ts'
import type { OfficeEvent, OfficeEventBody } from '../../src/shared/contract/office.ts'
import { sortedJson } from '../../src/shared/domain/eventChain.ts'
import { numberCommand, proposedLetter } from '../support/server/letters.ts'
import { sha256 } from '../support/server/minimalPdf.ts'
import { acceptedEvents, signInTo, type TestClient } from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let server: RunningServer & { readonly dataFolder: string }
let kept: KeptServer
let staff: TestClient
let deputy: TestClient

beforeAll(async () => {
  server = await startTestServer()
  staff = await signInTo(server.url, 'somying')
  deputy = await signInTo(server.url, 'teerawat')
  for (let count = 0; count < 3; count += 1) await numbered()
  await proposedLetter(staff, 'director-legal')
  const opened = await openKept({ dataFolder: server.dataFolder, databaseUrl: server.databaseUrl })
  if (!opened.ok) throw new Error(opened.refusal.code)
  kept = opened.value
})
afterAll(async () => {
  await kept?.close()
  await server?.stop()
})

async function numbered() {
  const letter = await proposedLetter(staff, 'deputy')
  acceptedEvents((await deputy.send(numberCommand(letter.letterId, 'deputy')))[0])
  return letter
}

async function check(fast = false): Promise<Finding[]> {
  const found: Finding[] = []
  await checkKept(kept, { fast }, (finding) => found.push(finding))
  return found
}
const codesOf = (found: readonly Finding[]) => [...new Set(found.map(({ code }) => code))].sort()

async function rebuild() {
  const rebuilt = await rebuildProjections(kept.database, () => undefined)
  if (!rebuilt) throw new Error('not rebuilt')
  return rebuilt
}

test('a server that people work with has nothing to be found, while they go on working', async () => {
  let working = true
  const work = (async () => {
    while (working) await numbered()
  })()
  try {
    for (let times = 0; times < 3; times += 1) expect(await check()).toEqual([])
  } finally {
    working = false
    await work
  }
  expect(await check()).toEqual([])
})

test('a rebuild of a sound server changes nothing, while people go on working', async () => {
  let working = true
  const work = (async () => {
    while (working) await numbered()
  })()
  try {
    for (let times = 0; times < 3; times += 1)
      expect(await rebuild()).toMatchObject({ mended: {}, sentAnew: 0 })
  } finally {
    working = false
    await work
  }
  expect(await check()).toEqual([])
})

test('every projection that was spoilt is found row by row, and made anew from the logs', async () => {
  const { letterId } = await numbered()
  const { letterId: other } = await numbered()
  const cursor = (await deputy.feed()).next
  const spoil = [
    sql`update letter set subject = 'เปลี่ยน', audience = '{person:nobody}' where id = ${letterId}`,
    sql`update letter set letter = jsonb_set(letter, '{addressee}', '"ผู้อื่น"') where id = ${other}`,
    sql`delete from register_entry where letter_id = ${letterId}`,
    sql`update register_counter set last_serial = last_serial + 5`,
    sql`delete from letter_file where letter_id = ${other}`,
    sql`insert into letter (id, version, stage, subject, unit_id, register_id, changed_at, audience, letter)
        values (gen_random_uuid(), 1, 'draft', 'x', 'fund', 'send-fund', now(), '{}', '{}')`,
    sql`insert into letter_file (letter_id, sha256) select id, repeat('0', 64) from letter where subject = 'x'`,
  ]
  for (const statement of spoil) await statement.execute(kept.database)

  const found = await check()
  expect(codesOf(found)).toEqual([
    'file-unrecorded',
    'number-gap',
    'projection-differs',
    'projection-extra',
    'projection-missing',
  ])
  expect(found).toContainEqual({
    code: 'projection-differs',
    detail: { table: 'letter', key: letterId, columns: 'subject, audience' },
  })
  expect(found).toContainEqual({
    code: 'projection-differs',
    detail: { table: 'letter', key: other, columns: 'letter' },
  })
  // What people wrote is not repeated where an administrator looks.
  expect(JSON.stringify(found)).not.toContain('ผู้อื่น')

  const rebuilt = await rebuild()
  expect(rebuilt.mended).toMatchObject({
    letter: { removed: 1, written: 2 },
    register_entry: { removed: 0, written: 1 },
    register_counter: { removed: 1, written: 1 },
    letter_file: { removed: 1, written: 1 },
  })
  expect(await check()).toEqual([])
  // Whoever could not see the letter meanwhile is sent it.
  expect(rebuilt.sentAnew).toBe(1)
  expect(await deputy.wholeFeed(cursor)).toMatchObject([{ kind: 'events', letterId }])
})

test('two letters that have each other’s numbers get their own back', async () => {
  const [one, two] = [await numbered(), await numbered()]
  const { database } = kept
  await sql`update register_entry set letter_id = gen_random_uuid() where letter_id = ${one.letterId}`.execute(
    database,
  )
  await sql`update register_entry set letter_id = ${one.letterId} where letter_id = ${two.letterId}`.execute(
    database,
  )
  expect((await check()).filter(({ code }) => code === 'projection-differs')).toHaveLength(2)
  await rebuild()
  expect(await check()).toEqual([])
})

test('an altered log is found at its first altered event, and a log that is no letter’s stops a rebuild', async () => {
  const { letterId } = await numbered()
  const log = await kept.database
    .selectFrom('letterEvent')
    .selectAll()
    .where('letterId', '=', letterId)
    .orderBy('version')
    .execute()
  await sql`update letter_event set event = jsonb_set(event, '{actor}', '"somebody"')
    where letter_id = ${letterId} and version = 2`.execute(kept.database)
  expect(await check()).toContainEqual({ code: 'log-broken-link', detail: { letter: letterId, version: 2 } })

  await sql`delete from letter_event where letter_id = ${letterId} and version = 1`.execute(kept.database)
  expect(await check()).toContainEqual({ code: 'log-unreadable', detail: { letter: letterId } })
  expect(await rebuildProjections(kept.database, () => undefined)).toBeUndefined()

  await kept.database.deleteFrom('letterEvent').where('letterId', '=', letterId).execute()
  await kept.database
    .insertInto('letterEvent')
    .values(log.map((row) => ({ ...row, event: JSON.stringify(row.event) })))
    .execute()
  expect(await check()).toEqual([])
})

test('a reserved number is made anew from its register’s log, is no gap, and an altered log is found', async () => {
  const { database } = kept
  const counter = await database.selectFrom('registerCounter').selectAll().executeTakeFirstOrThrow()
  const { registerId, buddhistYear, lastSerial } = counter
  const number = { registerId, buddhistYear, serial: lastSerial + 1 }
  const log = officeLog('register:send-fund', [
    {
      ...{ type: 'number-reserved', ...number, text: 'สปสช 5.30/จอง', date: '2026-11-24', owner: 'deputy' },
      ...{ reason: 'รอลงนาม', until: '2026-11-25T00:00:00.000Z' },
    },
    { type: 'reservation-cancelled', ...number, reason: 'ไม่ได้ใช้', expired: false },
  ])
  const keep = (events: readonly OfficeEvent[]) =>
    database
      .insertInto('officeEvent')
      .values(
        events.map((event) => ({
          stream: event.stream,
          version: event.version,
          event: JSON.stringify(event),
        })),
      )
      .execute()
  await keep(log)
  expect(codesOf(await check())).toEqual(['projection-differs', 'projection-missing'])
  expect((await rebuild()).mended).toMatchObject({
    reservation: { written: 1 },
    register_counter: { written: 1 },
  })
  expect(await check()).toEqual([])
  expect(await database.selectFrom('reservation').selectAll().executeTakeFirst()).toMatchObject({
    ...{ serial: lastSerial + 1, state: 'cancelled', cancelledFor: 'ไม่ได้ใช้', reservedBy: 'pimjai' },
  })
  await numbered()
  expect(await check()).toEqual([])

  await sql`update office_event set event = jsonb_set(event, '{actor}', '"somebody"')
    where version = 2 and stream = 'register:send-fund'`.execute(database)
  expect(await check()).toEqual([
    { code: 'office-log-broken-link', detail: { stream: 'register:send-fund', version: 2 } },
  ])
  const ofRegister = database.deleteFrom('officeEvent').where('stream', '=', 'register:send-fund')
  await ofRegister.where('version', '=', 1).execute()
  expect(await check()).toContainEqual({
    code: 'office-log-unreadable',
    detail: { stream: 'register:send-fund' },
  })
  await ofRegister.execute()
  await keep(log)
  expect(await check()).toEqual([])
})

/** A log of the office as the server chains it. */
function officeLog(stream: string, bodies: readonly OfficeEventBody[]): OfficeEvent[] {
  let previousHash: string | null = null
  return bodies.map((body, index) => {
    const time = new Date().toISOString()
    const unsealed = {
      ...{ stream, version: index + 1, commandId: randomUUID(), actor: 'pimjai', device: randomUUID() },
      ...{ clientTime: time, serverTime: time, body, previousHash },
    }
    previousHash = sha256(Buffer.from(sortedJson(unsealed)))
    return { ...unsealed, hash: previousHash }
  })
}

test('a feed with a hole, without an event or with a wrong head is found', async () => {
  const { letterId } = await numbered()
  const rows = await kept.database
    .selectFrom('feed')
    .selectAll()
    .where('letterId', '=', letterId)
    .orderBy('seq')
    .execute()
  const last = rows.at(-1)
  if (!last) throw new Error('no entry')
  await numbered()
  // Those who saw the letter before and those who see it now are told in an entry each.
  const telling = rows.filter(({ toVersion }) => toVersion === last.toVersion)
  const seqs = telling.map(({ seq }) => seq)
  await kept.database.deleteFrom('feed').where('seq', 'in', seqs).execute()
  const found = await check()
  expect(found).toContainEqual({ code: 'feed-gap', detail: { from: seqs[0], to: last.seq } })
  expect(found).toContainEqual({
    code: 'event-without-feed',
    detail: { letter: letterId, version: last.toVersion },
  })
  await kept.database
    .insertInto('feed')
    .values(telling.map((row) => (row === last ? { ...row, toVersion: 99 } : row)))
    .execute()
  expect(codesOf(await check())).toEqual(['feed-without-event'])
  await kept.database
    .updateTable('feed')
    .set({ toVersion: last.toVersion })
    .where('seq', '=', last.seq)
    .execute()

  await sql`update feed_head set seq = seq + 1`.execute(kept.database)
  expect(codesOf(await check())).toEqual(['feed-head-differs'])
  await sql`update feed_head set seq = seq - 1`.execute(kept.database)
})

test('files that are lost, cut or altered are found; only sizes when it has to be fast', async () => {
  const stored = await Promise.all([
    proposedLetter(staff, 'deputy'),
    proposedLetter(staff, 'deputy'),
    proposedLetter(staff, 'deputy'),
  ])
  const [lost, cut, altered] = stored.map(({ file }) => sha256(file)) as [string, string, string]
  const place = (hash: string) =>
    join(server.dataFolder, 'files', hash.slice(0, 2), hash.slice(2, 4), `${hash}.pdf`)
  const original = stored[2]?.file ?? new Uint8Array()
  await rm(place(lost))
  await writeFile(place(cut), 'x')
  await writeFile(place(altered), Buffer.from(original).fill(32, 0, 4))
  const found = await check()
  expect(found).toContainEqual({ code: 'file-lost', detail: { file: lost } })
  expect(found).toContainEqual({
    code: 'file-size-differs',
    detail: { file: cut, found: 1, bytes: stored[1]?.file.length },
  })
  expect(found).toContainEqual({ code: 'file-altered', detail: { file: altered } })
  expect(codesOf(await check(true))).toEqual(['file-lost', 'file-size-differs'])
})
