import { describe, expect, it } from 'vitest'
import type { SigningPlan } from '../../shared/contract/views.ts'
import { textsFor } from '../texts/texts.ts'
import { additions, hashStart } from './PlanFacts.tsx'

const texts = textsFor({ language: 'th', digits: 'arabic' })
const plan: SigningPlan = {
  subject: 'ขออนุมัติจัดประชุม',
  fileName: 'memo.pdf',
  pageCount: 2,
  revisionNumber: 1,
  sha256: `9f3a61c0d27e44b8${'0'.repeat(48)}`,
  number: null,
  date: null,
  writesNumber: true,
  datedEarlier: false,
  block: { page: 2, place: { x: 0, y: 0, width: 1, height: 1 } },
  overlaps: false,
  pages: [],
  signerName: 'นายธีรวัฒน์ ศรีสุขสันต์',
  signerPosition: 'รองเลขาธิการ',
}

describe('what you will sign', () => {
  it('says that number and date come on signing, and shows them once they are bound', () => {
    expect(additions(plan, 2, texts)).toBe('เลขและวันที่ซึ่งระบบออกเมื่อลงนาม · ช่องลายมือชื่อ หน้า 2')
    const bound = { ...plan, number: '๕.๓๐/๑๒๔๗', date: '๑๗ กันยายน ๒๕๖๙' }
    expect(additions(bound, 1, texts)).toBe('ที่ ๕.๓๐/๑๒๔๗ วันที่ ๑๗ กันยายน ๒๕๖๙ · ช่องลายมือชื่อ หน้า 1')
  })

  it('says so when the date to be written is earlier than today', () => {
    const bound = { ...plan, number: '๕.๓๐/๑๒๔๗', date: '๑๗ กันยายน ๒๕๖๙', datedEarlier: true }
    expect(additions(bound, 1, texts)).toContain('วันที่ ๑๗ กันยายน ๒๕๖๙ · วันที่นี้ก่อนวันลงนาม')
  })

  it('says nothing of a number where none is written', () => {
    expect(additions({ ...plan, writesNumber: false }, 1, texts)).toBe('ช่องลายมือชื่อ หน้า 1')
  })

  it('shows as much of the hash as one compares by eye', () => {
    expect(hashStart(plan.sha256)).toBe('9f3a 61c0 d27e 44b8')
  })
})
