import pg from 'pg'
import { expect, test } from 'vitest'
import type { CommandResult } from '../../src/shared/contract/sync.ts'
import { callerWith } from '../support/bench/load/caller.ts'
import { saraban } from '../support/cli/saraban.ts'
import { crashUnderLoad } from '../support/server/crash/crashes.ts'
import { contradictions } from '../support/server/crash/truth.ts'
import { emptyView } from '../support/server/crash/view.ts'
import { numberCommand, proposedLetter } from '../support/server/letters.ts'
import { command, signInTo } from '../support/server/testClient.ts'
import { startTestServer, temporaryFolder } from '../support/server/testServer.ts'

test('six kills of the server, its database and both, under load, lose and double nothing', async () => {
  const folder = await temporaryFolder()
  try {
    const crashes = await crashUnderLoad(folder.path, 6)
    expect(crashes.faults).toEqual([])
    expect(crashes.kills).toEqual({ server: 3, database: 2, both: 1 })
    expect(crashes.acknowledged).toBeGreaterThan(200)
    expect(crashes.unanswered).toBeGreaterThan(0)
    const checked = saraban(['server', 'check', '--data', folder.path, '--json'])
    expect(checked.lines().at(-1)).toMatchObject({ findings: 0 })
  } finally {
    await folder.remove()
  }
})

/** What a fault would leave in the database, and what the look at it after each kill has to say. */
const damages = [
  ['delete from letter_event where version = 3', /what was acknowledged is not what is there/],
  [
    `update letter_event set event = jsonb_set(event, '{actor}', '"orauma"') where version = 2`,
    /chain is broken/,
  ],
  ['update letter set version = version - 1', /projection/],
  ['update register_entry set serial = serial + 1', /lost or doubled/],
  ['update register_counter set last_serial = last_serial + 1', /lost or doubled/],
  ['delete from feed where seq = 2', /not dense/],
  ['update feed_head set seq = seq + 1', /not dense/],
] as const

test('the look at the database after a kill finds what a kill could do to it', async () => {
  const server = await startTestServer()
  const client = new pg.Client({ connectionString: server.databaseUrl })
  try {
    await client.connect()
    const staff = await signInTo(server.url, 'somying')
    const deputy = await signInTo(server.url, 'teerawat')
    const { letterId } = await proposedLetter(staff, 'deputy')
    const giveBack = command(letterId, { type: 'return', reason: 'ขอให้แก้ชื่อเรื่อง' }, 'deputy')
    const results = await deputy.send(numberCommand(letterId, 'deputy'), giveBack)
    const view = emptyView('teerawat')
    await view.pull(callerWith(server.url, 'teerawat', deputy.session.accessToken))
    const earlier = [...(view.letters.get(letterId)?.values() ?? [])].slice(0, 2)
    const sent = [...results.map(answered), ...earlier.map(({ commandId }) => ({ id: commandId }))]
    const claims = { sent, views: [view] }
    expect(await contradictions(server.databaseUrl, claims)).toEqual([])

    for (const [damage, found] of damages) {
      await client.query('begin')
      await client.query(damage)
      expect(await contradictions(client, claims), damage).toContainEqual(expect.stringMatching(found))
      await client.query('rollback')
    }
    const other = emptyView('prawit')
    await other.pull(callerWith(server.url, 'teerawat', deputy.session.accessToken))
    expect(await contradictions(client, { sent, views: [other] })).toEqual(['prawit has 1 letters too many'])
    expect(await contradictions(client, { sent, views: [emptyView('somying')] })).toHaveLength(1)
  } finally {
    await client.end()
    await server.stop()
  }
})

const answered = (result: CommandResult) =>
  result.outcome === 'accepted' ? { id: result.id, events: result.events } : { id: result.id }
