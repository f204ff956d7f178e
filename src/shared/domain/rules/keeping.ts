import type { BodyOf } from '../../contract/letter.ts'
import { defaultPolicy } from '../defaultPolicy.ts'
import { stageOf } from '../letter.ts'
import { archivesDue, hasExpired, isForArchives, keptUntil, surveyDue } from '../retention.ts'
import { rule, type World } from './world.ts'

const years = (id: string) => defaultPolicy.retention.find((each) => each.id === id)?.years
const until = (id: string, day = '2026-11-23') => {
  const found = defaultPolicy.retention.find((each) => each.id === id)
  return found && keptUntil(found, day)
}
const stored = (w: World, classId = 'general') => {
  const letter = w.signed()
  w.must('ratana', letter, { type: 'store', classId, place: 'ห้องเก็บ 2' })
  return letter
}
const borrowing: BodyOf<'borrow'> = { type: 'borrow', purpose: 'ประกอบการตรวจสอบ', until: '2026-12-01' }
const asked = (w: World, who: string) => {
  const letter = stored(w)
  w.must(who, letter, borrowing)
  return letter
}
const deciding = (w: World, letter: string, granted = true, index = 0): BodyOf<'decide-loan'> => ({
  ...{ type: 'decide-loan', loanId: w.letter(letter).loans[index]?.id ?? '', granted, note: '' },
})
const lent = (w: World) => {
  const letter = asked(w, 'somying')
  w.must('wanwipa@director-fund', letter, deciding(w, letter))
  return letter
}
const destroying = { type: 'destroy', disposalId: '0199a0b0-0000-7000-a000-000000000001' } as const
const archiving = { ...destroying, type: 'hand-to-archives' } as const

/** เก็บรักษา ยืม และทำลาย. */
export const keeping = [
  rule('ข้อ 57: หนังสือทั่วไปเก็บ 10 ปี', () => years('general'), 10),
  rule('ข้อ 57 (1): หนังสือลับเก็บตามกฎหมายว่าด้วยการนั้น ระบบไม่กำหนดวันทำลาย', () => years('secret'), null),
  rule('ข้อ 57 (2): หลักฐานทางอรรถคดีเก็บตามกฎหมายว่าด้วยการนั้น', () => years('evidence'), null),
  rule('ข้อ 57 (3): หนังสือที่มีคุณค่าทางประวัติศาสตร์เก็บตลอดไป', () => years('historical'), null),
  rule('ข้อ 57 (4): เสร็จแล้วและเป็นคู่สำเนาที่ค้นได้จากที่อื่น 5 ปี', () => years('finished-copy'), 5),
  rule('ข้อ 57 (5): ธรรมดาสามัญซึ่งไม่มีความสำคัญ 1 ปี', () => years('routine'), 1),
  rule('ข้อ 57 (6): การเงินที่ สตง. ตรวจแล้ว 5 ปี', () => years('finance'), 5),
  rule(
    'ข้อ 57: นับจากสิ้นปีปฏิทินที่ส่งเก็บ',
    () => [until('general', '2026-01-01'), until('general', '2026-12-31')],
    [2579, 2579],
  ),
  rule('ข้อ 57: เก็บ 1 ปี คือตลอดปีถัดไป', () => until('routine'), 2570),
  rule('ข้อ 57: เก็บตลอดไปไม่มีปีสิ้นสุด', () => until('historical'), null),
  rule(
    'ข้อ 54: ธุรการของหน่วยส่งเก็บ พร้อมปีที่เก็บถึง',
    (w) => {
      const { keeping: kept, closed } = w.letter(stored(w))
      return [kept?.classId, kept?.place, kept?.keptUntil, closed]
    },
    ['general', 'ห้องเก็บ 2', 2579, 'closed'],
  ),
  rule(
    'ข้อ 57: ปีที่ส่งเก็บเป็นปีตามเวลากรุงเทพฯ',
    (w) => {
      const letter = w.signed()
      w.now = '2026-12-31T17:00:00.000Z'
      w.must('ratana', letter, { type: 'store', classId: 'routine', place: '' })
      return w.letter(letter).keeping?.keptUntil
    },
    2571,
  ),
  rule(
    'ข้อ 54: ผู้อื่นส่งเก็บไม่ได้',
    (w) => [
      w.act('somying', w.signed(), { type: 'store', classId: 'general', place: '' }),
      w.act('orauma', w.signed(), { type: 'store', classId: 'general', place: '' }),
    ],
    ['clerk-only', 'clerk-only'],
  ),
  rule(
    'ข้อ 53: ระหว่างปฏิบัติยังส่งเก็บไม่ได้',
    (w) => w.act('ratana', w.proposed(), { type: 'store', classId: 'general', place: '' }),
    'letter-elsewhere',
  ),
  rule(
    'ข้อ 54: ส่งเก็บซ้ำไม่ได้',
    (w) => w.act('ratana', stored(w), { type: 'store', classId: 'routine', place: '' }),
    'stored-already',
  ),
  rule(
    'ข้อ 57: ประเภทการเก็บที่ไม่มี',
    (w) => w.act('ratana', w.signed(), { type: 'store', classId: 'forever', place: '' }),
    'retention-unknown',
  ),
  rule(
    'ข้อ 54: ที่เก็บแล้วทำรายการอื่นไม่ได้',
    (w) => w.act('somying', stored(w), w.delivering('legal')),
    'letter-closed',
  ),
  rule(
    'ข้อ 54: เปิดเรื่องใหม่แล้วออกจากที่เก็บ ส่งเก็บใหม่ได้',
    (w) => {
      const letter = stored(w)
      w.must('ratana', letter, { type: 'reopen', reason: 'มีเรื่องต่อ' })
      return [
        stageOf(w.letter(letter)),
        w.act('ratana', letter, { type: 'store', classId: 'general', place: '' }),
      ]
    },
    ['signed', 'accepted'],
  ),

  // ยืม
  rule('ข้อ 62: ยืมเฉพาะหนังสือที่ส่งเก็บแล้ว', (w) => w.act('orauma', w.signed(), borrowing), 'letter-not-stored'),
  rule(
    'ข้อ 62: วันคืนต้องไม่ผ่านไปแล้ว',
    (w) => w.act('orauma', stored(w), { ...borrowing, until: '2026-11-22' }),
    'loan-in-past',
  ),
  rule(
    'ข้อ 62: คืนภายในวันเดียวกันได้',
    (w) => w.act('orauma', stored(w), { ...borrowing, until: '2026-11-23' }),
    'accepted',
  ),
  rule(
    'ข้อ 63: ยืมระหว่างสำนัก ผู้อำนวยการสำนักอนุญาต',
    (w) => {
      const letter = asked(w, 'orauma')
      return w.act('wanwipa@director-fund', letter, deciding(w, letter))
    },
    'accepted',
  ),
  rule(
    'ข้อ 63: ผู้อำนวยการสำนักอื่นอนุญาตไม่ได้',
    (w) => {
      const letter = asked(w, 'orauma')
      return w.act('surachai@director-legal', letter, deciding(w, letter))
    },
    'loan-needs-head',
  ),
  rule(
    'ข้อ 63: ธุรการอนุญาตเองไม่ได้',
    (w) => {
      const letter = asked(w, 'orauma')
      return w.act('ratana', letter, deciding(w, letter))
    },
    'position-not-held',
  ),
  rule(
    'ข้อ 63: ผู้ยืมอนุญาตตนเองไม่ได้',
    (w) => {
      const letter = asked(w, 'orauma')
      return w.act('orauma@director-fund', letter, deciding(w, letter))
    },
    'position-not-held',
  ),
  rule('ข้อ 64: ยืมภายในหน่วย หัวหน้าของหน่วยอนุญาต', (w) => w.letter(lent(w)).loans[0]?.state, 'granted'),
  rule(
    'ข้อ 63: ผู้ที่ต้องอนุญาตเห็นหนังสือที่ขอยืม แม้ไม่เคยผ่านตน',
    (w) => {
      const letter = stored(w)
      const before = w.sees('wanwipa', letter)
      w.must('orauma', letter, borrowing)
      return [before, w.sees('wanwipa', letter), w.sees('surachai', letter)]
    },
    [false, true, false],
  ),
  rule(
    'ข้อ 63: ไม่อนุญาตก็บันทึก',
    (w) => {
      const letter = asked(w, 'orauma')
      w.must('wanwipa@director-fund', letter, deciding(w, letter, false))
      return w.letter(letter).loans[0]?.state
    },
    'refused',
  ),
  rule(
    'ข้อ 63: ตัดสินซ้ำไม่ได้',
    (w) => {
      const letter = lent(w)
      return w.act('wanwipa@director-fund', letter, deciding(w, letter, false))
    },
    'loan-unknown',
  ),
  rule('ข้อ 62: มีผู้ยืมอยู่ ขอยืมไม่ได้', (w) => w.act('orauma', lent(w), borrowing), 'lent-already'),
  rule(
    'ข้อ 62: ขอพร้อมกันสองคน ให้ได้คนเดียว',
    (w) => {
      const letter = asked(w, 'orauma')
      w.must('somying', letter, borrowing)
      return [0, 1].map((index) => w.act('wanwipa@director-fund', letter, deciding(w, letter, true, index)))
    },
    ['accepted', 'lent-already'],
  ),
  rule(
    'ข้อ 62: ให้ยืมหนังสือที่เปิดเรื่องใหม่แล้วไม่ได้',
    (w) => {
      const letter = asked(w, 'orauma')
      w.must('ratana', letter, { type: 'reopen', reason: 'มีเรื่องต่อ' })
      w.must('ratana', letter, { type: 'close', note: '' })
      return w.act('wanwipa@director-fund', letter, deciding(w, letter))
    },
    'letter-not-stored',
  ),
  rule(
    'ข้อ 65: รับคืนโดยธุรการของหน่วย แล้วให้ผู้อื่นยืมได้',
    (w) => {
      const letter = lent(w)
      const { loans } = w.letter(letter)
      const ending: BodyOf<'end-loan'> = { type: 'end-loan', loanId: loans[0]?.id ?? '' }
      return [
        w.act('somying', letter, ending),
        w.act('ratana', letter, ending),
        w.act('ratana', letter, ending),
        w.act('orauma', letter, borrowing),
      ]
    },
    ['clerk-only', 'accepted', 'loan-unknown', 'accepted'],
  ),
  rule(
    'ข้อ 62: ระหว่างยืมเปิดเรื่องใหม่ไม่ได้',
    (w) => w.act('ratana', lent(w), { type: 'reopen', reason: 'x' }),
    'lent-already',
  ),

  // ทำลาย
  rule(
    'ข้อ 66: ครบกำหนดเมื่อพ้นปีสุดท้าย ไม่ใช่ในปีนั้น',
    (w) => {
      const letter = w.letter(stored(w, 'routine'))
      return [hasExpired(letter, 2570), hasExpired(letter, 2571)]
    },
    [false, true],
  ),
  rule('ข้อ 66: เก็บตลอดไปไม่ครบกำหนด', (w) => hasExpired(w.letter(stored(w, 'historical')), 9999), false),
  rule('ข้อ 66: ยังไม่ส่งเก็บไม่ครบกำหนด', (w) => hasExpired(w.letter(w.signed()), 9999), false),
  rule('ข้อ 66: สำรวจภายใน 60 วันหลังสิ้นปีปฏิทิน', () => [surveyDue(2570), surveyDue(2571)], [
    '2027-03-01',
    '2028-02-29',
  ]),
  rule(
    'ข้อ 58: ครบ 20 ปี ส่งหอจดหมายเหตุภายใน 31 มกราคม',
    (w) => {
      const letter = w.letter(stored(w, 'historical'))
      return [isForArchives(letter, 2588), isForArchives(letter, 2589), archivesDue(2589)]
    },
    [false, true, '2046-01-31'],
  ),
  rule('ข้อ 66: ทำลายก่อนครบกำหนดไม่ได้', (w) => w.act('server', stored(w), destroying), 'disposal-letter-unfit'),
  rule(
    'ข้อ 57 (3): ที่เก็บตลอดไปทำลายไม่ได้',
    (w) => {
      const letter = stored(w, 'historical')
      w.now = '2099-01-05T03:00:00.000Z'
      return w.act('server', letter, destroying)
    },
    'disposal-letter-unfit',
  ),
  rule(
    'ข้อ 66: ครบกำหนดแล้วทำลายได้ เหลือรายการในทะเบียน',
    (w) => {
      const letter = stored(w, 'routine')
      w.now = '2028-01-05T03:00:00.000Z'
      w.must('server', letter, destroying)
      return [stageOf(w.letter(letter)), w.letter(letter).number?.text]
    },
    ['gone', 'สปสช 5.30/1'],
  ),
  rule('ข้อ 66: ที่ยังไม่ส่งเก็บทำลายไม่ได้', (w) => w.act('server', w.signed(), destroying), 'letter-not-stored'),
  rule(
    'ข้อ 66: ที่มีผู้ยืมทำลายไม่ได้',
    (w) => {
      const letter = lent(w)
      w.now = '2099-01-05T03:00:00.000Z'
      return w.act('server', letter, destroying)
    },
    'lent-already',
  ),
  rule(
    'ข้อ 58: ส่งหอจดหมายเหตุก่อนครบกำหนดทำลายได้',
    (w) => w.act('server', stored(w, 'historical'), archiving),
    'accepted',
  ),
  rule(
    'ทำลายแล้วทำรายการใดอีกไม่ได้',
    (w) => {
      const letter = stored(w, 'historical')
      w.must('server', letter, archiving)
      return [
        w.act('ratana', letter, { type: 'reopen', reason: 'x' }),
        w.act('server', letter, destroying),
        w.act('ratana', letter, { type: 'note', text: 'x' }),
      ]
    },
    ['letter-gone', 'letter-gone', 'letter-gone'],
  ),
  rule(
    'หนังสือที่ส่งหอจดหมายเหตุแล้ว หน่วยที่ยังไม่รับรับไม่ได้',
    (w) => {
      const letter = w.signed()
      w.must('somying', letter, w.delivering('legal'))
      w.must('ratana', letter, { type: 'store', classId: 'historical', place: '' })
      w.must('server', letter, archiving)
      return w.act('orauma', w.newId(), w.receiving(letter, 'legal'))
    },
    'letter-gone',
  ),
]
