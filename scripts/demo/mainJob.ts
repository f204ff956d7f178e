import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { launchApp, type RunningApp } from '../../test/support/app/launch.ts'
import * as office from '../../test/support/app/office.ts'
import { type SampleTokens, sampleSigners } from '../../test/support/sample/tokens.ts'
import { judgeSignedLetter } from './judges.ts'
import type { Report } from './report.ts'

/** What the main job runs on. */
export interface Stage {
  readonly work: string
  readonly report: Report
  readonly server: string
  readonly signers: SampleTokens
  /** A letter to import in place of the memo that the app writes itself. */
  readonly pdf?: string
}

/** The letter of the main job. */
export const memo: office.MemoText = {
  subject: 'ขออนุมัติจัดประชุมเชิงปฏิบัติการชี้แจงหลักเกณฑ์กองทุน ปีงบประมาณ ๒๕๗๐',
  addressee: 'รองเลขาธิการ',
  signer: 'รองเลขาธิการ',
  paragraphs: [
    'ตามที่ สำนักงานหลักประกันสุขภาพแห่งชาติได้ประกาศหลักเกณฑ์การดำเนินงานและการบริหารจัดการกองทุนหลักประกันสุขภาพแห่งชาติ ปีงบประมาณ ๒๕๗๐ ซึ่งมีผลใช้บังคับตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๙ เป็นต้นไป นั้น',
    'สำนักบริหารงบกองทุนพิจารณาแล้ว เห็นควรจัดประชุมเชิงปฏิบัติการชี้แจงหลักเกณฑ์ดังกล่าวแก่ผู้รับผิดชอบงานกองทุนของ สปสช. เขต ๑ - ๑๓ จำนวน ๑๓๐ คน ในวันที่ ๒๓ - ๒๔ ธันวาคม ๒๕๖๙ ณ ห้องประชุม ๒๐๑ ชั้น ๒ อาคารสำนักงานหลักประกันสุขภาพแห่งชาติ โดยมีค่าใช้จ่ายเป็นเงิน ๓๘๖,๔๐๐ บาท (สามแสนแปดหมื่นหกพันสี่ร้อยบาทถ้วน)',
    'จึงเรียนมาเพื่อโปรดพิจารณาอนุมัติ และมอบให้ผู้เกี่ยวข้องดำเนินการต่อไป',
  ],
}

/** One letter's whole way: proposed, seen, signed, followed, signed by another executive, judged. */
export async function mainJob(stage: Stage): Promise<void> {
  const { report } = stage
  const running: RunningApp[] = []
  const open = async (personId: string) => {
    const tokens = stage.signers.tokens[personId as keyof SampleTokens['tokens']]
    const app = await launchApp({
      profile: join(stage.work, personId),
      server: stage.server,
      environment: tokens
        ? { ...tokens.env, SARABAN_PKCS11_MODULE: tokens.module }
        : { SOFTHSM2_CONF: join(stage.work, 'no-token.conf') },
    })
    running.push(app)
    await office.signIn(app.page, personId)
    return app
  }
  const shot = (app: RunningApp, name: string) => office.picture(app.page, report.file(`${name}.png`))
  const pinOf = (personId: string) => sampleSigners.find((signer) => signer.personId === personId)?.pin ?? ''

  try {
    const staff = await open('somying')
    const secretary = await open('kamonchanok')
    await report.step('propose', 'เจ้าหน้าที่นำหนังสือเข้าและเสนอรองเลขาธิการ', async () => {
      if (stage.pdf) {
        copyFileSync(stage.pdf, report.file('imported.pdf'))
        await office.importPdf(staff, stage.pdf, memo)
      } else await office.writeMemo(staff.page, memo)
      await shot(staff, 'draft')
      await office.saveAndPropose(staff.page, 'รองเลขาธิการ')
      await office.openTray(secretary.page)
      await expect(office.letterRow(secretary.page, memo.subject)).toBeVisible({ timeout: 30_000 })
      await shot(secretary, 'secretary-intray')
      return `“${memo.subject}” ถึงรองเลขาธิการ เลขานุการเห็นแล้ว`
    })

    const deputy = await open('teerawat')
    await report.step('open', 'รองเลขาธิการเปิดหนังสือในถาด', async () => {
      await shot(deputy, 'portal')
      await office.openTray(deputy.page)
      await office.openLetter(deputy.page, memo.subject)
      await shot(deputy, 'intray')
      const imported = await office.saveCopy(deputy, report.file('imported.pdf'))
      return `pdf.js แสดงหน้าแรกแล้ว (${imported.length} ไบต์)`
    })

    await report.step('sign', 'รองเลขาธิการลงนามด้วยโทเคน RSA-2048', async () => {
      await office.openSignDialog(deputy.page)
      await shot(deputy, 'sign')
      const result = await office.enterPin(deputy.page, pinOf('teerawat'))
      await expect(result).toBeVisible({ timeout: 60_000 })
      const number = await result.getByText(/^ที่ /).first().textContent()
      const sent = (await result.getAttribute('data-sent')) === 'true' ? 'ส่งแล้ว' : 'รอส่ง'
      await shot(deputy, 'signed')
      await deputy.page.keyboard.press('Escape')
      await office.saveCopy(deputy, report.file('signed-1.pdf'))
      return `${number} · ${sent}`
    })

    await report.step('track', 'เจ้าหน้าที่และเลขานุการเห็นเลขและเส้นทาง', async () => {
      await office.navigation(staff.page, 'nav.drafts').click()
      await followed(staff, 'ที่ สปสช ๕.๓๐/๑')
      await shot(staff, 'timeline')
      await office.openTray(secretary.page)
      await followed(secretary, 'ที่ สปสช ๕.๓๐/๑')
      await shot(secretary, 'secretary-timeline')
      return 'ทั้งสองเครื่องแสดง ลงนามแล้ว ที่ สปสช ๕.๓๐/๑'
    })

    await report.step('second-signature', 'เลขาธิการลงนามต่อด้วยโทเคน EC P-256', async () => {
      await office.forwardTo(deputy.page, 'เลขาธิการ', 'เพื่อโปรดลงนาม')
      const general = await open('prawit')
      await office.openTray(general.page)
      await office.openLetter(general.page, memo.subject)
      await office.openSignDialog(general.page)
      await shot(general, 'second-sign')
      const result = await office.enterPin(general.page, pinOf('prawit'))
      await expect(result).toBeVisible({ timeout: 60_000 })
      await general.page.keyboard.press('Escape')
      await office.openTab(general.page, 'letter.tabSignatures')
      await shot(general, 'signatures')
      await office.saveCopy(general, report.file('signed-2.pdf'))
      return 'ต่อท้ายลายมือชื่อแรกโดยไม่แก้ของเดิม'
    })

    await report.step('judges', 'โปรแกรมอื่นตรวจลายมือชื่อทั้งสอง', async () => {
      copyFileSync(stage.signers.rootPem, report.file('root.pem'))
      return judgeSignedLetter({
        nss: report.file('nss'),
        rootPem: stage.signers.rootPem,
        imported: readFileSync(report.file('imported.pdf')),
        first: report.file('signed-1.pdf'),
        second: report.file('signed-2.pdf'),
      })
    })
  } catch (problem) {
    // The screens as they stood tell more than the message.
    for (const [index, app] of running.entries())
      await shot(app, `failed-${index + 1}`).catch(() => undefined)
    throw problem
  } finally {
    await Promise.all(running.map((app) => app.close().catch(() => undefined)))
  }
}

/** Opens the letter in the list of signed ones and its timeline, and waits for its number. */
async function followed({ page }: RunningApp, number: string): Promise<void> {
  await page
    .getByRole('button', { name: new RegExp(`^${office.text('folder.signed')}`) })
    .first()
    .click()
  await office.openLetter(page, memo.subject)
  await expect(page.getByText(number).first()).toBeVisible({ timeout: 30_000 })
  await office.openTab(page, 'letter.tabRoute')
  await expect(page.getByTestId('timeline-entry').first()).toBeVisible()
}
