import { describe, expect, it } from 'vitest'
import type { SyncState } from '../../shared/contract/views.ts'
import { textsFor } from '../texts/texts.ts'
import { syncWords } from './SyncIndicator.tsx'

const texts = textsFor({ language: 'th', digits: 'arabic' })
const now = '2026-11-23T04:00:00.000Z'
const state: SyncState = {
  connection: 'online',
  lastSync: '2026-11-23T03:42:00.000Z',
  waiting: 0,
  refused: 0,
  oldestWaiting: null,
  roundTrip: 80,
}
const words = (part: Partial<SyncState>) => syncWords({ ...state, ...part }, texts, now)

describe('the connection in one line', () => {
  it('says when it last synced, while nothing waits', () => {
    expect(words({})).toBe('เชื่อมต่อแล้ว · ซิงก์ล่าสุด 10.42 น.')
    expect(words({ lastSync: null })).toBe('เชื่อมต่อแล้ว · ซิงก์ล่าสุด ยังไม่เคย')
  })

  it('says offline how old the data is, or how much waits', () => {
    expect(words({ connection: 'offline' })).toBe('ออฟไลน์ · ข้อมูลเมื่อ 10.42 น.')
    expect(words({ connection: 'offline', waiting: 6 })).toBe('ออฟไลน์ · รอส่ง 6 รายการ')
  })

  it('never hides what was refused', () => {
    expect(words({ refused: 1 })).toBe('เชื่อมต่อแล้ว · ซิงก์ล่าสุด 10.42 น. · ไม่รับ 1')
  })
})
