import { describe, expect, it } from 'vitest'
import { paragraphsOf } from './paragraphs.ts'

describe('paragraphsOf', () => {
  it('parts text at empty lines, and joins lines broken inside a paragraph', () => {
    expect(paragraphsOf('ตามที่ สำนักงานได้จัดอบรม\nรุ่นที่ ๑ นั้น\n \n\nจึงเรียนมาเพื่อโปรดพิจารณา\n')).toEqual([
      'ตามที่ สำนักงานได้จัดอบรม รุ่นที่ ๑ นั้น',
      'จึงเรียนมาเพื่อโปรดพิจารณา',
    ])
    expect(paragraphsOf(' \n\n ')).toEqual([])
  })
})
