import { numberAfterAgency } from '../../thai/letterNumber.ts'
import { rule, type World, world } from './world.ts'

const numbered = (
  w: World,
  facts: Parameters<World['draft']>[1] = {},
  to = 'deputy',
  holder = 'teerawat',
) => {
  const letter = w.proposed(
    to,
    facts,
    facts.unitId === 'region' ? 'chaiwat' : facts.unitId === 'legal' ? 'surachai' : 'somying',
  )
  w.must(`${holder}@${to}`, letter, { type: 'bind-number' })
  return w.letter(letter).number!
}
const byRegistry = (circular: boolean) => (w: World) => {
  const letter = w.draft('pimjai', {
    unitId: 'registry',
    registerId: circular ? 'circular-registry' : 'send-registry',
    circular,
  })
  w.must('pimjai', letter, { type: 'propose', to: 'deputy', note: '' })
  w.must('teerawat@deputy', letter, { type: 'bind-number' })
  return w.letter(letter).number?.text
}
const reserved = { date: '2026-11-23', until: '2026-11-23T17:00:00.000Z', open: true }

/** เลขที่หนังสือ ทะเบียน ปีที่ขึ้นเลขใหม่ การจองและยกเลิกเลข. */
export const numbers = [
  rule('ข้อ 32: ที่ = รหัสหน่วยงาน เลขประจำของเจ้าของเรื่อง ทับเลขทะเบียนส่ง', (w) => numbered(w).text, 'สปสช 5.30/1'),
  rule('ข้อ 32: เลขเรียงตามลำดับ ไม่ข้าม ไม่ซ้ำ', (w) => [1, 2, 3].map(() => numbered(w).serial), [1, 2, 3]),
  rule(
    'ข้อ 32: แต่ละทะเบียนนับของตน',
    (w) => [
      numbered(w).text,
      numbered(w, { unitId: 'legal', registerId: 'send-legal' }, 'director-legal', 'surachai').text,
    ],
    ['สปสช 5.30/1', 'สปสช 3.15/1'],
  ),
  rule('ข้อ 32: หนังสือเวียนมี ว หน้าเลข', (w) => numbered(w, { circular: true }).text, 'สปสช 5.30/ว 1'),
  rule(
    'ข้อ 32: หนังสือเวียนที่ใช้ทะเบียนร่วม นับต่อจากหนังสืออื่น',
    (w) => [numbered(w).text, numbered(w, { circular: true }).text],
    ['สปสช 5.30/1', 'สปสช 5.30/ว 2'],
  ),
  rule(
    'ข้อ 32: หนังสือเวียนที่มีทะเบียนของตน เริ่ม ว 1',
    (w) => [byRegistry(false)(w), byRegistry(true)(w), byRegistry(false)(w)],
    ['สปสช 1.02/1', 'สปสช 1.02/ว 1', 'สปสช 1.02/2'],
  ),
  rule(
    'ข้อ 32: มี ว แม้แบบของทะเบียนไม่ได้เว้นที่ไว้',
    (w) =>
      numbered(w, { unitId: 'legal', registerId: 'send-legal', circular: true }, 'director-legal', 'surachai')
        .text,
    'สปสช 3.15/ว 1',
  ),
  rule(
    'ข้อ 32: หนังสือเวียนเข้าทะเบียนทั่วไปไม่ได้ เมื่อมีทะเบียนเวียน',
    (w) =>
      w.act(
        'pimjai',
        w.newId(),
        w.drafting({ unitId: 'registry', registerId: 'send-registry', circular: true }),
      ),
    'register-unfit',
  ),
  rule(
    'ข้อ 16: คำสั่งมีเลขของตน ทับปีพุทธศักราช',
    (w) => numbered(w, { kind: 'directive', form: 'order', registerId: 'orders-fund' }).text,
    '1/2569',
  ),
  rule(
    'ข้อ 16: คำสั่งไม่เข้าทะเบียนส่ง',
    (w) => w.act('somying', w.newId(), w.drafting({ kind: 'directive', form: 'order' })),
    'register-unfit',
  ),
  rule(
    'ข้อ 16: หนังสืออื่นไม่เข้าทะเบียนคำสั่ง',
    (w) => w.act('somying', w.newId(), w.drafting({ registerId: 'orders-fund' })),
    'register-unfit',
  ),
  rule(
    'ข้อ 32: ทะเบียนของหน่วยอื่นใช้ไม่ได้',
    (w) => w.act('somying', w.newId(), w.drafting({ registerId: 'send-legal' })),
    'register-unfit',
  ),
  rule(
    'ข้อ 32: ทะเบียนรับออกเลขส่งไม่ได้',
    (w) => w.act('somying', w.newId(), w.drafting({ registerId: 'receive-fund' })),
    'register-unfit',
  ),
  rule(
    'ข้อ 32: กลุ่มที่ไม่มีทะเบียนส่ง ใช้ของสำนัก และรหัสของสำนัก',
    (w) => {
      const letter = w.draft('busaba', { unitId: 'finance', registerId: 'send-fund' })
      w.must('busaba', letter, { type: 'propose', to: 'director-fund', note: '' })
      w.must('wanwipa@director-fund', letter, { type: 'bind-number' })
      return w.letter(letter).number?.text
    },
    'สปสช 5.30/1',
  ),
  rule(
    'ข้อ 32: ธุรการของสำนักถือทะเบียนให้กลุ่มที่ไม่มีธุรการ',
    (w) => {
      const letter = w.draft('busaba', { unitId: 'finance', registerId: 'send-fund', matter: 'procurement' })
      return [
        w.act('orauma', letter, { type: 'bind-number' }),
        w.act('ratana', letter, { type: 'bind-number' }),
      ]
    },
    ['clerk-only', 'accepted'],
  ),
  rule(
    'ข้อ 32: กลุ่มที่มีธุรการของตน ธุรการของสำนักไม่ทำแทน',
    (w) => {
      const letter = w.draft('busaba', { unitId: 'finance', registerId: 'send-fund', matter: 'procurement' })
      return [
        w.act('ratana', letter, { type: 'bind-number' }),
        w.act('anan', letter, { type: 'bind-number' }),
      ]
    },
    ['clerk-only', 'accepted'],
    () =>
      world({
        duties: [
          ...world().organisation.duties,
          { role: 'clerk', personId: 'anan', unitId: 'finance', from: '2024-10-01', to: null },
        ],
      }),
  ),
  rule(
    'ข้อ 32: เริ่มเลข 1 ใหม่เมื่อขึ้นปีปฏิทิน เวลาเที่ยงคืนที่กรุงเทพฯ',
    (w) => {
      const given = ['2026-12-31T16:59:59.999Z', '2026-12-31T17:00:00.000Z'].map((now) => {
        numbered(w)
        w.now = now
        return numbered(w)
      })
      return given.map(({ serial, buddhistYear, date }) => [serial, buddhistYear, date])
    },
    [
      [2, 2569, '2026-12-31'],
      [1, 2570, '2027-01-01'],
    ],
  ),
  rule(
    'ข้อ 32: 1 ตุลาคมไม่ใช่วันขึ้นเลขใหม่ของทะเบียนปีปฏิทิน',
    (w) => {
      w.now = '2026-09-30T03:00:00.000Z'
      numbered(w)
      w.now = '2026-10-01T03:00:00.000Z'
      return numbered(w).serial
    },
    2,
  ),
  rule(
    'ทะเบียนปีงบประมาณเริ่มเลข 1 ใหม่วันที่ 1 ตุลาคม',
    (w) =>
      ['2026-09-30T16:59:00.000Z', '2026-09-30T17:00:00.000Z', '2027-01-02T03:00:00.000Z'].map((now) => {
        w.now = now
        const { serial, buddhistYear } = numbered(
          w,
          { unitId: 'region', registerId: 'send-region' },
          'director-region',
          'chaiwat',
        )
        return [serial, buddhistYear]
      }),
    [
      [1, 2569],
      [1, 2570],
      [2, 2570],
    ],
  ),
  rule(
    'ทะเบียนที่ไม่ขึ้นเลขใหม่ นับต่อข้ามปี',
    (w) =>
      ['2026-12-31T03:00:00.000Z', '2027-01-04T03:00:00.000Z'].map((now) => {
        w.now = now
        const { serial, buddhistYear } = numbered(
          w,
          { unitId: 'legal', registerId: 'send-legal' },
          'director-legal',
          'surachai',
        )
        return [serial, buddhistYear]
      }),
    [
      [1, 0],
      [2, 0],
    ],
  ),
  rule(
    'ทะเบียนที่ไม่ขึ้นเลขใหม่ เขียนปีของวันที่',
    (w) => numbered(w, { unitId: 'legal', registerId: 'send-legal' }, 'director-legal', 'surachai').text,
    '1/2569',
    () =>
      world({
        registers: world().organisation.registers.map((each) =>
          each.id === 'send-legal' ? { ...each, template: '{serial}/{year}' } : each,
        ),
      }),
  ),
  rule(
    'แบบของเลขเติมศูนย์และปีสองหลักได้ตามที่หน่วยงานกำหนด',
    (w) => numbered(w).text,
    '69-000001',
    () =>
      world({
        registers: world().organisation.registers.map((each) =>
          each.id === 'send-fund' ? { ...each, template: '{yy}-{serial:6}' } : each,
        ),
      }),
  ),
  rule(
    'วันที่ของหนังสือคือวันออกเลข ตามเวลากรุงเทพฯ',
    (w) => {
      w.now = '2026-11-23T17:30:00.000Z'
      return numbered(w).date
    },
    '2026-11-24',
  ),
  rule(
    'วันที่ของหนังสือไม่ก่อนเลขก่อนหน้า',
    (w) => {
      const dates = ['2026-11-23T03:00:00.000Z', '2026-11-25T03:00:00.000Z', '2026-11-25T18:00:00.000Z'].map(
        (now) => {
          w.now = now
          return numbered(w).date
        },
      )
      return dates.toSorted().join() === dates.join()
    },
    true,
  ),
  rule('สไลด์ ข้อแนะนำ 3: เลขในหนังสือเป็นเลขไทย', (w) => numberAfterAgency(numbered(w).text, 'สปสช'), '๕.๓๐/๑'),
  rule(
    'สไลด์ ข้อแนะนำ 2: แบบพิมพ์มี “ที่ สปสช ” แล้ว ระบบเติมเฉพาะส่วนที่เหลือ',
    () => numberAfterAgency('สปสช 5.30/ว 123', 'สปสช'),
    '๕.๓๐/ว ๑๒๓',
  ),
  rule(
    'หนังสือหนึ่งฉบับมีเลขเดียว',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, { type: 'bind-number' })
      return w.act('teerawat@deputy', letter, { type: 'bind-number' })
    },
    'number-bound-already',
  ),
  rule(
    'หนังสือรับไม่มีเลขส่งของเรา',
    (w) => {
      const letter = w.registered()
      w.must('pimjai', letter, { type: 'propose', to: 'deputy', note: '' })
      return w.act('teerawat@deputy', letter, { type: 'bind-number' })
    },
    'number-not-own',
  ),
  rule('ผู้ร่างออกเลขเองไม่ได้', (w) => w.act('somying', w.draft(), { type: 'bind-number' }), 'letter-elsewhere'),
  rule(
    'ธุรการออกเลขให้หนังสือที่ลงนามอิเล็กทรอนิกส์ไม่ได้',
    (w) => w.act('ratana', w.proposed(), { type: 'bind-number' }),
    'letter-elsewhere',
  ),
  rule(
    'ผู้ไม่ดำรงตำแหน่งออกเลขไม่ได้',
    (w) => w.act('prawit@deputy', w.proposed(), { type: 'bind-number' }),
    'position-not-held',
  ),
  rule(
    'เลขานุการออกเลขไม่ได้',
    (w) => w.act('kamonchanok@deputy', w.proposed(), { type: 'bind-number' }),
    'secretary-cannot-sign',
  ),
  rule(
    'ตำแหน่งที่ไม่ใช่ผู้บริหารออกเลขไม่ได้',
    (w) => w.act('pimjai@head-registry', w.proposed('head-registry'), { type: 'bind-number' }),
    'position-not-held',
  ),
  rule(
    'ลงนามไม่สำเร็จ เลขยังอยู่กับฉบับเดิมและใช้ต่อได้',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, { type: 'bind-number' })
      const evidence = { numberText: '๕.๓๐/๙' }
      const failed = w.act(
        'teerawat@deputy',
        letter,
        { type: 'sign', revision: w.file(letter) },
        { evidence },
      )
      const again = w.act('teerawat@deputy', letter, { type: 'sign', revision: w.file(letter) })
      return [failed, again, w.letter(letter).number?.serial]
    },
    ['number-mark-wrong', 'accepted', 1],
  ),
  rule(
    'ตีกลับหลังออกเลข เลขยังอยู่กับฉบับเดิม',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, { type: 'bind-number' })
      w.must('teerawat@deputy', letter, { type: 'return', reason: 'แก้วันประชุม' })
      return w.letter(letter).number?.serial
    },
    1,
  ),
  rule(
    'ว เป็นส่วนของเลข: ออกเลขแล้วเปลี่ยนเป็นหนังสือเวียนไม่ได้',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, { type: 'bind-number' })
      w.must('teerawat@deputy', letter, { type: 'return', reason: 'ขอเป็นหนังสือเวียน' })
      return w.act('somying', letter, { ...w.drafting({ circular: true }), type: 'revise' })
    },
    'number-in-use',
  ),
  rule(
    'ยกเลิกเลข: ธุรการของทะเบียน พร้อมเหตุผล เลขคงอยู่',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, { type: 'bind-number' })
      w.must('ratana', letter, { type: 'cancel-number', reason: 'ออกผิดเรื่อง' })
      const { number, cancelledNumbers } = w.letter(letter)
      return [number, cancelledNumbers[0]?.serial, cancelledNumbers[0]?.reason]
    },
    [null, 1, 'ออกผิดเรื่อง'],
  ),
  rule(
    'ยกเลิกเลข: เลขที่ยกเลิกไม่ใช้ซ้ำ',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, { type: 'bind-number' })
      w.must('ratana', letter, { type: 'cancel-number', reason: 'ออกผิดเรื่อง' })
      w.must('teerawat@deputy', letter, { type: 'bind-number' })
      return w.letter(letter).number?.serial
    },
    2,
  ),
  rule(
    'ยกเลิกเลข: ธุรการหน่วยอื่นทำไม่ได้',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, { type: 'bind-number' })
      return w.act('orauma', letter, { type: 'cancel-number', reason: 'x' })
    },
    'clerk-only',
  ),
  rule(
    'ยกเลิกเลข: ผู้บริหารที่ไม่ใช่ธุรการทำไม่ได้',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, { type: 'bind-number' })
      return w.act('teerawat@deputy', letter, { type: 'cancel-number', reason: 'x' })
    },
    'clerk-only',
  ),
  rule(
    'ยกเลิกเลข: หนังสือที่ลงนามแล้วยกเลิกเลขไม่ได้',
    (w) => w.act('ratana', w.signed(), { type: 'cancel-number', reason: 'x' }),
    'number-in-use',
  ),
  rule(
    'ยกเลิกเรื่องที่มีเลข เลขถูกยกเลิกไปด้วย ไม่กลับไปใช้ใหม่',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, { type: 'bind-number' })
      w.must('teerawat@deputy', letter, { type: 'return', reason: 'ไม่ต้องแล้ว' })
      w.must('somying', letter, { type: 'cancel', reason: 'ผู้บริหารให้ระงับ' })
      return [w.letter(letter).cancelledNumbers.length, numbered(w).serial]
    },
    [1, 2],
  ),
  rule(
    'จองเลข: ใช้เลขที่จองไว้ได้ในวันนั้น',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, { type: 'bind-number', reserved: 7 }, { reservation: reserved })
      return w.letter(letter).number?.text
    },
    'สปสช 5.30/7',
  ),
  rule(
    'จองเลข: เลขถัดไปไม่ซ้ำเลขที่จอง',
    (w) => {
      w.must('teerawat@deputy', w.proposed(), { type: 'bind-number', reserved: 7 }, { reservation: reserved })
      return numbered(w).serial
    },
    8,
  ),
  rule(
    'จองเลข: เลขที่ไม่ได้จองใช้ไม่ได้',
    (w) => w.act('teerawat@deputy', w.proposed(), { type: 'bind-number', reserved: 7 }),
    'reservation-unknown',
  ),
  rule(
    'จองเลข: เลขที่ใช้หรือยกเลิกแล้วใช้ไม่ได้',
    (w) =>
      w.act(
        'teerawat@deputy',
        w.proposed(),
        { type: 'bind-number', reserved: 7 },
        { reservation: { ...reserved, open: false } },
      ),
    'reservation-unknown',
  ),
  rule(
    'จองเลข: หมดอายุเมื่อสิ้นวัน ตรงเที่ยงคืนพอดี',
    (w) => {
      w.now = '2026-11-23T17:00:00.000Z'
      return w.act(
        'teerawat@deputy',
        w.proposed(),
        { type: 'bind-number', reserved: 7 },
        { reservation: reserved },
      )
    },
    'reservation-expired',
  ),
  rule(
    'จองเลข: ก่อนเที่ยงคืนยังใช้ได้',
    (w) => {
      w.now = '2026-11-23T16:59:59.000Z'
      return w.act(
        'teerawat@deputy',
        w.proposed(),
        { type: 'bind-number', reserved: 7 },
        { reservation: reserved },
      )
    },
    'accepted',
  ),
  rule(
    'เลขรับไม่ใช่เลขที่หนังสือ',
    (w) => {
      const { number, receipt, origin } = w.letter(w.registered())
      return [number, receipt?.text, origin.kind === 'registered' && origin.sender.number]
    },
    [null, '1', 'อว ๘๓๙๓(๘)/๑'],
  ),
]
