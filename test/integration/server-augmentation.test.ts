import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAugmentation } from '../../src/server/augment/augmentation.ts'
import { commitGroup } from '../../src/server/commands/commitGroup.ts'
import { commandQueue } from '../../src/server/commands/queue.ts'
import { connect } from '../../src/server/database/connect.ts'
import { openFileStore } from '../../src/server/files/store.ts'
import { currentOrganisation } from '../../src/server/organisation/directory.ts'
import type { RunningServer } from '../../src/server/start.ts'
import type { EventBody, LetterEvent } from '../../src/shared/contract/letter.ts'
import { accept } from '../../src/shared/outcome.ts'
import { verifyFile } from '../../src/signing/verify.ts'
import { createTestPki, issueResponder, type TestPki } from '../support/pki/authority.ts'
import { signWithKey } from '../support/pki/keys.ts'
import { type RevocationServices, startRevocationServices } from '../support/pki/revocationServices.ts'
import type { TestService } from '../support/pki/serve.ts'
import { startTimestampService } from '../support/pki/timestampService.ts'
import { sha256 } from '../support/server/minimalPdf.ts'
import { bringSigned, marksFor, numberedLetter } from '../support/server/numberedLetter.ts'
import { acceptedEvents, command, signInTo, type TestClient } from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let folder: string
let services: RevocationServices
let stamping: TestService
let pki: TestPki
let server: RunningServer
let staff: TestClient
let deputy: TestClient
let general: TestClient

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'augment-'))
  services = await startRevocationServices(folder)
  pki = createTestPki(
    folder,
    [
      { name: 'นายธีรวัฒน์ ศรีสุขสันต์', email: 'teerawat@saraban.example', key: 'rsa-2048' },
      { name: 'นายแพทย์ประวิทย์ วงศ์สวัสดิ์', email: 'prawit@saraban.example', key: 'ec-p256' },
    ],
    services.url,
  )
  issueResponder(pki, 'responder')
  stamping = await startTimestampService(pki)
  server = await startTestServer({
    trust: [readFileSync(pki.root.certificatePem, 'utf8')],
    augmentation: { level: 'B-LTA', timestampServices: [{ url: stamping.url }], restMs: 0 },
  })
  staff = await signInTo(server.url, 'somying')
  deputy = await signInTo(server.url, 'teerawat')
  general = await signInTo(server.url, 'prawit')
})
afterAll(async () => {
  await server?.stop()
  await stamping?.close()
  await services?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function signed(index: number, bytes: Uint8Array, marks: ReturnType<typeof marksFor> = []) {
  const outcome = await signWithKey(pki, index, bytes, { marks })
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.value
}

type Augmented = Extract<EventBody, { type: 'augmented' }>

async function events(): Promise<LetterEvent[]> {
  const entries = await staff.wholeFeed()
  return entries.flatMap((entry) => (entry.kind === 'events' ? entry.events : []))
}

/** Waits until the letter's log has its `count`th piece of evidence. */
async function evidence(letterId: string, count: number): Promise<LetterEvent & { body: Augmented }> {
  for (;;) {
    const own = (await events()).filter((event) => event.letterId === letterId)
    const event = own.filter(({ body }) => body.type === 'augmented')[count - 1]
    if (event) return event as LetterEvent & { body: Augmented }
    await wait(200)
  }
}

async function fileOf({ body }: { body: Augmented }): Promise<Uint8Array> {
  const answer = await staff.request(`/files/${body.revision.sha256}`)
  return new Uint8Array(await answer.arrayBuffer())
}

const verify = (file: Uint8Array) => verifyFile(file, { trust: [readFileSync(pki.root.certificatePem)] })

test('a letter that came to rest gets evidence, the next signature stands on it and gets its own', async () => {
  const { letterId, file, number } = await numberedLetter(staff, deputy)
  const once = await signed(0, file, marksFor(number))
  acceptedEvents(await bringSigned(deputy, letterId, 'deputy', file, once))
  const first = await evidence(letterId, 1)
  expect(first).toMatchObject({ actor: 'server', positionId: null, body: { level: 'B-LTA' } })
  const lasting = await fileOf(first)
  expect(lasting.subarray(0, once.length)).toEqual(once)
  expect(await verify(lasting)).toMatchObject({
    verdict: 'valid',
    signatures: [{ level: 'B-LTA', revocation: 'good' }, { level: 'timestamp' }],
  })

  await deputy.send(command(letterId, { type: 'forward', to: 'secretary-general', note: '' }, 'deputy'))
  const twice = await signed(1, lasting)
  acceptedEvents(await bringSigned(general, letterId, 'secretary-general', lasting, twice))
  const both = await verify(await fileOf(await evidence(letterId, 2)))
  expect(both.verdict).toBe('valid')
  const levels = both.signatures.filter(({ level }) => level !== 'timestamp').map(({ level }) => level)
  expect(levels).toEqual(['B-LTA', 'B-LTA'])
})

test('while no time-stamp service answers the letter stays as it was signed', async () => {
  await stamping.close()
  const { letterId, file, number } = await numberedLetter(staff, deputy)
  const once = await signed(0, file, marksFor(number))
  acceptedEvents(await bringSigned(deputy, letterId, 'deputy', file, once))
  await wait(2500)
  const own = (await events()).filter((event) => event.letterId === letterId)
  expect(own.at(-1)?.body.type).toBe('signed')
  const forward = command(letterId, { type: 'forward', to: 'secretary-general', note: '' }, 'deputy')
  acceptedEvents((await deputy.send(forward))[0])
})

test('a letter whose file is gone from the disk does not keep the others from their evidence', async () => {
  const office = await startTestServer({ trust: [readFileSync(pki.root.certificatePem, 'utf8')] })
  const author = await signInTo(office.url, 'somying')
  const signer = await signInTo(office.url, 'teerawat')
  const resting: { letterId: string; sha256: string }[] = []
  for (let letter = 0; letter < 2; letter += 1) {
    const { letterId, file, number } = await numberedLetter(author, signer)
    const once = await signed(0, file, marksFor(number))
    acceptedEvents(await bringSigned(signer, letterId, 'deputy', file, once))
    resting.push({ letterId, sha256: sha256(once) })
  }
  const [lost, kept] = resting.map(({ letterId }) => letterId)
  const name = resting[0]!.sha256
  rmSync(join(office.dataFolder, 'files', name.slice(0, 2), name.slice(2, 4), `${name}.pdf`))

  const { kysely: database, end } = connect(office.databaseUrl, () => undefined)
  const clock = () => new Date()
  const queue = commandQueue((group) => commitGroup(database, currentOrganisation(database), clock, group))
  const store = await openFileStore(join(office.dataFolder, 'files'))
  const refusals: string[] = []
  const augmentation = startAugmentation({
    ...{ database, store, queue, clock, restMs: 0 },
    augment: async (file) => accept({ bytes: Buffer.concat([file, Buffer.from('\n')]), level: 'B-T' }),
    refused: (letterId, { code }) => refusals.push(`${letterId} ${code}`),
  })
  const augmented = async () => {
    const rows = await database.selectFrom('letter').select(['id', 'letter']).execute()
    return rows.filter(({ letter }) => letter.augmented !== null).map(({ id }) => id)
  }
  while ((await augmented()).length === 0) await wait(100)
  expect(await augmented()).toEqual([kept])
  expect(refusals).toEqual([`${lost} server-fault`])
  await augmentation.stop()
  await end()
  await office.stop()
})
