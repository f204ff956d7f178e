import { beforeAll, describe, expect, test } from 'vitest'
import { EmbeddedFont } from './fontEmbedding.ts'
import { fitLines, linesHeight } from './textBox.ts'
import { loadTypefaces } from './typeface.ts'

let font: EmbeddedFont

beforeAll(async () => {
  font = new EmbeddedFont((await loadTypefaces()).regular, 'Thai')
})

const order = 'อนุมัติ มอบ สำนักบริหารงบกองทุน ดำเนินการ และให้ฝ่ายบริหารทั่วไปจัดเตรียมห้องประชุมพร้อมระบบถ่ายทอด'

describe('lines in a rectangle', () => {
  test('keep their size when there is room', () => {
    expect(fitLines(font, ['เลขรับ ๑๒๓๔/๒๕๖๙', 'เวลา ๐๙.๔๕ น.'], 200, 60, 12)).toEqual({
      lines: ['เลขรับ ๑๒๓๔/๒๕๖๙', 'เวลา ๐๙.๔๕ น.'],
      size: 12,
      fits: true,
    })
  })

  test('become a little smaller rather than break', () => {
    const { lines, size } = fitLines(font, ['ลงลายมือชื่อดิจิทัลโดย วรรณวิภา เจริญสุข'], 150, 30, 10)
    expect(lines).toHaveLength(1)
    expect(size).toBeLessThan(10)
  })

  test.each([
    [200, 60],
    [100, 100],
    [60, 40],
    [300, 20],
  ])('stay inside %d × %d points', (width, height) => {
    const { lines, size } = fitLines(font, [order, 'รายงานผลภายใน ๕ วัน'], width, height, 14)
    expect(Math.max(...lines.map((line) => font.width(line, size)))).toBeLessThanOrEqual(width + 0.1)
    expect(linesHeight(lines.length, size)).toBeLessThanOrEqual(height + 0.1)
    expect(lines.join('').replaceAll(' ', '')).toBe(`${order}รายงานผลภายใน ๕ วัน`.replaceAll(' ', ''))
  })
})
