import { delegation } from './office.ts'
import { rule, type World, world } from './world.ts'

type Changes = Parameters<typeof delegation>[1]
const scoped =
  (scope: Partial<NonNullable<Changes['scope']>>, more: Changes = {}) =>
  () =>
    world({
      delegations: [
        delegation('d1', { scope: { kinds: null, unitIds: null, ceiling: null, ...scope }, ...more }),
      ],
    })
const delegated = scoped({})
const actingFor = scoped({}, { kind: 'acting' })
const number = (w: World, who: string, facts: Parameters<World['draft']>[1] = {}) =>
  w.act(who, w.proposed('deputy', facts), { type: 'bind-number' })
const signs = (w: World, who: string, besides: Parameters<World['act']>[3] = {}) => {
  const letter = w.proposed()
  w.must(who, letter, { type: 'bind-number' })
  const outcome = w.act(who, letter, { type: 'sign', revision: w.file(letter) }, besides)
  return outcome === 'accepted' ? w.events(letter).at(-1) : outcome
}

/** มอบอำนาจ รักษาการแทน ปฏิบัติการแทน และเลขานุการ. */
export const delegating = [
  rule('ปฏิบัติการแทน: ผู้รับมอบลงนามได้', (w) => number(w, 'wanwipa@deputy'), 'accepted', delegated),
  rule('ปฏิบัติการแทน: ผู้มอบยังลงนามเองได้', (w) => number(w, 'teerawat@deputy'), 'accepted', delegated),
  rule('ปฏิบัติการแทน: ไม่ได้รับมอบ ลงนามไม่ได้', (w) => number(w, 'wanwipa@deputy'), 'position-not-held'),
  rule(
    'ปฏิบัติการแทน: ตำแหน่งที่มอบเท่านั้น',
    (w) => w.act('wanwipa@general', w.proposed('general'), { type: 'bind-number' }),
    'position-not-held',
    delegated,
  ),
  rule('รักษาการแทน: ผู้รักษาการลงนามได้', (w) => number(w, 'wanwipa@deputy'), 'accepted', actingFor),
  rule(
    'รักษาการแทน: ระหว่างนั้นเจ้าของตำแหน่งลงนามไม่ได้',
    (w) => number(w, 'teerawat@deputy'),
    'position-acted-by-other',
    actingFor,
  ),
  rule(
    'รักษาการแทน: ระหว่างนั้นผู้ปฏิบัติการแทนก็ลงนามไม่ได้',
    (w) => number(w, 'anan@deputy'),
    'position-acted-by-other',
    () =>
      world({
        delegations: [
          delegation('d1', { kind: 'acting' }),
          delegation('d2', { personId: 'anan', ownPositionId: 'head-finance' }),
        ],
      }),
  ),
  rule(
    'รักษาการแทน: ส่งถึงตำแหน่งว่างที่มีผู้รักษาการได้',
    (w) => w.act('somying', w.draft(), { type: 'propose', to: 'vacant', note: '' }),
    'accepted',
    scoped({}, { kind: 'acting', positionId: 'vacant' }),
  ),
  rule(
    'ปฏิบัติการแทน: ตำแหน่งว่างไม่มีผู้มอบ จึงส่งถึงไม่ได้',
    (w) => w.act('somying', w.draft(), { type: 'propose', to: 'vacant', note: '' }),
    'position-unknown',
    scoped({}, { positionId: 'vacant' }),
  ),
  rule(
    'รักษาการแทน: ครบกำหนดแล้วเจ้าของตำแหน่งกลับมาลงนามได้',
    (w) => {
      w.now = '2026-11-30T17:00:00.000Z'
      return number(w, 'teerawat@deputy')
    },
    'accepted',
    actingFor,
  ),
  rule(
    'มอบอำนาจ: ก่อนวันเริ่มยังทำไม่ได้',
    (w) => {
      w.now = '2026-10-31T16:59:59.000Z'
      return number(w, 'wanwipa@deputy')
    },
    'position-not-held',
    delegated,
  ),
  rule(
    'มอบอำนาจ: เริ่มเที่ยงคืนของวันเริ่ม',
    (w) => {
      w.now = '2026-10-31T17:00:00.000Z'
      return number(w, 'wanwipa@deputy')
    },
    'accepted',
    delegated,
  ),
  rule(
    'มอบอำนาจ: วันสุดท้ายยังทำได้จนเที่ยงคืน',
    (w) => {
      w.now = '2026-11-30T16:59:59.000Z'
      return number(w, 'wanwipa@deputy')
    },
    'accepted',
    delegated,
  ),
  rule(
    'มอบอำนาจ: พ้นวันสุดท้ายทำไม่ได้',
    (w) => {
      w.now = '2026-11-30T17:00:00.000Z'
      return number(w, 'wanwipa@deputy')
    },
    'position-not-held',
    delegated,
  ),
  rule(
    'มอบอำนาจเฉพาะชนิดหนังสือ',
    (w) => [number(w, 'wanwipa@deputy'), number(w, 'wanwipa@deputy', { kind: 'external' })],
    ['accepted', 'delegation-out-of-scope'],
    scoped({ kinds: ['internal'] }),
  ),
  rule(
    'มอบอำนาจเฉพาะหน่วยงาน',
    (w) => number(w, 'wanwipa@deputy'),
    'delegation-out-of-scope',
    scoped({ unitIds: ['legal'] }),
  ),
  rule(
    'มอบอำนาจในวงเงิน: พอดีวงเงินทำได้ เกินทำไม่ได้',
    (w) => [
      number(w, 'wanwipa@deputy', { amount: 100_000 }),
      number(w, 'wanwipa@deputy', { amount: 100_000.01 }),
    ],
    ['accepted', 'delegation-out-of-scope'],
    scoped({ ceiling: 100_000 }),
  ),
  rule(
    'มอบอำนาจในวงเงิน: หนังสือที่ไม่มีเงินทำได้',
    (w) => number(w, 'wanwipa@deputy'),
    'accepted',
    scoped({ ceiling: 0 }),
  ),
  rule('ผู้รับมอบลงนามด้วยใบรับรองของตน', (w) => typeof signs(w, 'wanwipa@deputy'), 'object', delegated),
  rule(
    'ผู้รับมอบใช้โทเคนของผู้มอบไม่ได้',
    (w) => signs(w, 'wanwipa@deputy', { evidence: { email: 'teerawat@saraban.example' } }),
    'signer-not-actor',
    delegated,
  ),
  rule(
    'บันทึกทั้งผู้ทำ ผู้ที่แทน ตำแหน่ง และคำสั่งมอบ',
    (w) => {
      const event = signs(w, 'wanwipa@deputy')
      return (
        typeof event === 'object' && [event.actor, event.onBehalfOf, event.positionId, event.delegationId]
      )
    },
    ['wanwipa', 'teerawat', 'deputy', 'd1'],
    delegated,
  ),
  rule(
    'เจ้าของตำแหน่งทำเอง ไม่มีผู้ที่แทน',
    (w) => {
      const event = signs(w, 'teerawat@deputy')
      return typeof event === 'object' && [event.onBehalfOf, event.delegationId]
    },
    [null, null],
    delegated,
  ),
  rule(
    'ผู้รับมอบรับเรื่องแทนได้',
    (w) => w.act('wanwipa@deputy', w.proposed(), { type: 'take-up' }),
    'accepted',
    delegated,
  ),
  rule(
    'ผู้รับมอบรับเรื่องนอกขอบเขตไม่ได้',
    (w) => w.act('wanwipa@deputy', w.proposed(), { type: 'take-up' }),
    'position-not-held',
    scoped({ kinds: ['external'] }),
  ),
  rule(
    'ผู้รับมอบตีกลับได้',
    (w) => w.act('wanwipa@deputy', w.proposed(), { type: 'return', reason: 'แก้' }),
    'accepted',
    delegated,
  ),
  rule(
    'ผู้รับมอบสั่งการได้ด้วยใบรับรองของตน',
    (w) => {
      const letter = w.proposed()
      return w.act('wanwipa@deputy', letter, w.ordering('อนุมัติ', null, letter))
    },
    'accepted',
    delegated,
  ),
  rule(
    'ผู้รับมอบดึงคืนสิ่งที่ตำแหน่งนั้นส่งไป',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, { type: 'forward', to: 'general', note: '' })
      return w.act('wanwipa@deputy', letter, {
        type: 'recall',
        target: w.letter(letter).legs[1]?.id ?? '',
        reason: 'ขอแก้',
      })
    },
    'accepted',
    delegated,
  ),
  rule(
    'ผู้มอบสั่งการหลังผู้รับมอบสั่งแล้วไม่ได้ เพราะเรื่องไม่อยู่แล้ว',
    (w) => {
      const letter = w.proposed()
      w.must('wanwipa@deputy', letter, w.ordering('อนุมัติ', null, letter))
      return w.act('teerawat@deputy', letter, w.ordering('ไม่อนุมัติ', null, letter))
    },
    'letter-elsewhere',
    delegated,
  ),

  rule(
    'เลขานุการ: รับเรื่องเข้าแฟ้มแทนได้ บันทึกว่าแทนใคร',
    (w) => {
      const letter = w.proposed()
      w.must('kamonchanok@deputy', letter, { type: 'take-up' })
      return [w.events(letter).at(-1)?.onBehalfOf, w.letter(letter).legs[0]?.takenUpAt !== null]
    },
    ['teerawat', true],
  ),
  rule(
    'เลขานุการ: ตีกลับสิ่งที่ผิดแทนได้',
    (w) => w.act('kamonchanok@deputy', w.proposed(), { type: 'return', reason: 'ขาดเอกสาร' }),
    'accepted',
  ),
  rule(
    'เลขานุการ: เกษียนแทนไม่ได้',
    (w) => w.act('kamonchanok@deputy', w.proposed(), w.opining()),
    'secretary-cannot-sign',
  ),
  rule(
    'เลขานุการ: สั่งการแทนไม่ได้',
    (w) => {
      const letter = w.proposed()
      return w.act('kamonchanok@deputy', letter, w.ordering('อนุมัติ', null, letter))
    },
    'secretary-cannot-sign',
  ),
  rule(
    'เลขานุการ: ส่งต่อแทนไม่ได้',
    (w) => w.act('kamonchanok@deputy', w.proposed(), { type: 'forward', to: 'general', note: '' }),
    'position-not-held',
  ),
  rule(
    'เลขานุการของท่านอื่นรับแทนไม่ได้',
    (w) => w.act('nittaya@deputy', w.proposed(), { type: 'take-up' }),
    'position-not-held',
  ),
  rule(
    'เลขานุการ: อนุญาตให้ยืมแทนไม่ได้',
    (w) => {
      const letter = w.registered({}, 'pimjai')
      w.must('pimjai', letter, { type: 'store', classId: 'general', place: '' })
      w.must('somying', letter, { type: 'borrow', purpose: 'อ้างอิง', until: '2026-12-01' })
      const loanId = w.letter(letter).loans[0]?.id ?? ''
      return w.act('kamonchanok@deputy', letter, { type: 'decide-loan', loanId, granted: true, note: '' })
    },
    'secretary-cannot-sign',
  ),
  rule(
    'เลขานุการ: ความเห็นส่วนตัวบันทึกไว้ได้ ไม่ใช่เกษียน',
    (w) => {
      const letter = w.proposed()
      w.must('kamonchanok', letter, { type: 'note', text: 'เรียนท่านแล้ว' })
      return w.letter(letter).endorsements.length
    },
    0,
  ),
  rule('สไลด์ ข้อแนะนำ 5: ส่งถึงผู้บริหาร เลขานุการได้รับด้วย', (w) => w.letter(w.proposed()).copies, ['kamonchanok']),
  rule(
    'สไลด์ ข้อแนะนำ 5: ส่งต่อ เลขานุการของผู้รับได้รับด้วย',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, { type: 'forward', to: 'general', note: '' })
      return w.letter(letter).copies
    },
    ['kamonchanok', 'nittaya'],
  ),
  rule(
    'สไลด์ ข้อแนะนำ 5: หน่วยงานเลือกไม่ทำสำเนาถึงเลขานุการได้',
    (w) => w.letter(w.proposed()).copies,
    [],
    () => world({}, { copyToSecretary: false }),
  ),
]
