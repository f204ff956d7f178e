import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../src/main/client/client.ts'
import type { IpcInput } from '../../src/shared/contract/ipc.ts'
import { lossyLine } from '../support/client/lossyLine.ts'
import { openOffice, orderToSign, pinOf, type SigningOffice } from '../support/client/signingOffice.ts'
import { proposeMemo } from '../support/client/story.ts'
import { accepted, codeOf, eventually } from '../support/client/testClient.ts'
import { isSoundForQpdf, judgeByPdfsig } from '../support/pki/judge.ts'
import { createNssDatabase } from '../support/pki/nss.ts'
import { createTokens } from '../support/pki/tokens.ts'
import type { SampleSigner } from '../support/sample/tokens.ts'

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

test('without the PIN that has to be typed here no number is issued and no try is used', async () => {
  const author = await office.pc('somying')
  const letterId = await proposeMemo(author.client, 'deputy')
  const { client } = await office.pc('teerawat')
  const { pin, ...order } = await orderToSign(client, letterId, 'deputy', pinOf('teerawat'))
  expect(codeOf(await client.sign(order))).toBe('pin-length')
  expect(codeOf(await client.sign({ ...order, pin: '' }))).toBe('pin-length')
  expect(accepted(await client.tokens())[0]?.pinState).toBe('ok')
  expect(accepted(await client.getLetter({ letterId })).number).toBeNull()
  expect(accepted(await client.sign({ ...order, pin })).sent).toBe(true)
})

describe('a token that shows its certificate only after the PIN', () => {
  const hiding = (person: SampleSigner) => {
    const token = { ...office.tokens.asked[person], hidesCertificates: true }
    return createTokens(join(office.directory, `hiding-${person}`), [token])
  }

  test('signs with it', async () => {
    const author = await office.pc('somying')
    const letterId = await proposeMemo(author.client, 'deputy')
    const { client } = await office.pc('teerawat', { name: 'hiding', tokens: hiding('teerawat') })
    const order = await orderToSign(client, letterId, 'deputy', pinOf('teerawat'))
    expect(order.certificateId).toBeUndefined()
    expect(codeOf(await client.sign({ ...order, pin: '000000' }))).toBe('pin-wrong')
    expect(accepted(await client.getLetter({ letterId })).number).toBeNull()
    expect(accepted(await client.sign(order)).sent).toBe(true)
    const [signature] = accepted(await client.getLetter({ letterId })).signatures
    expect(signature?.personName).toBe('นายธีรวัฒน์ ศรีสุขสันต์')
    await office.shut('hiding')
  })

  test('that is another person’s signs nothing, and no number is issued', async () => {
    const author = await office.pc('somying')
    const letterId = await proposeMemo(author.client, 'deputy')
    const { client } = await office.pc('teerawat', { name: 'borrowed', tokens: hiding('prawit') })
    const order = await orderToSign(client, letterId, 'deputy', pinOf('prawit'))
    expect(codeOf(await client.sign(order))).toBe('signer-not-actor')
    const letter = accepted(await client.getLetter({ letterId }))
    expect(letter).toMatchObject({ stage: 'proposed', number: null, signatures: [], waiting: [] })
    await office.shut('borrowed')
  })
})

test('a tray of letters is signed with one entry of the PIN, and what changed meanwhile is told of its letter', async () => {
  const author = await office.pc('somying')
  const { client } = await office.pc('teerawat')
  const letters = []
  for (const _ of [1, 2, 3]) {
    const letterId = await proposeMemo(author.client, 'deputy')
    letters.push(await orderToSign(client, letterId, 'deputy', pinOf('teerawat')))
  }
  const [first, stale, last] = letters
  const { tokenSerial, certificateId, pin } = first!
  const tray = [first!, { ...stale!, sha256: 'a'.repeat(64) }, last!]
  const report = accepted(await client.signMany({ letters: tray, tokenSerial, certificateId, pin }))
  expect(report.results.map(({ state }) => state)).toEqual(['signed', 'refused', 'signed'])
  expect(report.results[1]).toMatchObject({ refusal: { code: 'revision-not-current' } })

  const { done } = report
  const rest = accepted(await client.signMany({ letters, tokenSerial, certificateId, pin, done }))
  expect(rest.results.map(({ state }) => state)).toEqual(['signed-before', 'signed', 'signed-before'])
  for (const { letterId } of letters) {
    expect(accepted(await client.getLetter({ letterId })).signatures).toHaveLength(1)
  }
})

test('of two PCs that sign the same letter the first counts, and the second is told who and when', async () => {
  const author = await office.pc('somying')
  const letterId = await proposeMemo(author.client, 'deputy')
  const desk = await office.pc('teerawat')
  const line = await lossyLine(office.server.url)
  const laptop = await office.pc('teerawat', { name: 'laptop', serverUrl: line.url })
  const order = await orderToSign(laptop.client, letterId, 'deputy', pinOf('teerawat'))
  await bindNumberOnly(laptop.client, order)
  line.cut()
  expect(accepted(await laptop.client.sign(order)).sent).toBe(false)

  const first = await orderToSign(desk.client, letterId, 'deputy', pinOf('teerawat'))
  expect(accepted(await desk.client.sign(first)).sent).toBe(true)
  line.mend()
  const refused = await eventually(
    'the refusal',
    async () => (await laptop.client.outbox()).find(({ state }) => state === 'refused'),
    60_000,
  )
  expect(refused).toMatchObject({ letterId, type: 'sign', refusal: { code: 'letter-signed-already' } })
  expect(refused.refusal?.detail).toMatchObject({ who: 'นายธีรวัฒน์ ศรีสุขสันต์' })
  const seen = await eventually('the one signature', async () => {
    const got = await laptop.client.getLetter({ letterId })
    return got.ok && got.value.signatures.length === 1 && got.value
  })
  expect(seen.revision).toEqual(accepted(await desk.client.getLetter({ letterId })).revision)
  accepted(await laptop.client.discard({ commandId: refused.commandId }))
  await office.shut('laptop')
  await line.close()
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
  await bindNumberOnly(client, order)
  await office.server.kill()
  expect(accepted(await client.sign(order)).sent).toBe(false)
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
  const { client } = await office.pc('teerawat', { name: 'borrowed', tokenOf: 'prawit' })
  const order = await orderToSign(client, letterId, 'deputy', pinOf('prawit'))
  expect(codeOf(await client.sign(order))).toBe('signer-not-actor')
  expect(accepted(await client.getLetter({ letterId })).signatures).toEqual([])
})

/** Begins to sign and cancels once the number is bound; the letter keeps it. */
async function bindNumberOnly(client: Client, order: IpcInput<'signing.sign'>) {
  const stop = client.on('signing.progress', ({ step }) => step === 'prepare' && client.cancelSigning())
  expect(codeOf(await client.sign(order))).toBe('signature-cancelled')
  stop()
}
