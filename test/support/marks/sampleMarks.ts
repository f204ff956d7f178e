import type { Mark } from '../../../src/pdf/stamp.ts'
import { magick } from './pictures.ts'

const writtenAt = new Date('2026-09-16T08:42:00Z')

/** One mark of every kind, apart from each other, in the lower left 580 × 560 points of page 1. */
export function marksOfAllKinds(): Mark[] {
  return [
    { name: 'number', page: 1, place: { x: 40, y: 520 }, lines: ['สปสช ๕.๓๐/๑๒๔๗'], fontSize: 16 },
    {
      name: 'date',
      page: 1,
      place: { x: 40, y: 490 },
      lines: ['๑๖ กันยายน ๒๕๖๙'],
      fontSize: 16,
      color: 'pen',
    },
    {
      kind: 'receiveStamp',
      name: 'stamp:1',
      page: 1,
      place: { x: 400, y: 470 },
      agency: 'สำนักงานหลักประกันสุขภาพแห่งชาติ',
      number: '5432/2569',
      receivedAt: writtenAt,
    },
    {
      kind: 'endorsement',
      name: 'endorsement:1',
      page: 1,
      place: { x: 40, y: 200, width: 230, height: 240 },
      text: 'เรียน รองเลขาธิการ\nเห็นควรอนุมัติตามที่สำนักบริหารงบกองทุนเสนอ และมอบผู้เกี่ยวข้องดำเนินการต่อไป',
      signerName: 'นางสาวปิ่นน้ำ กตัญญู',
      signerPosition: 'ผู้อำนวยการสำนักกฎหมาย',
      writtenAt,
      author: 'นางสาวปิ่นน้ำ กตัญญู',
    },
    {
      kind: 'ink',
      name: 'ink:1',
      page: 1,
      width: 2.5,
      strokes: [
        Array.from({ length: 40 }, (_, step) => ({
          x: 320 + 4 * step,
          y: 380 + 30 * Math.sin(step / 4),
          pressure: step / 40,
        })),
        [
          { x: 320, y: 340 },
          { x: 400, y: 330 },
          { x: 480, y: 345 },
        ],
        [{ x: 500, y: 400 }],
      ],
    },
    {
      kind: 'highlight',
      name: 'highlight:1',
      page: 1,
      places: [
        { x: 300, y: 280, width: 240, height: 18 },
        { x: 300, y: 258, width: 120, height: 18 },
      ],
      text: 'อนุมัติ',
    },
    {
      kind: 'image',
      name: 'image:1',
      page: 1,
      place: { x: 40, y: 60, width: 120, height: 100 },
      bytes: magick(['-size', '120x100', 'gradient:#c02020-#2040c0', 'jpeg:-']),
    },
    {
      kind: 'image',
      name: 'image:2',
      page: 1,
      place: { x: 220, y: 60, width: 100, height: 100 },
      bytes: magick([
        '-size',
        '100x100',
        'xc:none',
        '-fill',
        '#a02010c0',
        '-draw',
        'circle 50,50 50,5',
        'png32:-',
      ]),
      text: 'ตราประทับ',
    },
  ]
}
