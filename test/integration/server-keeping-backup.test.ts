import { randomBytes, randomUUID } from 'node:crypto'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../src/server/database/connect.ts'
import { SAMPLE_PASSWORD } from '../../src/server/sampleOrganisation.ts'
import { sarabanHere } from '../support/cli/saraban.ts'
import { givenDatabase } from '../support/server/givenDatabase.ts'
import { draftCommand, numberCommand, proposedLetter } from '../support/server/letters.ts'
import { minimalPdf, sha256 } from '../support/server/minimalPdf.ts'
import { acceptedEvents, askSignIn, signInTo, type TestClient } from '../support/server/testClient.ts'
import { type ServerProcess, startServerProcess, temporaryFolder } from '../support/server/testServer.ts'

const subject = 'ขออนุมัติงบลับสุดยอด'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let server: ServerProcess
let staff: TestClient
let deputy: TestClient
let recipient: string
let backupFile: string
const at = (name: string) => join(folder.path, name)

beforeAll(async () => {
  folder = await temporaryFolder()
  server = await startServerProcess(['--data', at('data'), '--sample'])
  staff = await signInTo(server.url, 'somying')
  deputy = await signInTo(server.url, 'teerawat')
  for (let count = 0; count < 3; count += 1) await numbered()
  await proposedLetter(staff, 'deputy', subject)
  recipient = (await saraban('server', 'backup-key', at('key.txt'))).answer.recipient as string
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
})

async function numbered() {
  const { letterId } = await proposedLetter(staff, 'deputy')
  acceptedEvents((await deputy.send(numberCommand(letterId, 'deputy')))[0])
}

/** Runs a command on the database of its data folder; `answer` is the last line of its output. */
async function saraban(...words: string[]) {
  const data = words[words.indexOf('--data') + 1] ?? ''
  const given = words.includes('--data') ? await givenDatabase(data) : undefined
  const said = await sarabanHere([...words, '--json'], { DATABASE_URL: given ?? '' })
  return { code: said.status, output: said.stdout, answer: said.lines().at(-1) ?? {} }
}

/** Every row of a table of a server that is stopped or running, as text. */
async function rowsOf(url: string, table: string): Promise<string[]> {
  const database = connect(url, () => undefined)
  try {
    const rows = await database.kysely
      .selectFrom(table as 'letter')
      .selectAll()
      .execute()
    return rows.map((row) => JSON.stringify(row)).sort()
  } finally {
    await database.end()
  }
}

async function databaseUrlOf(data: string): Promise<string> {
  const given = await givenDatabase(data)
  if (given) return given
  const password = (await readFile(join(data, 'database/password'), 'utf8')).trim()
  const port = (await readFile(join(data, 'database/cluster/postmaster.pid'), 'utf8')).split('\n')[3]
  return `postgres://saraban:${password}@127.0.0.1:${port}/postgres`
}

test('a backup is taken of a server that people work with, and holds nothing that reads in the clear', async () => {
  let working = true
  const work = (async () => {
    while (working) await numbered()
  })()
  const { code, answer } = await saraban(
    'backup',
    folder.path,
    '--data',
    at('data'),
    '--recipient',
    recipient,
  )
  working = false
  await work
  expect(code).toBe(0)
  expect(answer).toMatchObject({ encrypted: true, lost: [], altered: [] })
  backupFile = answer.file as string
  expect((await stat(backupFile)).mode & 0o077).toBe(0)
  const bytes = await readFile(backupFile)
  expect(bytes.subarray(0, 21).toString()).toBe('age-encryption.org/v1')
  expect(bytes.includes(Buffer.from('saraban-backup'))).toBe(false)
  expect(bytes.includes(Buffer.from('%PDF'))).toBe(false)
})

test('what is restored is what was backed up, and passes its check; everyone signs in again', async () => {
  const { code, answer, output } = await saraban(
    ...['restore', backupFile, '--identity', at('key.txt'), '--data', at('restored')],
  )
  expect(output).not.toContain('finding"')
  expect({ code, answer }).toMatchObject({ code: 0, answer: { findings: 0 } })

  const again = await startServerProcess(['--data', at('restored')])
  try {
    const refused = await fetch(`${again.url}/v1/feed`, {
      headers: { authorization: `Bearer ${staff.session.accessToken}` },
    })
    expect(refused.status).toBe(401)
    const staffThere = await signInTo(again.url, 'somying')
    const deputyThere = await signInTo(again.url, 'teerawat')
    const entries = await staffThere.wholeFeed()
    const here = await staff.wholeFeed()
    expect(entries.length).toBeGreaterThan(6)
    expect(entries).toEqual(here.slice(0, entries.length))

    // The next number follows the last one of the backup, and files open.
    const { letterId, file } = await proposedLetter(staffThere, 'deputy')
    const [result] = await deputyThere.send(numberCommand(letterId, 'deputy'))
    const [event] = acceptedEvents(result)
    const numbers = entries.flatMap((entry) =>
      entry.kind === 'events' ? entry.events.filter(({ body }) => body.type === 'number-bound') : [],
    )
    expect(event?.body).toMatchObject({ serial: new Set(numbers.map(({ hash }) => hash)).size + 1 })
    const bytes = await (await deputyThere.request(`/files/${sha256(file)}`)).arrayBuffer()
    expect(sha256(new Uint8Array(bytes))).toBe(sha256(file))

    const url = await databaseUrlOf(at('restored'))
    const original = await databaseUrlOf(at('data'))
    for (const table of ['account', 'organisation', 'trust', 'device']) {
      const kept = new Set(await rowsOf(url, table))
      for (const row of await rowsOf(original, table)) {
        if (!row.includes('lastSignInAt')) expect(kept).toContain(row)
      }
    }
    expect((await saraban('check', '--data', at('restored'))).code).toBe(0)
  } finally {
    await again.stop()
  }
})

test('rows that stand before those of their own table that they refer to are restored', async () => {
  const database = connect(await databaseUrlOf(at('data')), () => undefined)
  const insert = (id: string, replaces: string, count: number) =>
    sql`insert into exchange_outbox (id, way, kind, letter_number, letter_date, department, message, replaces, state,
        uncertain, attempts, next_attempt_at, queued_at)
      select ${sql.raw(id)}, 'ecms', 'letter', 'n', '2026-11-23', 'd', '{}', ${sql.raw(replaces)}, 'replaced', false, 0,
        now(), now() from generate_series(1, ${sql.lit(count)})`.execute(database.kysely)
  const target = `'${randomUUID()}'::uuid`
  await insert(target, 'null', 1)
  await insert('gen_random_uuid()', target, 1200)
  // Whatever is changed is written anew, after all others.
  await sql`update exchange_outbox set attempts = 1 where id = ${sql.raw(target)}`.execute(database.kysely)
  await database.end()
  await saraban('backup', at('references.tar'), '--data', at('data'), '--unencrypted')
  expect((await saraban('restore', at('references.tar'), '--data', at('references'))).code).toBe(0)
})

test('the feed of a restored server has another epoch, so that clients begin anew', async () => {
  const again = await startServerProcess(['--data', at('restored')])
  try {
    const before = await staff.feed()
    const after = await (await signInTo(again.url, 'somying')).feed()
    expect(before.epoch).toMatch(/^[0-9a-f-]{36}$/)
    expect(after.epoch).not.toBe(before.epoch)
  } finally {
    await again.stop()
  }
})

test('nothing is restored over a server that holds anything', async () => {
  const refused = await saraban('restore', backupFile, '--identity', at('key.txt'), '--data', at('restored'))
  expect(refused).toMatchObject({ code: 2, answer: { code: 'server-not-empty' } })
})

test('a server that was started but never used takes a backup', async () => {
  const fresh = await startServerProcess(['--data', at('fresh')])
  await fresh.stop()
  const { code } = await saraban('restore', backupFile, '--identity', at('key.txt'), '--data', at('fresh'))
  expect(code).toBe(0)
})

test('without a recipient or the word --unencrypted there is no backup', async () => {
  expect(await saraban('backup', at('clear.tar'), '--data', at('data'))).toMatchObject({
    code: 2,
    answer: { code: 'backup-key-needed' },
  })
  const wrong = await saraban('backup', at('clear.tar'), '--data', at('data'), '--recipient', 'age1nobody')
  expect(wrong).toMatchObject({ code: 2, answer: { code: 'backup-key-malformed' } })
  await expect(stat(at('clear.tar'))).rejects.toThrow()
})

test('another’s key does not open a backup', async () => {
  await saraban('server', 'backup-key', at('other.txt'))
  const refused = await saraban('restore', backupFile, '--identity', at('other.txt'), '--data', at('never'))
  expect(refused).toMatchObject({ code: 2, answer: { code: 'backup-key-wrong' } })
  await expect(stat(at('never'))).rejects.toThrow()
})

test('a backup in the clear holds no session, token or password, though it holds what people wrote', async () => {
  const { answer } = await saraban('backup', at('clear.tar'), '--data', at('data'), '--unencrypted')
  expect(answer).toMatchObject({ encrypted: false })
  const names = await namesIn(at('clear.tar'))
  expect(names).toContain('tables/letter_event/000001.jsonl.gz')
  expect(names.at(-1)).toBe('manifest.json')
  expect(names.filter((name) => /session|failure/.test(name))).toEqual([])
  const restored = await saraban('restore', at('clear.tar'), '--data', at('from-clear'))
  expect(restored.code).toBe(0)
})

test.each([
  ['cut short', (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length * 0.6))],
  ['cut at its last part', (bytes: Buffer) => bytes.subarray(0, bytes.length - 4096)],
  [
    'altered in one place',
    (bytes: Buffer) => {
      const altered = Buffer.from(bytes)
      const place = altered.indexOf('%PDF') + 20
      altered[place] = (altered[place] ?? 0) ^ 1
      return altered
    },
  ],
  ['no backup at all', () => randomBytes(3000)],
])('a backup in the clear that was %s restores nothing', async (name, spoil) => {
  const file = at(`${name}.tar`)
  const data = at(`data ${name}`)
  await writeFile(file, spoil(await readFile(at('clear.tar'))))
  expect(await saraban('restore', file, '--data', data)).toMatchObject({
    code: 2,
    answer: { code: 'backup-damaged' },
  })
  // The place is as empty as before: the sound backup goes in.
  expect((await saraban('restore', at('clear.tar'), '--data', data)).code).toBe(0)
})

test('an encrypted backup that was altered restores nothing', async () => {
  const bytes = await readFile(backupFile)
  const place = Math.floor(bytes.length / 2)
  bytes[place] = (bytes[place] ?? 0) ^ 1
  await writeFile(at('altered.age'), bytes)
  expect(
    await saraban('restore', at('altered.age'), '--identity', at('key.txt'), '--data', at('altered')),
  ).toMatchObject({ code: 2, answer: { code: 'backup-damaged' } })
})

test('a file that the server has lost is told, and the rest is backed up and restored', async () => {
  const file = minimalPdf('หายไป')
  const hash = await staff.upload(file)
  const letterId = randomUUID()
  acceptedEvents((await staff.send(draftCommand(letterId, file)))[0])
  const path = join(at('data'), 'files', hash.slice(0, 2), hash.slice(2, 4), `${hash}.pdf`)
  await writeFile(path, Buffer.from(file).fill(32, 0, 4))
  const altered = await saraban('backup', at('with-damage.tar'), '--data', at('data'), '--unencrypted')
  expect(altered).toMatchObject({ code: 1, answer: { lost: [], altered: [hash] } })
  const restored = await saraban('restore', at('with-damage.tar'), '--data', at('with-damage'))
  expect(restored).toMatchObject({ code: 1, answer: { findings: 1 } })
  expect(restored.output).toContain(`{"finding":"file-lost","file":"${hash}"}`)
  await writeFile(path, file)
})

test('a backup that cannot be written leaves nothing behind', async () => {
  await writeFile(at('taken.tar'), 'kept')
  const taken = await saraban('backup', at('taken.tar'), '--data', at('data'), '--unencrypted')
  expect(taken).toMatchObject({ code: 2, answer: { code: 'output-exists' } })
  expect(await readFile(at('taken.tar'), 'utf8')).toBe('kept')
  const nowhere = await saraban('backup', at('no/such/file.tar'), '--data', at('data'), '--unencrypted')
  expect(nowhere).toMatchObject({ code: 2, answer: { code: 'output-folder-missing' } })
  expect((await readdir(folder.path)).filter((name) => name.includes('unfinished'))).toEqual([])
})

test('a folder that is not there yet is made, and the backup in it is named after its time', async () => {
  const made = await saraban('backup', at('monthly'), '--data', at('data'), '--unencrypted')
  expect(made.code).toBe(0)
  expect(await readdir(at('monthly'))).toEqual([expect.stringMatching(/^saraban-\d{8}T\d{6}Z\.tar$/)])
})

test('a folder without a server’s data is not made one by looking at it', async () => {
  for (const words of [['check'], ['rebuild'], ['backup', at('x.tar'), '--unencrypted']]) {
    expect(await saraban(...words, '--data', at('nothing'))).toMatchObject({
      code: 2,
      answer: { code: 'server-data-missing' },
    })
  }
  await expect(stat(at('nothing'))).rejects.toThrow()
})

test('the program rebuilds and checks a running server', async () => {
  expect(await saraban('rebuild', '--data', at('data'))).toMatchObject({ code: 0, answer: { mended: {} } })
  expect(await saraban('server', 'check', '--fast', '--data', at('data'))).toMatchObject({
    code: 0,
    answer: { findings: 0 },
  })
  expect((await askSignIn(server.url, 'somying', SAMPLE_PASSWORD)).status).toBe(200)
})

/** The names of the parts of a tar archive, from the headers of its blocks (POSIX ustar). */
async function namesIn(path: string): Promise<string[]> {
  const bytes = await readFile(path)
  const names: string[] = []
  for (let place = 0; place + 512 <= bytes.length && bytes[place] !== 0; ) {
    const text = (start: number, length: number) =>
      bytes
        .subarray(place + start, place + start + length)
        .toString()
        .split('\0')[0] ?? ''
    names.push(text(0, 100))
    place += 512 + Math.ceil(Number.parseInt(text(124, 12), 8) / 512) * 512
  }
  return names
}
