import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { composeMemo } from '../../src/pdf/memo/memo.ts'
import type { LetterFacts } from '../../src/shared/contract/facts.ts'
import type { CommandBody, LetterEvent } from '../../src/shared/contract/letter.ts'
import type { CommandResult } from '../../src/shared/contract/sync.ts'
import { ordinaryFacts } from '../../src/shared/domain/asked.ts'
import { foldLetter } from '../../src/shared/domain/evolve.ts'
import type { Letter } from '../../src/shared/domain/letter.ts'
import { refusals } from '../../src/shared/refusals.ts'
import { bangkokDay } from '../../src/shared/thai/dates.ts'
import { toThaiDigits } from '../../src/shared/thai/digits.ts'
import { launchApp, type RunningApp } from '../../test/support/app/launch.ts'
import * as office from '../../test/support/app/office.ts'
import { judgeByPdfsig } from '../../test/support/pki/judge.ts'
import { createNssDatabase } from '../../test/support/pki/nss.ts'
import { sampleSigners } from '../../test/support/sample/tokens.ts'
import { minimalPdf, sha256 } from '../../test/support/server/minimalPdf.ts'
import { acceptedEvents, command, signInTo, type TestClient } from '../../test/support/server/testClient.ts'
import type { Stage } from './mainJob.ts'

const DELEGATE = 'wanwipa'
const CIRCULAR_TO = ['legal', 'executive', 'registry', 'region-1', 'region-13']

const circular = {
  subject: 'แจ้งเวียนแนวทางการใช้ระบบสารบรรณอิเล็กทรอนิกส์ ปีงบประมาณ ๒๕๗๐',
  paragraphs: [
    'ด้วยสำนักงานหลักประกันสุขภาพแห่งชาติได้ปรับปรุงแนวทางการใช้ระบบสารบรรณอิเล็กทรอนิกส์ เพื่อให้การรับ - ส่ง และการลงนามหนังสือเป็นไปตามระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ (ฉบับที่ ๔) พ.ศ. ๒๕๖๔',
    'จึงเรียนมาเพื่อทราบและถือปฏิบัติ',
  ],
}

/**
 * What an office does with letters besides signing them: a delegate signs, a circular goes to five units, a letter is
 * handed over and gets its own receive number there, is pulled back and given back, and procurement is refused.
 * `subject` is that of the letter that the main job has signed.
 */
export async function officeStory(stage: Stage, subject: string): Promise<void> {
  const { report, server } = stage
  const [author, administrator, legal, executive] = (await Promise.all(
    ['somying', 'pimjai', 'orauma', 'nittaya'].map((person) => signInTo(server, person)),
  )) as [TestClient, TestClient, TestClient, TestClient]
  const circularId = randomUUID()

  await report.step('delegate', 'ผู้ปฏิบัติการแทนลงนามหนังสือเวียนด้วยโทเคนของตนเอง', async () => {
    await delegate(administrator)
    await proposeCircular(author, circularId)
    return signAsDelegate(stage)
  })

  await report.step('circular', 'แจ้งเวียนห้าหน่วยงาน แต่ละหน่วยงานรับด้วยเลขรับของตน', async () => {
    const deliveries = await deliver(author, circularId, CIRCULAR_TO)
    const received = [
      await receive(legal, circularId, deliveries.get('legal'), 'legal'),
      await receive(executive, circularId, deliveries.get('executive'), 'executive'),
    ]
    const states = (await letterOf(author, circularId)).deliveries.map(({ state }) => state)
    expect(states.filter((state) => state === 'received')).toHaveLength(2)
    expect(states.filter((state) => state === 'sent')).toHaveLength(3)
    return `รับแล้ว ๒ หน่วยงาน (${received.map(({ words }) => words).join(', ')}) รอรับ ๓ หน่วยงาน`
  })

  const letterId = await idOf(author, subject)
  const handedOver = await handOver(stage, author, legal, letterId)

  await report.step('recall-and-return', 'ดึงคืนก่อนรับ และคืนเรื่องหลังรับ', async () => {
    const delivery = (await deliver(author, letterId, ['executive'])).get('executive') ?? ''
    await done(author, letterId, { type: 'recall', target: delivery, reason: 'ส่งผิดหน่วยงาน' })
    const late = await receiveCommand(executive, letterId, delivery, 'executive')
    const refused = refusalWords(late, 'delivery-recalled')
    const source = { letterId, deliveryId: handedOver.delivery }
    await done(legal, handedOver.letterId, {
      type: 'return-delivery',
      source,
      reason: 'ไม่อยู่ในอำนาจหน้าที่ของสำนักกฎหมาย',
    })
    const states = (await letterOf(author, letterId)).deliveries.map(({ state }) => state)
    expect(states).toEqual(['returned', 'recalled'])
    const tooLate = await author.send(
      command(letterId, { type: 'recall', target: handedOver.delivery, reason: 'x' }),
    )
    refusalWords(tooLate[0], 'recall-too-late')
    return `“${refused}” · สำนักกฎหมายคืนเรื่องแล้ว`
  })

  await report.step('procurement', 'หนังสือจัดซื้อจัดจ้างเสนอลงนามอิเล็กทรอนิกส์ไม่ได้', async () => {
    const procurementId = randomUUID()
    await draft(author, procurementId, {
      kind: 'internal',
      subject: 'ขออนุมัติจ้างเหมาบริการบำรุงรักษาระบบคอมพิวเตอร์แม่ข่าย',
      matter: 'procurement',
      evidenceClass: 'financial',
      amount: 480_000,
    })
    const [result] = await author.send(
      command(procurementId, { type: 'propose', to: 'deputy', note: 'เพื่อโปรดอนุมัติ' }),
    )
    const refused = refusalWords(result, 'esign-procurement')
    const number = await signOnPaper(author, await signInTo(server, 'rungnapa'), procurementId)
    return `“${refused}” → พิมพ์ ลงนามด้วยลายมือ สแกนกลับแล้ว: ที่ ${number}`
  })

  await showTimeline(stage, subject)
}

/** Hands the signed letter over to the legal bureau, whose clerk takes it into the bureau's own register. */
async function handOver({ report }: Stage, author: TestClient, legal: TestClient, letterId: string) {
  const result = { letterId: '', delivery: '' }
  await report.step('hand-over', 'ส่งหนังสือถึงสำนักกฎหมาย ซึ่งลงรับด้วยเลขรับของตนเอง', async () => {
    result.delivery = (await deliver(author, letterId, ['legal'])).get('legal') ?? ''
    const received = await receive(legal, letterId, result.delivery, 'legal')
    result.letterId = received.letterId
    const source = await letterOf(author, letterId)
    expect(source.deliveries[0]?.receivedAs?.receipt.registerId).toBe('receive-legal')
    return `ที่ ${toThaiDigits(source.number?.text ?? '')} → ${received.words} ต้นทางเห็นเลขรับแล้ว`
  })
  return result
}

/** The administrator records the order by which the director acts for the deputy. */
async function delegate(administrator: TestClient): Promise<void> {
  const today = bangkokDay(new Date().toISOString())
  const answer = await administrator.request('/office', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      commands: [
        {
          id: randomUUID(),
          clientTime: new Date().toISOString(),
          body: {
            type: 'delegate',
            delegation: {
              id: 'demo-deputy',
              kind: 'delegated',
              positionId: 'deputy',
              personId: DELEGATE,
              ownPositionId: 'director-fund',
              orderNumber: 'คำสั่ง สปสช. ที่ 412/2569',
              orderDate: today,
              from: today,
              to: today,
              scope: { kinds: ['internal'], unitIds: null, ceiling: 500_000 },
            },
          },
        },
      ],
    }),
  })
  const { results } = (await answer.json()) as { results?: { outcome: string }[] }
  expect(results?.map(({ outcome }) => outcome)).toEqual(['accepted'])
}

async function proposeCircular(author: TestClient, letterId: string): Promise<void> {
  await draft(author, letterId, { kind: 'internal', subject: circular.subject, circular: true })
  await done(author, letterId, { type: 'propose', to: 'deputy', note: 'เพื่อโปรดลงนาม' })
}

/** Uploads a memo that the program has written and makes a draft of it. */
async function draft(
  author: TestClient,
  letterId: string,
  facts: Partial<LetterFacts> & Pick<LetterFacts, 'kind' | 'subject'>,
): Promise<void> {
  const memo = await composeMemo({
    agency: 'สำนักงานหลักประกันสุขภาพแห่งชาติ',
    department: 'สำนักบริหารงบกองทุน',
    departmentPhone: '๐ ๒๑๔๑ ๔๐๐๐',
    numberPrefix: 'สปสช ',
    subject: facts.subject,
    salutationTo: 'ผู้อำนวยการสำนักทุกสำนัก',
    paragraphs: circular.paragraphs,
    signerName: 'นางสาววรรณวิภา เจริญสุข',
    signerPosition: 'ผู้อำนวยการสำนักบริหารงบกองทุน ปฏิบัติการแทนรองเลขาธิการ',
  })
  if (!memo.ok) throw new Error(memo.refusal.code)
  await author.upload(memo.value)
  await done(author, letterId, {
    ...ordinaryFacts,
    ...facts,
    type: 'draft',
    addressee: 'ผู้อำนวยการสำนักทุกสำนัก',
    unitId: 'fund',
    registerId: 'send-fund',
    fileName: 'บันทึกข้อความ.pdf',
    pageCount: 1,
    revision: { sha256: sha256(memo.value), bytes: memo.value.length, extends: null },
  })
}

/** The paper path: the unit's clerk numbers the letter, and its scan comes back signed by hand. */
async function signOnPaper(author: TestClient, clerk: TestClient, letterId: string): Promise<string> {
  await done(clerk, letterId, { type: 'bind-number' })
  const scan = minimalPdf(`signed by hand ${letterId}`)
  await author.upload(scan)
  await done(author, letterId, {
    type: 'sign-on-paper',
    fileName: 'บันทึกข้อความ (ลงนามแล้ว).pdf',
    pageCount: 1,
    revision: { sha256: sha256(scan), bytes: scan.length, extends: null },
    signedFor: 'deputy',
    signedOn: bangkokDay(new Date().toISOString()),
  })
  const { number, signedOnPaper } = await letterOf(author, letterId)
  expect(signedOnPaper?.positionId).toBe('deputy')
  return toThaiDigits(number?.text ?? '')
}

/** The delegate signs on the own PC, with the own token; other programs judge the signature. */
async function signAsDelegate({ work, report, server, signers }: Stage): Promise<string> {
  const signer = sampleSigners.find(({ personId }) => personId === DELEGATE)
  const token = signers.tokens[DELEGATE]
  const app = await launchApp({
    profile: join(work, DELEGATE),
    server,
    environment: { ...token.env, SARABAN_PKCS11_MODULE: token.module },
  })
  try {
    await office.signIn(app.page, DELEGATE)
    await office.openTrayOf(app.page, 'รองเลขาธิการ')
    await office.openLetter(app.page, circular.subject)
    await office.openSignDialog(app.page)
    await office.picture(app.page, report.file('delegate-sign.png'))
    const result = await office.enterPin(app.page, signer?.pin ?? '')
    await expect(result).toBeVisible({ timeout: 60_000 })
    const number = await result.getByText(/^ที่ /).first().textContent()
    await app.page.keyboard.press('Escape')
    await office.saveCopy(app, report.file('delegate-signed.pdf'))
    const nssFolder = join(work, 'delegate-nss')
    rmSync(nssFolder, { recursive: true, force: true })
    const judged = judgeByPdfsig(
      report.file('delegate-signed.pdf'),
      createNssDatabase(nssFolder, signers.rootPem),
    )
    expect([judged.valid, judged.signatures]).toEqual([1, 1])
    const signed = readFileSync(report.file('delegate-signed.pdf'))
    return `${number} · นางสาววรรณวิภา เจริญสุข ปฏิบัติการแทนรองเลขาธิการ · pdfsig 1/1 · ${signed.length} ไบต์`
  } finally {
    await app.close().catch(() => undefined)
  }
}

/** Hands a letter over to units; the delivery to each. */
async function deliver(
  client: TestClient,
  letterId: string,
  to: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const note = 'เพื่อโปรดทราบและดำเนินการ'
  const [event] = await done(client, letterId, {
    ...{ type: 'deliver', to: [...to], objective: 'for-action', note, dueAt: null },
  })
  if (event?.body.type !== 'delivered') throw new Error('nothing was delivered')
  return new Map(event.body.to.map(({ unitId, deliveryId }) => [unitId, deliveryId]))
}

async function receiveCommand(
  clerk: TestClient,
  letterId: string,
  deliveryId: string,
  unitId: string,
  as: string = randomUUID(),
) {
  const from = { letterId, deliveryId }
  const body: CommandBody = { type: 'receive', from, unitId, registerId: `receive-${unitId}` }
  const [result] = await clerk.send(command(as, body))
  return result
}

async function receive(clerk: TestClient, letterId: string, deliveryId: string | undefined, unitId: string) {
  const own = randomUUID()
  const [event] = acceptedEvents(await receiveCommand(clerk, letterId, deliveryId ?? '', unitId, own))
  if (event?.body.type !== 'received') throw new Error('nothing was received')
  return { letterId: own, words: `เลขรับ ${toThaiDigits(event.body.receipt.text)}` }
}

const done = async (client: TestClient, letterId: string, body: CommandBody): Promise<LetterEvent[]> =>
  acceptedEvents((await client.send(command(letterId, body)))[0])

/** The Thai sentence of a refusal, which has to be the one expected. */
function refusalWords(result: CommandResult | undefined, code: keyof typeof refusals): string {
  expect(result).toMatchObject({ outcome: 'refused', refusal: { code } })
  return refusals[code].th
}

async function eventsSeen(client: TestClient): Promise<LetterEvent[]> {
  const feed = await client.wholeFeed()
  const events = feed.flatMap((entry) => (entry.kind === 'events' ? entry.events : []))
  return [...new Map(events.map((event) => [event.hash, event])).values()].toSorted(
    (one, other) => one.version - other.version,
  )
}

async function letterOf(client: TestClient, letterId: string): Promise<Letter> {
  const letter = foldLetter((await eventsSeen(client)).filter((event) => event.letterId === letterId))
  if (!letter) throw new Error(`${letterId} is not to be seen`)
  return letter
}

async function idOf(client: TestClient, subject: string): Promise<string> {
  const found = (await eventsSeen(client)).find(
    ({ body }) => body.type === 'drafted' && body.subject === subject,
  )
  if (!found) throw new Error(`“${subject}” is not to be seen`)
  return found.letterId
}

/** The author's own screen shows the whole way. */
async function showTimeline({ work, report, server }: Stage, subject: string): Promise<void> {
  const app: RunningApp = await launchApp({
    profile: join(work, 'somying'),
    server,
    environment: { SOFTHSM2_CONF: join(work, 'no-token.conf') },
  })
  try {
    await office.signIn(app.page, 'somying')
    await office.navigation(app.page, 'nav.drafts').click()
    await office.openFolder(app.page, 'folder.signed')
    await office.openLetter(app.page, subject)
    await office.openTab(app.page, 'letter.tabRoute')
    const returned = app.page.locator('[data-testid="timeline-entry"][data-type="delivery-returned"]')
    await expect(returned).toBeVisible({ timeout: 30_000 })
    await office.picture(app.page, report.file('handed-over.png'))
  } finally {
    await app.close().catch(() => undefined)
  }
}
