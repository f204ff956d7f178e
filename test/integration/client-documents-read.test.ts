import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client } from '../../src/main/client/client.ts'
import { readText } from '../../src/pdf/readText.ts'
import { type OfficeServer, startOfficeServer } from '../support/client/officeServer.ts'
import { draftMemo, proposeMemo } from '../support/client/story.ts'
import { eventually, signInAs, startClient } from '../support/client/testClient.ts'

let server: OfficeServer
let directory: string
let client: Client

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'documents-read-'))
  server = await startOfficeServer(join(directory, 'server'))
  client = startClient({ directory: join(directory, 'pc'), serverUrl: server.url, readsDocuments: true })
  await signInAs(client, 'somying')
})
afterAll(async () => {
  await client.close()
  await server.kill()
  await rm(directory, { recursive: true, force: true })
})

const find = (text: string) => client.find({ text, filters: {}, before: null })

test('a letter is found by what only its file says, and the found line shows it', async () => {
  const letterId = await draftMemo(client)
  const found = await eventually('the text of the file', async () => {
    const page = await find('คณะกรรมการมีมติ โปรดพิจารณาอนุมัติ')
    return page.letters.length > 0 && page
  })
  expect(found.letters).toMatchObject([{ letterId, snippet: { field: 'document' } }])
  const { text, marks } = found.letters[0]!.snippet!
  expect(marks.map(([start, end]) => text.slice(start, end))).toContain('คณะกรรมการมีมติ')
})

test('several letters are read one after the other, each once', async () => {
  for (let letter = 0; letter < 3; letter += 1) await proposeMemo(client)
  await eventually('all texts', async () => (await find('จึงเรียนมาเพื่อโปรด')).total === 4)
})

test('what is no PDF says nothing', async () => {
  expect(await readText(new TextEncoder().encode('ไม่ใช่ PDF'), 1000)).toBe('')
  expect(await readText(await readFile(import.meta.filename), 1000)).toBe('')
})
