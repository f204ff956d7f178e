import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readDevice } from '../session/device.ts'
import { configuredServer, settingsFile } from '../session/settings.ts'
import { readAccountKey } from './accountKey.ts'
import { lockOut } from './lockOut.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'damaged-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const secrets = { encrypt: (text: string) => Buffer.from(text), decrypt: (bytes: Uint8Array) => `${bytes}` }

test('settings that an editor left half written fall back to their defaults, and can be set again', async () => {
  await writeFile(join(folder, 'settings.json'), '{"language": "en", "serverUrl":')
  expect(await configuredServer(folder, {})).toBeUndefined()
  expect(await settingsFile(folder).get()).toEqual({ language: 'th', digits: 'arabic', zoom: 1 })
  await settingsFile(folder).set({ digits: 'thai' })
  expect(await settingsFile(folder).get()).toMatchObject({ digits: 'thai' })
})

test('the server’s address is read from a file that Notepad wrote', async () => {
  await writeFile(join(folder, 'settings.json'), '\uFEFF{"serverUrl": "http://saraban.example:8469"}')
  expect(await configuredServer(folder, {})).toBe('http://saraban.example:8469')
})

test('a damaged key file is one that does not open, never one that is absent and may be made anew', async () => {
  const path = join(folder, 'key.json')
  expect(await readAccountKey(path, 'saraban-2569', secrets)).toBe('absent')
  await writeFile(path, '{"version":1,"wrap')
  expect(await readAccountKey(path, 'saraban-2569', secrets)).toBe('closed')
  expect(await readFile(path, 'utf8')).toBe('{"version":1,"wrap')
  const cut = Buffer.from(JSON.stringify({ salt: 'AAAA', nonce: '', sealed: 'AAAA' })).toString('base64')
  await writeFile(path, JSON.stringify({ version: 1, wrapped: cut }))
  expect(await readAccountKey(path, 'saraban-2569', secrets)).toBe('closed')
})

test('a damaged device file gives the installation a new id', async () => {
  await writeFile(join(folder, 'device.json'), '')
  const { id } = await readDevice(folder, 'เครื่องหน้าห้อง')
  expect((await readDevice(folder, 'เครื่องหน้าห้อง')).id).toBe(id)
})

test('a pause that began while the clock ran years ahead does not keep its owner out', async () => {
  const path = join(folder, 'attempts.json')
  let year = 2029
  const tries = lockOut(path, () => Date.UTC(year, 0, 1))
  for (let failures = 0; failures < 5; failures += 1) await tries.failed()
  expect(await tries.minutesLeft()).toBe(1)
  year = 2026
  expect(await tries.minutesLeft()).toBe(0)
  await tries.failed()
  expect(await tries.minutesLeft()).toBe(2)
})
