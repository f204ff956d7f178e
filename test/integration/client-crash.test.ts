import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SigningStep } from '../../src/shared/contract/views.ts'
import { signUntilKilled } from '../support/client/clientProcess.ts'
import { openOffice, orderToSign, pinOf, type SigningOffice } from '../support/client/signingOffice.ts'
import { proposeMemo } from '../support/client/story.ts'
import { accepted, codeOf, eventually } from '../support/client/testClient.ts'
import { judgeByPdfsig } from '../support/pki/judge.ts'
import { createNssDatabase } from '../support/pki/nss.ts'

let office: SigningOffice
let nss: string

beforeAll(async () => {
  office = await openOffice()
  nss = createNssDatabase(join(office.directory, 'nss'), office.tokens.rootPem)
})
afterAll(() => office.close())

/** How many valid signatures a program that is not ours counts in the letter's file at the author's PC. */
async function judgedAtAuthor(letterId: string) {
  const author = await office.pc('somying')
  const copy = await eventually('the signed letter', async () => {
    const got = await author.client.getLetter({ letterId })
    return got.ok && got.value.signatures.length > 0 && (await author.client.copyOf(letterId))
  })
  const path = join(office.directory, `${letterId}.pdf`)
  writeFileSync(path, accepted(copy).bytes)
  const { signatures, valid } = judgeByPdfsig(path, nss)
  return { signatures, valid }
}

const steps: SigningStep[] = ['number', 'prepare', 'token', 'embed', 'check', 'keep', 'send']

test.each(steps)('a PC that dies at the step “%s” leaves the letter whole and signed once', async (step) => {
  const author = await office.pc('somying')
  const letterId = await proposeMemo(author.client, 'deputy')
  const pcName = `deputy-${step}`
  const before = await office.pc('teerawat', { name: pcName })
  const order = await orderToSign(before.client, letterId, 'deputy', pinOf('teerawat'))
  await office.shut(pcName)

  const told = await signUntilKilled(
    {
      directory: join(office.directory, pcName),
      serverUrl: office.server.url,
      person: 'teerawat',
      environment: office.tokens.tokens.teerawat.env,
      order,
    },
    step,
  )
  expect(told).toEqual(steps.slice(0, steps.indexOf(step) + 1))

  const after = await office.pc('teerawat', { name: pcName })
  await after.client.syncNow()
  await eventually('the outbox to be empty', async () => (await after.client.outbox()).length === 0, 30_000)
  const letter = accepted(await after.client.getLetter({ letterId }))
  if (letter.signatures.length === 0) {
    const again = await orderToSign(after.client, letterId, 'deputy', pinOf('teerawat'))
    expect(again.sha256).toBe(order.sha256)
    accepted(await after.client.sign(again))
  }
  expect(await judgedAtAuthor(letterId)).toEqual({ signatures: 1, valid: 1 })
  const { timeline } = accepted(await after.client.getLetter({ letterId }))
  expect(timeline.map(({ event }) => event.body.type)).toEqual([
    'drafted',
    'proposed',
    'number-bound',
    'signed',
  ])
  await office.shut(pcName)
})

test('a token host that dies while it signs costs a new PIN, and neither the app nor the letter', async () => {
  const author = await office.pc('somying')
  const letterId = await proposeMemo(author.client, 'deputy')
  const { client, processes } = await office.pc('teerawat', { name: 'deputy-host' })
  const order = await orderToSign(client, letterId, 'deputy', pinOf('teerawat'))
  let changed = 0
  client.on('tokens.changed', () => {
    changed += 1
  })
  const stop = client.on('signing.progress', ({ step }) => {
    if (step === 'token') processes.running('tokenHost')?.kill('SIGKILL')
  })
  expect(codeOf(await client.sign(order))).toBe('token-host-stopped')
  stop()
  expect(changed).toBeGreaterThan(0)

  const again = await orderToSign(client, letterId, 'deputy', pinOf('teerawat'))
  expect(accepted(await client.sign(again)).sent).toBe(true)
  expect(await judgedAtAuthor(letterId)).toEqual({ signatures: 1, valid: 1 })
})

test('a document process that dies during pure work is started again and asked once more', async () => {
  const { client, processes } = await office.pc('somying')
  const compose = () =>
    client.composeMemo({
      subject: 'ขอเชิญประชุมคณะทำงาน',
      addressee: 'ผู้อำนวยการสำนักกฎหมาย',
      paragraphs: ['ด้วยสำนักบริหารงบกองทุนกำหนดประชุมคณะทำงาน'],
      signerPositionId: 'director-legal',
    })
  accepted(await compose())
  const composing = compose()
  processes.running('documentProcess')?.kill('SIGKILL')
  expect(accepted(await composing).pageCount).toBe(1)
})
