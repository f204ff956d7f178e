import type { Client } from '../../../src/main/client/client.ts'
import { accepted } from './testClient.ts'

/** The subject of the letter that most tests are about. */
export const subject = 'ขออนุมัติจัดประชุมเชิงปฏิบัติการชี้แจงหลักเกณฑ์กองทุน ปีงบประมาณ ๒๕๗๐'

/** Composes a memo to be signed by `signerPositionId`, and drafts a letter of it as the person signed in. */
export async function draftMemo(author: Client, signerPositionId = 'deputy'): Promise<string> {
  const addressee = 'เลขาธิการสำนักงานหลักประกันสุขภาพแห่งชาติ'
  const file = accepted(
    await author.composeMemo({
      subject,
      addressee,
      paragraphs: ['ตามที่คณะกรรมการมีมติให้จัดประชุมชี้แจงหลักเกณฑ์ นั้น', 'จึงเรียนมาเพื่อโปรดพิจารณาอนุมัติ'],
      signerPositionId,
    }),
  )
  const { letterId } = accepted(
    await author.draft({ fileSha256: file.sha256, kind: 'internal', subject, addressee, urgency: 'urgent' }),
  )
  return letterId
}

/** Drafts a memo and proposes it to `to`. */
export async function proposeMemo(author: Client, to = 'deputy'): Promise<string> {
  const letterId = await draftMemo(author, to)
  accepted(await author.propose({ letterId, to, note: 'เพื่อโปรดพิจารณาลงนาม' }))
  return letterId
}
