import { randomUUID } from 'node:crypto'
import type { Command } from '../../../src/shared/contract/letter.ts'
import { ordinaryFacts } from '../../../src/shared/domain/asked.ts'
import { minimalPdf, sha256 } from './minimalPdf.ts'
import { acceptedEvents, command, type TestClient } from './testClient.ts'

/** The command with which somying of the fund bureau drafts a letter over a stored file. */
export const draftCommand = (letterId: string, file: Uint8Array, subject = 'ขออนุมัติจัดสรรงบกองทุน'): Command =>
  command(letterId, {
    ...ordinaryFacts,
    type: 'draft',
    kind: 'internal',
    subject,
    addressee: 'เลขาธิการสำนักงานหลักประกันสุขภาพแห่งชาติ',
    urgency: 'normal',
    unitId: 'fund',
    registerId: 'send-fund',
    fileName: 'บันทึกข้อความ.pdf',
    pageCount: 1,
    revision: { sha256: sha256(file), bytes: file.length, extends: null },
  })

/** Proposing to a position. */
export const proposeCommand = (letterId: string, to: string): Command =>
  command(letterId, { type: 'propose', to, note: 'เพื่อโปรดพิจารณาลงนาม' })

/** Asking for the letter's number, acting for a position. */
export const numberCommand = (letterId: string, positionId: string): Command =>
  command(letterId, { type: 'bind-number' }, positionId)

/** Drafts a letter as `author` and proposes it to `to`; returns its id and file. */
export async function proposedLetter(
  author: TestClient,
  to: string,
  subject?: string,
): Promise<{ letterId: string; file: Uint8Array }> {
  const letterId = randomUUID()
  const file = minimalPdf(letterId)
  await author.upload(file)
  const results = await author.send(draftCommand(letterId, file, subject), proposeCommand(letterId, to))
  for (const result of results) acceptedEvents(result)
  return { letterId, file }
}
