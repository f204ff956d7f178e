import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { composeMemo, type Memo } from '../../../src/pdf/memo/memo.ts'
import { convert, inFolder, tool } from './tools.ts'

/** A memo as an office would write it. */
export const sampleMemo: Memo = {
  agency: 'สำนักงานหลักประกันสุขภาพแห่งชาติ',
  department: 'สำนักบริหารงบกองทุน',
  departmentPhone: '0 2141 4000 ต่อ 4312',
  numberPrefix: 'สปสช ',
  subject: 'ขออนุมัติจัดประชุมเชิงปฏิบัติการชี้แจงหลักเกณฑ์กองทุน ปีงบประมาณ ๒๕๗๐',
  salutationTo: 'รองเลขาธิการ',
  paragraphs: [
    'ตามที่ สำนักงานหลักประกันสุขภาพแห่งชาติได้ประกาศหลักเกณฑ์การดำเนินงานและการบริหารจัดการกองทุนหลักประกันสุขภาพแห่งชาติ ปีงบประมาณ ๒๕๗๐ ซึ่งมีผลใช้บังคับตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๙ เป็นต้นไป นั้น',
    'สำนักบริหารงบกองทุนพิจารณาแล้ว เห็นควรจัดประชุมเชิงปฏิบัติการ จำนวน ๑๓๐ คน ในวันที่ ๒๓ - ๒๔ กันยายน ๒๕๖๙ โดยมีค่าใช้จ่ายเป็นเงิน ๓๘๖,๔๐๐ บาท (สามแสนแปดหมื่นหกพันสี่ร้อยบาทถ้วน)',
    'จึงเรียนมาเพื่อโปรดพิจารณาอนุมัติ และมอบให้ผู้เกี่ยวข้องดำเนินการต่อไป',
  ],
  signerName: 'นางสาววรรณวิภา เจริญสุข',
  signerPosition: 'ผู้อำนวยการสำนักบริหารงบกองทุน',
}

/** The sample memo as bytes: a classic cross-reference table. */
export async function memoFile(changes: Partial<Memo> = {}): Promise<Uint8Array> {
  const made = await composeMemo({ ...sampleMemo, ...changes })
  if (!made.ok) throw new Error(made.refusal.code)
  return made.value
}

/** The page that the external letters are made from. */
export const letterPage = `<!doctype html><html lang="th"><meta charset="utf-8"><title>หนังสือภายนอก</title>
<style>@page{size:A4;margin:2.5cm 2cm 2cm 3cm}body{font-family:Sarabun,"TH Sarabun New","Noto Sans Thai",sans-serif;font-size:13pt}</style>
<table width="100%"><tr><td>ที่ สปสช</td><td align="right">สำนักงานหลักประกันสุขภาพแห่งชาติ<br>ถนนแจ้งวัฒนะ กรุงเทพมหานคร ๑๐๒๑๐</td></tr></table>
<p>&nbsp;</p><p>เรื่อง ตอบข้อหารือการเบิกค่าบริการฟอกไต กรณีย้ายสิทธิ</p><p>เรียน ผู้อำนวยการโรงพยาบาลขอนแก่น</p>
<p>ตามที่ โรงพยาบาลได้หารือเรื่องการเบิกค่าบริการ ความละเอียดแจ้งแล้ว นั้น</p>
<p>สำนักงานพิจารณาแล้ว เห็นว่าเบิกจ่ายได้ตามหลักเกณฑ์ปีงบประมาณ ๒๕๖๙</p>
<div style="margin-left:45%;text-align:center">ขอแสดงความนับถือ<br><br><br><br><br>(นายแพทย์ธีรวัฒน์ ศรีสุขสันต์)<br>รองเลขาธิการ</div></html>`

/** The letter's page printed to PDF by Chromium. */
export const chromiumLetter = (...more: string[]): Promise<Uint8Array> =>
  inFolder(async (folder) => {
    const [page, pdf] = [join(folder, 'letter.html'), join(folder, 'letter.pdf')]
    await writeFile(page, letterPage)
    const options = ['--headless', '--no-sandbox', '--disable-gpu', '--no-pdf-header-footer', ...more]
    await tool(
      'chromium',
      ...options,
      `--user-data-dir=${join(folder, 'profile')}`,
      `--print-to-pdf=${pdf}`,
      page,
    )
    return new Uint8Array(await readFile(pdf))
  })

/** Object and cross-reference streams throughout. */
export const withObjectStreams = (bytes: Uint8Array): Promise<Uint8Array> =>
  convert(bytes, 'qpdf', '--object-streams=generate', 'IN', 'OUT')

/** Linearized for fast web view. */
export const linearized = (bytes: Uint8Array): Promise<Uint8Array> =>
  convert(bytes, 'qpdf', '--linearize', 'IN', 'OUT')

/** Linearized, with object streams. */
export const linearizedWithObjectStreams = (bytes: Uint8Array): Promise<Uint8Array> =>
  convert(bytes, 'qpdf', '--linearize', '--object-streams=generate', 'IN', 'OUT')

/** All pages turned clockwise by `degrees`. */
export const turned = (bytes: Uint8Array, degrees: 90 | 180 | 270): Promise<Uint8Array> =>
  convert(bytes, 'qpdf', `--rotate=${degrees}`, 'IN', 'OUT')

/** Locked with an owner password; anybody may open it. */
export const encrypted = (bytes: Uint8Array): Promise<Uint8Array> =>
  convert(bytes, 'qpdf', '--encrypt', '', 'owner', '256', '--', 'IN', 'OUT')

/** Bytes of a mail gateway before the header, as some systems leave them. */
export const withJunkBefore = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(Buffer.concat([Buffer.from('Content-Type: application/pdf\r\n\r\n'), bytes]))

/** A note that mutool drew, in a revision of its own. */
export const updatedByMutool = (bytes: Uint8Array): Promise<Uint8Array> =>
  inFolder(async (folder) => {
    const [from, to, script] = [join(folder, 'in.pdf'), join(folder, 'out.pdf'), join(folder, 'change.js')]
    await writeFile(from, bytes)
    const change = `var document = new PDFDocument(scriptArgs[0])
var note = document.loadPage(0).createAnnotation('Square')
note.setRect([300, 300, 330, 330])
note.update()
document.save(scriptArgs[1], 'incremental')`
    await writeFile(script, change)
    const { status, output } = await tool('mutool', 'run', script, from, to)
    if (status !== 0) throw new Error(output)
    return new Uint8Array(await readFile(to))
  })

/** Attached by poppler: a table of the costs. */
export const attachedByPoppler = (bytes: Uint8Array): Promise<Uint8Array> =>
  inFolder(async (folder) => {
    const [from, to, table] = [join(folder, 'in.pdf'), join(folder, 'out.pdf'), join(folder, 'costs.csv')]
    await writeFile(from, bytes)
    await writeFile(table, 'รายการ,บาท\nค่าอาหาร,๓๘๖๔๐๐\n')
    const { status, output } = await tool('pdfattach', from, table, to)
    if (status !== 0) throw new Error(output)
    return new Uint8Array(await readFile(to))
  })
