import { describe, expect, it } from 'vitest'
import { delegating } from './delegating.ts'
import { flow } from './flow.ts'
import { keeping } from './keeping.ts'
import { kinds } from './kinds.ts'
import { numbers } from './numbers.ts'
import { receiving } from './receiving.ts'
import { secrecy } from './secrecy.ts'
import { sending } from './sending.ts'
import { signing } from './signing.ts'
import { words } from './words.ts'
import { type Rule, world } from './world.ts'

const chapters: readonly (readonly [string, readonly Rule[]])[] = [
  ['ชนิด แบบ ชั้นความเร็ว คำขึ้นต้นและคำลงท้าย', kinds],
  ['วันที่ เลขไทย และข้อความไทย', words],
  ['เลขที่หนังสือและทะเบียน', numbers],
  ['ลงรับหนังสือ', receiving],
  ['ร่าง ตรวจสอบ เสนอ สั่งการ ส่งต่อ ดึงคืน ปิดงาน', flow],
  ['ลงนาม', signing],
  ['มอบอำนาจและเลขานุการ', delegating],
  ['ส่งและรับระหว่างหน่วยงาน ส่งออก ชื่อไฟล์', sending],
  ['ชั้นความลับและผู้เห็นหนังสือ', secrecy],
  ['เก็บรักษา ยืม ทำลาย', keeping],
]
const rules = chapters.flatMap(([, ofChapter]) => ofChapter)

for (const [chapter, ofChapter] of chapters) {
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
