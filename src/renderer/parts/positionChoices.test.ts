import { describe, expect, it } from 'vitest'
import { matchingChoices, type PositionChoice } from './positionChoices.ts'

const choice = (title: string, holderName: string | null, unitName = ''): PositionChoice => ({
  positionId: title,
  title,
  unitName,
  holderName,
  secretaryNames: [],
})
const choices = [
  choice('เลขาธิการ', 'นายแพทย์ประวิทย์ วงศ์สวัสดิ์', 'สำนักเลขาธิการ'),
  choice('รองเลขาธิการ', 'นายธีรวัฒน์ ศรีสุขสันต์', 'สำนักเลขาธิการ'),
  choice('ผู้อำนวยการสำนักกฎหมาย', null, 'สำนักกฎหมาย'),
]
const found = (typed: string) => matchingChoices(choices, typed).map(({ title }) => title)

describe('finding a position by typing', () => {
  it('shows all of them before anything is typed', () => {
    expect(found('')).toHaveLength(3)
  })

  it('finds by a part of the title or of the holder’s name', () => {
    expect(found('กฎหมาย')).toEqual(['ผู้อำนวยการสำนักกฎหมาย'])
    expect(found('ธีรวัฒน์')).toEqual(['รองเลขาธิการ'])
  })

  it('needs every word, in any order', () => {
    expect(found('สวัสดิ์ เลขา')).toEqual(['เลขาธิการ'])
    expect(found('สวัสดิ์ กฎหมาย')).toEqual([])
  })

  it('finds words typed with marks in another order', () => {
    expect(found('ผ\u0E49\u0E39อำนวยการ')).toEqual(['ผู้อำนวยการสำนักกฎหมาย'])
  })
})
