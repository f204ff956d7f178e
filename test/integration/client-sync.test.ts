import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Client } from '../../src/main/client/client.ts'
import { type LossyLine, lossyLine } from '../support/client/lossyLine.ts'
import { type OfficeServer, startOfficeServer } from '../support/client/officeServer.ts'
import { draftMemo, proposeMemo, subject } from '../support/client/story.ts'
import { accepted, eventually, signInAs, startClient } from '../support/client/testClient.ts'

let server: OfficeServer
let directory: string
let pcs = 0
const clients: Client[] = []
const lines: LossyLine[] = []

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'client-'))
  server = await startOfficeServer(join(directory, 'server'))
})
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close()
  for (const line of lines.splice(0)) await line.close()
})
afterAll(async () => {
  await server.kill()
  await rm(directory, { recursive: true, force: true })
})

const newPc = (serverUrl = server.url, folder = join(directory, `pc-${++pcs}`)) => {
  const client = startClient({ directory: folder, serverUrl })
  clients.push(client)
  return { client, folder }
}
const newLine = async () => {
  const line = await lossyLine(server.url)
  lines.push(line)
  return line
}
const outboxIsEmpty = (client: Client) => async () => (await client.outbox()).length === 0
const timelineOf = async (client: Client, letterId: string) =>
  accepted(await client.getLetter({ letterId })).timeline.map(({ event }) => event.body.type)
/** What the server has of a letter, as another PC of its author sees it. */
const timelineElsewhere = async (letterId: string, person = 'somying') => {
  const { client } = newPc()
  await signInAs(client, person)
  await eventually('the letter', async () => (await client.getLetter({ letterId })).ok)
  return timelineOf(client, letterId)
}

test('a letter proposed on one PC is in the executive’s and the secretary’s trays, with its file', async () => {
  const { client: author } = newPc()
  await signInAs(author, 'somying')
  const letterId = await proposeMemo(author)
  await eventually('the outbox to be empty', outboxIsEmpty(author))

  for (const person of ['teerawat', 'kamonchanok']) {
    const { client: reader } = newPc()
    await signInAs(reader, person)
    const detail = await eventually('the letter with its file', async () => {
      const got = await reader.getLetter({ letterId })
      return got.ok && got.value.fileHere ? got.value : undefined
    })
    expect(detail.subject).toBe(subject)
    expect(detail.may.sign).toBe(person === 'teerawat' ? 'deputy' : null)
    expect(detail.may.return).toBe('deputy')
    const rows = await reader.listLetters({ folder: 'to-sign', positionId: 'deputy' })
    expect(rows.find((row) => row.letterId === letterId)).toMatchObject({
      from: 'สำนักบริหารงบกองทุน',
      withPosition: 'รองเลขาธิการ',
    })
    expect(await timelineOf(reader, letterId)).toEqual(['drafted', 'proposed'])
  }
})

test('news is pushed: a letter reaches an open tray without waiting for the next poll', async () => {
  const { client: reader } = newPc()
  await signInAs(reader, 'teerawat')
  await eventually('the first sync', async () => (await reader.syncState()).connection === 'online')
  const { client: author } = newPc()
  await signInAs(author, 'somying')
  const letterId = await draftMemo(author)
  await eventually('the draft to be sent', outboxIsEmpty(author))
  const arrived = new Promise<number>((resolve) =>
    reader.on('changed', ({ letterIds }) => letterIds.includes(letterId) && resolve(performance.now())),
  )
  const started = performance.now()
  accepted(await author.propose({ letterId, to: 'deputy', note: '' }))
  expect((await arrived) - started).toBeLessThan(5_000)
})

test('work done without the network is shown at once, waits in order, and goes home by itself', async () => {
  const line = await newLine()
  const { client: author } = newPc(line.url)
  await signInAs(author, 'somying')
  await author.syncNow()
  line.cut()
  const letterId = await proposeMemo(author)
  await author.syncNow()
  expect(await author.syncState()).toMatchObject({ connection: 'offline', waiting: 2, refused: 0 })
  expect((await author.outbox()).map(({ type, state }) => [type, state])).toEqual([
    ['draft', 'waiting'],
    ['propose', 'waiting'],
  ])
  const [row] = await author.listLetters({ folder: 'followed', positionId: null })
  expect(row).toMatchObject({ letterId, stage: 'proposed', waiting: 2 })
  expect(await timelineOf(author, letterId)).toEqual([])

  line.mend()
  await eventually('the outbox to be empty', outboxIsEmpty(author), 60_000)
  expect(await timelineElsewhere(letterId)).toEqual(['drafted', 'proposed'])
})

test('a command whose answer was lost is carried out once', async () => {
  const line = await newLine()
  const { client: author } = newPc(line.url)
  await signInAs(author, 'somying')
  await author.syncNow()
  const lost = line.loseAnswerTo('/v1/commands')
  const letterId = await proposeMemo(author)
  await lost
  await eventually('the outbox to be empty', outboxIsEmpty(author), 30_000)
  expect(await timelineOf(author, letterId)).toEqual(['drafted', 'proposed'])
  expect(await timelineElsewhere(letterId)).toEqual(['drafted', 'proposed'])
})

test('work goes on across a server that loses its power and comes back', async () => {
  const { client: author } = newPc()
  await signInAs(author, 'somying')
  await author.syncNow()
  await server.kill()
  const letterId = await proposeMemo(author)
  await author.syncNow()
  expect((await author.syncState()).waiting).toBe(2)
  await server.start()
  await eventually('the outbox to be empty', outboxIsEmpty(author), 60_000)
  expect(await timelineElsewhere(letterId)).toEqual(['drafted', 'proposed'])
})

test('what the server refuses stays in the list with the reason and the text, until it is given up', async () => {
  const line = await newLine()
  const { client: author, folder } = newPc(line.url)
  await signInAs(author, 'somying')
  const letterId = await draftMemo(author)
  await eventually('the draft to be sent', outboxIsEmpty(author))
  line.cut()
  accepted(await author.propose({ letterId, to: 'deputy', note: 'ฉบับที่แก้ตามที่หารือ' }))
  await author.close()
  clients.splice(clients.indexOf(author), 1)
  // The same person proposes it from another PC first.
  const { client: elsewhere } = newPc()
  await signInAs(elsewhere, 'somying')
  await eventually('the draft', async () => (await elsewhere.getLetter({ letterId })).ok)
  accepted(await elsewhere.propose({ letterId, to: 'director-legal', note: '' }))
  await eventually('the outbox to be empty', outboxIsEmpty(elsewhere))

  const { client: again } = newPc(server.url, folder)
  await signInAs(again, 'somying')
  const [refused] = await eventually('the refusal', async () => {
    const outbox = await again.outbox()
    return outbox[0]?.state === 'refused' ? outbox : undefined
  })
  expect(refused).toMatchObject({
    type: 'propose',
    text: 'ฉบับที่แก้ตามที่หารือ',
    refusal: { code: 'letter-elsewhere' },
  })
  await eventually('the other proposal', async () => {
    const { legs } = accepted(await again.getLetter({ letterId }))
    return legs.map(({ to }) => to).join() === 'director-legal'
  })
  accepted(await again.discard({ commandId: refused!.commandId }))
  expect(await again.outbox()).toEqual([])
})

/** Drafts a letter of a memo that no other test has composed: its file is nowhere but here. */
async function draftAbout(author: Client, about: string): Promise<{ letterId: string; sha256: string }> {
  const addressee = 'รองเลขาธิการ'
  const paragraphs = ['จึงเรียนมาเพื่อโปรดทราบ']
  const memo = { subject: about, addressee, paragraphs, signerPositionId: 'deputy' }
  const { sha256 } = accepted(await author.composeMemo(memo))
  const letter = {
    fileSha256: sha256,
    kind: 'internal',
    subject: about,
    addressee,
    urgency: 'normal',
  } as const
  return { sha256, letterId: accepted(await author.draft(letter)).letterId }
}

test('a letter whose file was lost here is refused with the reason, and the letters after it go home', async () => {
  const line = await newLine()
  const { client: author, folder } = newPc(line.url)
  await signInAs(author, 'somying')
  await author.syncNow()
  line.cut()
  const { letterId: lost, sha256 } = await draftAbout(author, 'ขอส่งรายงานฉบับที่หายไป')
  accepted(await author.propose({ letterId: lost, to: 'deputy', note: 'เพื่อโปรดพิจารณาลงนาม' }))
  const { letterId: sent } = await draftAbout(author, 'ขอส่งรายงานผลการดำเนินงาน')
  await rm(join(folder, 'accounts/somying/files', `${sha256}.sealed`))
  line.mend()
  const outbox = await eventually('both answers about the lost letter', async () => {
    const waiting = await author.outbox()
    return waiting.length === 2 && waiting.every(({ state }) => state === 'refused') ? waiting : undefined
  })
  expect(outbox.map(({ type, refusal }) => [type, refusal?.code])).toEqual([
    ['draft', 'file-missing'],
    ['propose', 'letter-unknown'],
  ])
  expect(await timelineElsewhere(sent)).toEqual(['drafted'])
})

test('a file that was damaged on the disk is noticed and fetched again', async () => {
  const { client: author, folder } = newPc()
  await signInAs(author, 'somying')
  const letterId = await draftMemo(author)
  await eventually('the draft to be sent', outboxIsEmpty(author))
  const { revision } = accepted(await author.getLetter({ letterId }))
  if (revision === null) throw new Error('the draft has no file')
  const { sha256, bytes } = revision

  const path = join(folder, 'accounts/somying/files', `${sha256}.sealed`)
  const sealed = await readFile(path)
  expect(sealed.includes('%PDF')).toBe(false)
  sealed[sealed.length - 40]! ^= 1
  await writeFile(path, sealed)
  expect(await author.files.readPart(sha256, 0, bytes)).toBeUndefined()
  expect(accepted(await author.copyOf(letterId)).bytes).toHaveLength(bytes)
  expect(await author.files.readPart(sha256, bytes - 6, bytes)).toHaveLength(6)
  const kept = await readdir(join(folder, 'accounts/somying/files'))
  expect(kept.filter((name) => name.startsWith(sha256))).toEqual([`${sha256}.sealed`])
})
