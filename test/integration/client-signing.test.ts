import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
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
