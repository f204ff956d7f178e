import { addWorkingDays, deemedReceipt, isWorkingDay } from '../calendar.ts'
import { office } from './office.ts'
import { rule, type World } from './world.ts'

const deemed = (arrivedAt: string) => deemedReceipt(arrivedAt, office)
const twice = (w: World, registeredAs: string, despiteDuplicate: boolean) =>
  w.act('pimjai', w.newId(), w.registering({ despiteDuplicate }), { registeredAs })

/** ลงรับหนังสือจากภายนอก เวลารับ และการแก้ทะเบียน. */
export const receiving = [
  rule(
    'ข้อ 37: ธุรการของหน่วยลงรับในทะเบียนรับของหน่วย',
    (w) => w.letter(w.registered()).receipt?.registerId,
    'receive-registry',
  ),
  rule('ข้อ 37: ผู้ไม่ใช่ธุรการลงรับไม่ได้', (w) => w.act('somying', w.newId(), w.registering()), 'clerk-only'),
  rule('ข้อ 37: ธุรการหน่วยอื่นลงรับแทนไม่ได้', (w) => w.act('orauma', w.newId(), w.registering()), 'clerk-only'),
  rule(
    'ข้อ 37: ทะเบียนของหน่วยอื่นใช้ไม่ได้',
    (w) => w.act('pimjai', w.newId(), w.registering({ registerId: 'receive-legal' })),
    'register-unfit',
  ),
  rule(
    'ข้อ 37: ทะเบียนส่งใช้ลงรับไม่ได้',
    (w) => w.act('pimjai', w.newId(), w.registering({ registerId: 'send-registry' })),
    'register-unfit',
  ),
  rule(
    'ข้อ 37: เลขรับเรียงตามลำดับตลอดปีปฏิทิน',
    (w) => [1, 2, 3].map(() => w.letter(w.registered()).receipt?.serial),
    [1, 2, 3],
  ),
  rule(
    'ข้อ 37: ขึ้นปีใหม่ เลขรับเริ่ม 1',
    (w) => {
      w.registered()
      w.now = '2026-12-31T17:00:00.000Z'
      return w.letter(w.registered()).receipt?.serial
    },
    1,
  ),
  rule(
    'ข้อ 38: สามวัน: ลงวันที่ มาถึง และลงรับ แยกกัน',
    (w) => {
      const letter = w.letter(w.registered({ arrivedAt: '2026-11-21T02:00:00.000Z' }))
      return (
        letter.origin.kind === 'registered' && [
          letter.origin.sender.date,
          letter.origin.arrivedAt,
          letter.receipt?.date,
        ]
      )
    },
    ['2026-11-20', '2026-11-21T02:00:00.000Z', '2026-11-23'],
  ),
  rule(
    'ข้อ 38: จาก ที่ ลงวันที่ ตามที่ผู้ส่งเขียน',
    (w) => {
      const { origin } = w.letter(w.registered())
      return origin.kind === 'registered' && origin.sender.from
    },
    'คณะแพทยศาสตร์ มหาวิทยาลัยเชียงใหม่',
  ),
  rule(
    'ข้อ 38: หนังสือที่ไม่มีเลขที่ลงรับได้',
    (w) =>
      w.act(
        'pimjai',
        w.newId(),
        w.registering({ sender: { from: 'ประชาชน', agencyId: null, number: '', date: null } }),
      ),
    'accepted',
  ),
  rule(
    'คำร้องจากประชาชนทางอีเมลลงรับได้',
    (w) => w.act('pimjai', w.newId(), w.registering({ form: 'petition' })),
    'accepted',
  ),
  rule(
    'ข้อ 36: ข้อบกพร่องบันทึกเป็นหลักฐานแล้วลงรับได้',
    (w) => {
      const body = w.events(w.registered({ defect: 'สิ่งที่ส่งมาด้วยไม่ครบ' }))[0]?.body
      return body?.type === 'registered' && body.defect
    },
    'สิ่งที่ส่งมาด้วยไม่ครบ',
  ),
  rule('หนังสือฉบับเดิมลงรับซ้ำไม่ได้', (w) => twice(w, '12', false), 'registered-already'),
  rule('หนังสือฉบับเดิมลงรับซ้ำโดยตั้งใจได้', (w) => twice(w, '12', true), 'accepted'),
  rule(
    'เวลามาถึงไม่เป็นอนาคต',
    (w) => w.act('pimjai', w.newId(), w.registering({ arrivedAt: '2026-11-23T03:00:01.000Z' })),
    'arrived-in-future',
  ),
  rule(
    'เวลามาถึงที่เขียนแค่นาทีไม่ใช่อนาคต',
    (w) => {
      w.now = '2026-11-23T03:00:30.000Z'
      return w.act('pimjai', w.newId(), w.registering({ arrivedAt: '2026-11-23T03:00Z' }))
    },
    'accepted',
  ),
  rule(
    'ลงทะเบียนก่อนมีภาพได้ แล้วแนบทีหลัง',
    (w) => {
      const letter = w.registered({ file: null, way: 'post', paperAt: 'ตู้ 1' })
      w.must('pimjai', letter, { type: 'attach', fileName: 'สแกน.pdf', pageCount: 2, revision: w.file() })
      return [w.letter(letter).pageCount, w.letter(letter).paperAt]
    },
    [2, 'ตู้ 1'],
  ),
  rule(
    'แนบภาพซ้ำไม่ได้ ไฟล์เดิมไม่ถูกแทน',
    (w) =>
      w.act('pimjai', w.registered(), {
        type: 'attach',
        fileName: 'สแกน.pdf',
        pageCount: 2,
        revision: w.file(),
      }),
    'file-attached-already',
  ),
  rule(
    'แนบภาพโดยธุรการหน่วยอื่นไม่ได้',
    (w) =>
      w.act('orauma', w.registered({ file: null }), {
        type: 'attach',
        fileName: 'สแกน.pdf',
        pageCount: 2,
        revision: w.file(),
      }),
    'clerk-only',
  ),
  rule(
    'แก้ทะเบียน: ธุรการแก้พร้อมเหตุผล รายการเดิมยังอยู่',
    (w) => {
      const letter = w.registered()
      w.must('pimjai', letter, {
        type: 'correct',
        changes: { subject: 'ขอความอนุเคราะห์วิทยากร ๒ คน' },
        reason: 'พิมพ์ตก',
      })
      const first = w.events(letter)[0]?.body
      return [w.letter(letter).subject, first?.type === 'registered' && first.subject]
    },
    ['ขอความอนุเคราะห์วิทยากร ๒ คน', 'ขอความอนุเคราะห์วิทยากร'],
  ),
  rule(
    'แก้ทะเบียน: ผู้อื่นแก้ไม่ได้',
    (w) => w.act('somying', w.registered(), { type: 'correct', changes: { subject: 'x' }, reason: 'x' }),
    'clerk-only',
  ),
  rule(
    'แก้ทะเบียน: หนังสือที่ร่างเองไม่มีผู้ส่งให้แก้',
    (w) =>
      w.act('ratana', w.signed(), {
        type: 'correct',
        changes: { sender: { from: 'x', agencyId: null, number: '', date: null } },
        reason: 'x',
      }),
    'letter-not-incoming',
  ),
  rule(
    'แก้ทะเบียน: แก้ผู้ส่งไม่แก้เลขรับ',
    (w) => {
      const letter = w.registered()
      w.must('pimjai', letter, {
        type: 'correct',
        changes: { sender: { from: 'คณะเภสัชศาสตร์', agencyId: null, number: '1', date: null } },
        reason: 'อ่านผิด',
      })
      const { origin, receipt } = w.letter(letter)
      return [origin.kind === 'registered' && origin.sender.from, receipt?.serial]
    },
    ['คณะเภสัชศาสตร์', 1],
  ),
  rule(
    'หนังสือตอบอ้างถึงเรื่องเดิม',
    (w) => {
      const incoming = w.registered()
      return w.letter(w.draft('somying', { repliesTo: incoming })).repliesTo === incoming
    },
    true,
  ),

  rule(
    'เวลาที่ถือว่าได้รับ: ในเวลาทำการ ถือว่ารับทันที',
    () => deemed('2026-11-23T03:00:00.000Z'),
    '2026-11-23T03:00:00.000Z',
  ),
  rule(
    'เวลาที่ถือว่าได้รับ: ก่อนเปิดทำการ ถือว่ารับเมื่อเปิด',
    () => deemed('2026-11-23T00:00:00.000Z'),
    '2026-11-23T01:30:00.000Z',
  ),
  rule(
    'เวลาที่ถือว่าได้รับ: เวลาปิดพอดี คือวันทำการถัดไป',
    () => deemed('2026-11-23T09:30:00.000Z'),
    '2026-11-24T01:30:00.000Z',
  ),
  rule(
    'เวลาที่ถือว่าได้รับ: ก่อนปิดหนึ่งวินาที ยังเป็นวันนั้น',
    () => deemed('2026-11-23T09:29:59.000Z'),
    '2026-11-23T09:29:59.000Z',
  ),
  rule(
    'เวลาที่ถือว่าได้รับ: เย็นวันศุกร์ คือเช้าวันจันทร์',
    () => deemed('2026-11-27T11:00:00.000Z'),
    '2026-11-30T01:30:00.000Z',
  ),
  rule('เวลาที่ถือว่าได้รับ: วันเสาร์', () => deemed('2026-11-28T03:00:00.000Z'), '2026-11-30T01:30:00.000Z'),
  rule('เวลาที่ถือว่าได้รับ: วันอาทิตย์', () => deemed('2026-11-29T03:00:00.000Z'), '2026-11-30T01:30:00.000Z'),
  rule(
    'เวลาที่ถือว่าได้รับ: วันหยุดชดเชยต่อจากเสาร์อาทิตย์',
    () => deemed('2026-12-04T11:00:00.000Z'),
    '2026-12-08T01:30:00.000Z',
  ),
  rule('เวลาที่ถือว่าได้รับ: วันหยุดกลางสัปดาห์', () => deemed('2026-12-10T03:00:00.000Z'), '2026-12-11T01:30:00.000Z'),
  rule(
    'เวลาที่ถือว่าได้รับ: สิ้นปีถึงวันทำการแรกของปีใหม่',
    () => deemed('2026-12-30T10:00:00.000Z'),
    '2027-01-04T01:30:00.000Z',
  ),
  rule(
    'เวลาที่ถือว่าได้รับ: หลังเที่ยงคืนกรุงเทพฯ เป็นวันใหม่แม้วันสากลยังเป็นวันเดิม',
    () => deemed('2026-11-22T17:30:00.000Z'),
    '2026-11-23T01:30:00.000Z',
  ),
  rule(
    'เวลาที่ถือว่าได้รับเก็บไว้คู่เวลามาถึง',
    (w) => {
      const { origin } = w.letter(w.registered({ arrivedAt: '2026-11-22T03:00:00.000Z' }))
      return origin.kind === 'registered' && [origin.arrivedAt, origin.deemedReceivedAt]
    },
    ['2026-11-22T03:00:00.000Z', '2026-11-23T01:30:00.000Z'],
  ),
  rule(
    'วันทำการ: วันหยุดที่ ครม. กำหนดไม่ใช่วันทำการ',
    () =>
      ['2026-12-04', '2026-12-05', '2026-12-06', '2026-12-07', '2026-12-08'].map((day) =>
        isWorkingDay(day, office),
      ),
    [true, false, false, false, true],
  ),
  rule('วันทำการ: นับ 3 วันทำการข้ามวันหยุด', () => addWorkingDays('2026-12-04', 3, office), '2026-12-11'),
  rule('วันทำการ: นับ 0 จากวันหยุดคือวันทำการถัดไป', () => addWorkingDays('2026-12-05', 0, office), '2026-12-08'),
]
