import { describe, expect, it } from 'vitest'
import type { EventBody } from '../../shared/contract/letter.ts'
import type { TimelineEntry } from '../../shared/contract/views.ts'
import { textsFor } from '../texts/texts.ts'
import { entryWords } from './entryWords.ts'

const texts = textsFor({ language: 'th', digits: 'arabic' })
const at = '2026-11-23T03:00:00.000Z'
const wordsOf = (body: EventBody, toTitle: string | null = null) => {
  const entry: TimelineEntry = {
    event: {
      letterId: '',
      version: 1,
      commandId: '',
      actor: 'teerawat',
      positionId: 'deputy',
      onBehalfOf: null,
      delegationId: null,
      device: '',
      clientTime: at,
      serverTime: at,
      body,
      previousHash: null,
      hash: '',
    },
    actorName: 'นายธีรวัฒน์ ศรีสุขสันต์',
    positionTitle: 'รองเลขาธิการ',
    onBehalfOfName: null,
    toTitle,
    copyNames: [],
  }
  return entryWords(entry, texts)
}
const elements = {
  who: { personId: 'somying', name: 'นางสาวสมหญิง ใจดี', positionId: null },
  intent: 'propose',
  method: { kind: 'electronic', assurance: 1, look: 'typed' },
} as const
const leg = (note: string) => ({
  id: '1',
  from: null,
  to: 'secretary-general',
  note,
  dueAt: null,
  copies: [],
})

describe('the timeline’s words', () => {
  it('name the position that a letter was sent to, and quote the note', () => {
    expect(wordsOf({ type: 'forwarded', fromLegId: '1', leg: leg('เพื่อโปรดลงนาม') }, 'เลขาธิการ')).toEqual({
      deed: 'ส่งต่อถึงเลขาธิการ',
      detail: null,
      quote: { label: 'timeline.note', text: 'เพื่อโปรดลงนาม' },
    })
    expect(wordsOf({ type: 'proposed', leg: leg(' '), elements }, 'เลขาธิการ').quote).toBeNull()
  })

  it('give number and date as on paper', () => {
    const body = {
      type: 'number-bound',
      registerId: 'send-fund',
      buddhistYear: 2569,
      serial: 1247,
      text: 'สปสช 5.30/1247',
      date: '2026-11-23',
    } as const
    expect(wordsOf(body)).toMatchObject({ deed: 'ออกเลข ที่ สปสช ๕.๓๐/๑๒๔๗', detail: 'ลงวันที่ ๒๓ พฤศจิกายน ๒๕๖๙' })
  })

  it('quote the reason of a return', () => {
    const words = wordsOf({ type: 'returned', legId: '1', reason: 'ยอดรวมไม่ตรงกับสรุป', leg: null })
    expect(words).toEqual({
      deed: 'ส่งคืน',
      detail: null,
      quote: { label: 'timeline.reason', text: 'ยอดรวมไม่ตรงกับสรุป' },
    })
  })
})
