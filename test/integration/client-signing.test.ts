import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client } from '../../src/main/client/client.ts'
import type { SigningStep } from '../../src/shared/contract/views.ts'
import { openOffice, orderToSign, pinOf, type SigningOffice } from '../support/client/signingOffice.ts'
import { proposeMemo } from '../support/client/story.ts'
import { accepted, codeOf, eventually } from '../support/client/testClient.ts'
import { isSoundForQpdf, judgeByPdfsig } from '../support/pki/judge.ts'
import { createNssDatabase } from '../support/pki/nss.ts'

let office: SigningOffice

beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

test('two executives sign one letter in turn, and others find both signatures valid', async () => {
  const author = await office.pc('somying')
  const letterId = await proposeMemo(author.client, 'deputy')
  const deputy = await office.pc('teerawat')
  const first = await orderToSign(deputy.client, letterId, 'deputy', pinOf('teerawat'))
  const signed = accepted(await deputy.client.sign(first))
  expect(deputy.steps).toEqual(['number', 'prepare', 'token', 'embed', 'check', 'keep', 'send'])
  expect(signed).toMatchObject({ number: 'สปสช 5.30/1', sent: true })

  accepted(await deputy.client.forward({ letterId, positionId: 'deputy', to: 'secretary-general', note: '' }))
  const general = await office.pc('prawit')
  const second = await orderToSign(general.client, letterId, 'secretary-general', pinOf('prawit'))
  expect(accepted(await general.client.sign(second))).toMatchObject({ number: 'สปสช 5.30/1', sent: true })

  const letter = await eventually('the author to see both signatures', async () => {
    const got = await author.client.getLetter({ letterId })
    return got.ok && got.value.signatures.length === 2 && got.value.fileHere ? got.value : undefined
  })
  expect(letter.signatures.map(({ personName, positionTitle }) => [personName, positionTitle])).toEqual([
    ['นายธีรวัฒน์ ศรีสุขสันต์', 'รองเลขาธิการ'],
    ['นายแพทย์ประวิทย์ วงศ์สวัสดิ์', 'เลขาธิการ'],
  ])
  const copy = accepted(await author.client.copyOf(letterId))
  const path = join(office.directory, 'signed.pdf')
  writeFileSync(path, copy.bytes)
  const nss = createNssDatabase(join(office.directory, 'nss'), office.tokens.rootPem)
  expect(judgeByPdfsig(path, nss)).toMatchObject({ signatures: 2, valid: 2 })
  expect(isSoundForQpdf(path)).toBe(true)
})

test('a wrong PIN costs one try, signs nothing, and the letter keeps its number', async () => {
  const author = await office.pc('somying')
  const letterId = await proposeMemo(author.client, 'deputy')
  const deputy = await office.pc('teerawat')
  const order = await orderToSign(deputy.client, letterId, 'deputy', '000000')
  expect(codeOf(await deputy.client.sign(order))).toBe('pin-wrong')
  const [after] = accepted(await deputy.client.tokens())
  expect(after?.pinState).toBe('low')
  const letter = accepted(await deputy.client.getLetter({ letterId }))
  expect(letter).toMatchObject({ stage: 'proposed', signatures: [], waiting: [] })
  const number = letter.number?.text
  expect(number).toMatch(/^สปสช 5\.30\/\d+$/)

  const right = await orderToSign(deputy.client, letterId, 'deputy', pinOf('teerawat'))
  expect(accepted(await deputy.client.sign(right)).number).toBe(number)
})

test('of two PCs that sign the same letter the first counts, and the second is told who and when', async () => {
  const author = await office.pc('somying')
  const letterId = await proposeMemo(author.client, 'deputy')
  const desk = await office.pc('teerawat')
  const laptop = await office.pc('teerawat', 'teerawat-laptop')
  const orders = await Promise.all(
    [desk, laptop].map(({ client }) => orderToSign(client, letterId, 'deputy', pinOf('teerawat'))),
  )
  // Both are past the number and hold a finished signature before either is sent.
  const kept = Promise.all([desk, laptop].map(({ client }) => reaching(client, 'keep')))
  const results = await Promise.all([desk.client.sign(orders[0]!), laptop.client.sign(orders[1]!), kept])
  const codes = results.slice(0, 2).map((result) => codeOf(result as { ok: boolean }))
  expect(codes.filter((code) => code === undefined)).toHaveLength(1)
  expect(codes).toContain('letter-signed-already')
  const loser = codes[0] === undefined ? laptop : desk
  const [refused] = await loser.client.outbox()
  expect(refused).toMatchObject({ letterId, type: 'sign', state: 'refused' })
  expect(refused?.refusal?.detail).toMatchObject({ who: 'นายธีรวัฒน์ ศรีสุขสันต์' })
  await eventually('the loser to see the one signature', async () => {
    const got = await loser.client.getLetter({ letterId })
    return got.ok && got.value.signatures.length === 1 && got.value.stage === 'signed'
  })
  accepted(await loser.client.discard({ commandId: refused!.commandId }))
})

test('without the server no number is issued, and nothing is left that would bind one later', async () => {
  const author = await office.pc('somying')
  const letterId = await proposeMemo(author.client, 'deputy')
  const { client } = await office.pc('teerawat')
  const order = await orderToSign(client, letterId, 'deputy', pinOf('teerawat'))
  await office.server.kill()
  expect(codeOf(await client.sign(order))).toBe('number-needs-server')
  const outbox = await client.outbox()
  expect(outbox.filter(({ state }) => state === 'waiting')).toEqual([])
  await office.server.start()
  await eventually('the server to answer', async () => (await client.outbox()).length === 0, 90_000)
  expect(accepted(await client.sign(order)).sent).toBe(true)
})

test('a letter whose number is bound is signed without the server, and goes home by itself', async () => {
  const author = await office.pc('somying')
  const letterId = await proposeMemo(author.client, 'deputy')
  const { client } = await office.pc('teerawat')
  const order = await orderToSign(client, letterId, 'deputy', pinOf('teerawat'))
  client.on('signing.progress', ({ step }) => step === 'prepare' && client.cancelSigning())
  expect(codeOf(await client.sign(order))).toBe('signature-cancelled')
  await office.server.kill()
  const stop = await client.sign(order)
  expect(accepted(stop)).toMatchObject({ sent: false })
  expect(accepted(await client.getLetter({ letterId }))).toMatchObject({
    stage: 'signed',
    may: { sign: null },
  })
  await office.server.start()
  await eventually('the signature to be sent', async () => (await client.outbox()).length === 0, 90_000)
  expect(accepted(await client.getLetter({ letterId })).timeline.at(-1)?.event.body.type).toBe('signed')
})

test('what was seen is what is signed: another current file is refused', async () => {
  const author = await office.pc('somying')
  const letterId = await proposeMemo(author.client, 'deputy')
  const { client } = await office.pc('teerawat')
  const order = await orderToSign(client, letterId, 'deputy', pinOf('teerawat'))
  expect(codeOf(await client.sign({ ...order, sha256: 'a'.repeat(64) }))).toBe('revision-not-current')
  const secretary = await office.pc('kamonchanok')
  await eventually('the letter', async () => (await secretary.client.getLetter({ letterId })).ok)
  expect(codeOf(await secretary.client.plan({ letterId, positionId: 'deputy' }))).toBe(
    'secretary-cannot-sign',
  )
})

test('a letter proposed to an executive cannot be signed with another person’s token', async () => {
  const author = await office.pc('somying')
  const letterId = await proposeMemo(author.client, 'deputy')
  const { client } = await office.pc('teerawat', 'borrowed', 'prawit')
  const order = await orderToSign(client, letterId, 'deputy', pinOf('prawit'))
  expect(codeOf(await client.sign(order))).toBe('signer-not-actor')
  expect(accepted(await client.getLetter({ letterId })).signatures).toEqual([])
})

/** Resolves when a client reaches a step of signing. */
const reaching = (client: Client, wanted: SigningStep) =>
  new Promise<void>((resolve) => {
    client.on('signing.progress', ({ step }) => step === wanted && resolve())
  })
