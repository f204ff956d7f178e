import { describe, expect, it } from 'vitest'
import { delegating } from './delegating.ts'
import { flow } from './flow.ts'
import { kinds } from './kinds.ts'
import { numbers } from './numbers.ts'
import { receiving } from './receiving.ts'
import { signing } from './signing.ts'
import { type Rule, world } from './world.ts'

const chapters: Readonly<Record<string, readonly Rule[]>> = {
  'ชนิด แบบ ชั้นความเร็ว คำขึ้นต้นและคำลงท้าย': kinds,
  เลขที่หนังสือและทะเบียน: numbers,
  ลงนาม: signing,
  มอบอำนาจและเลขานุการ: delegating,
  'ร่าง ตรวจสอบ เสนอ สั่งการ ส่งต่อ ดึงคืน ปิดงาน': flow,
  ลงรับหนังสือ: receiving,
}
const rules = Object.values(chapters).flat()

for (const [chapter, ofChapter] of Object.entries(chapters)) {
  describe(chapter, () => {
    it.each(ofChapter.map((each) => [each.says, each] as const))(
      '%s',
      (_, { tried, gives, where = world }) => {
        expect(tried(where())).toEqual(gives)
      },
    )
  })
}

describe(`${rules.length} rules of the field`, () => {
  it('are at least 150, each said once', () => {
    expect(rules.length).toBeGreaterThanOrEqual(150)
    expect(new Set(rules.map(({ says }) => says)).size).toBe(rules.length)
  })
})
