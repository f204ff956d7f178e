import { stageOf } from '../letter.ts'
import { rule, type World } from './world.ts'

const fromDeputy = (w: World) => {
  const letter = w.proposed()
  w.must('teerawat@deputy', letter, { type: 'forward', to: 'general', note: '' })
  return letter
}
/** With whom a letter is: a position, or the author's desk. */
const at = (w: World, letter: string) =>
  w.letter(letter).legs.find(({ outcome }) => outcome === 'open')?.to ?? 'desk'
const leg = (w: World, letter: string, index = -1) => w.letter(letter).legs.at(index)?.id ?? ''
const back = (w: World, who: string, letter: string) => w.must(who, letter, { type: 'return', reason: 'แก้' })
const checking = (w: World, order: 'serial' | 'parallel', ...reviewers: string[]) => {
  const letter = w.draft()
  w.must('somying', letter, { type: 'request-check', order, reviewers, note: '' })
  return letter
}
const pass = (w: World, who: string, letter: string) =>
  w.act(who, letter, { type: 'pass-check', opinion: '' })

/** ร่าง ตรวจสอบ เสนอ เกษียน สั่งการ ส่งต่อ ตีกลับ ดึงคืน ปิดงาน. */
export const flow = [
  // ร่างและตรวจสอบ
  rule('ร่าง: เฉพาะของหน่วยงานตน', (w) => w.act('orauma', w.newId(), w.drafting()), 'unit-not-own'),
  rule('ร่าง: ผู้ไม่มีบัญชีร่างไม่ได้', (w) => w.act('nobody', w.newId(), w.drafting()), 'unit-not-own'),
  rule('ร่าง: รหัสหนังสือเดิมเริ่มใหม่ไม่ได้', (w) => w.act('somying', w.draft(), w.drafting()), 'letter-exists'),
  rule(
    'ร่าง: ไฟล์เริ่มต้นไม่ต่อจากไฟล์อื่น',
    (w) => w.act('somying', w.newId(), w.drafting({ revision: { ...w.file(), extends: w.file().sha256 } })),
    'revision-not-current',
  ),
  rule(
    'ร่าง: ไฟล์ใหญ่เกินกำหนดไม่รับ',
    (w) => w.act('somying', w.newId(), w.drafting({ revision: { ...w.file(), bytes: 50_000_001 } })),
    'file-too-large',
  ),
  rule(
    'ร่าง: ไม่มีหนังสือ ทำอะไรกับหนังสือไม่ได้',
    (w) => w.act('somying', w.newId(), { type: 'propose', to: 'deputy', note: '' }),
    'letter-unknown',
  ),
  rule(
    'แก้ร่าง: เก็บทุกฉบับ',
    (w) => {
      const letter = w.draft()
      w.must('somying', letter, { ...w.drafting(), type: 'revise' })
      return w.letter(letter).revisions.length
    },
    2,
  ),
  rule(
    'แก้ร่าง: ผู้อื่นแก้ไม่ได้',
    (w) => w.act('wichai', w.draft(), { ...w.drafting(), type: 'revise' }),
    'letter-elsewhere',
  ),
  rule(
    'แก้ร่าง: ระหว่างเสนอแก้ไม่ได้',
    (w) => w.act('somying', w.proposed(), { ...w.drafting(), type: 'revise' }),
    'letter-elsewhere',
  ),
  rule(
    'แก้ร่าง: ลงนามแล้วแก้ไม่ได้',
    (w) => w.act('somying', w.signed(), { ...w.drafting(), type: 'revise' }),
    'letter-final',
  ),
  rule(
    'แก้ร่าง: ผู้บริหารสั่งการแล้วแก้ข้อความไม่ได้',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, w.ordering('อนุมัติ', null, letter))
      return w.act('somying', letter, { ...w.drafting(), type: 'revise' })
    },
    'letter-final',
  ),
  rule(
    'แก้ร่าง: ไฟล์ที่ต่อจากฉบับเก่าไม่รับ',
    (w) => {
      const letter = w.draft()
      const stale = w.file(letter)
      w.must('somying', letter, { ...w.drafting(), type: 'revise' })
      return w.act('somying', letter, { ...w.drafting({ revision: stale }), type: 'revise' })
    },
    'revision-not-current',
  ),
  rule(
    'แก้ร่าง: หนังสือรับไม่ใช่ร่าง',
    (w) => w.act('pimjai', w.registered(), { ...w.drafting(), type: 'revise' }),
    'letter-elsewhere',
  ),
  rule(
    'ตรวจ: เรียงลำดับ คนที่สองรอคนแรก',
    (w) => {
      const letter = checking(w, 'serial', 'wichai', 'wanwipa')
      return [pass(w, 'wanwipa', letter), pass(w, 'wichai', letter), pass(w, 'wanwipa', letter)]
    },
    ['not-reviewer', 'accepted', 'accepted'],
  ),
  rule(
    'ตรวจ: พร้อมกัน ใครก่อนก็ได้',
    (w) => {
      const letter = checking(w, 'parallel', 'wichai', 'wanwipa')
      return [
        pass(w, 'wanwipa', letter),
        stageOf(w.letter(letter)),
        pass(w, 'wichai', letter),
        stageOf(w.letter(letter)),
      ]
    },
    ['accepted', 'checking', 'accepted', 'draft'],
  ),
  rule(
    'ตรวจ: ตรวจผ่านซ้ำไม่ได้',
    (w) => {
      const letter = checking(w, 'parallel', 'wichai', 'wanwipa')
      return [pass(w, 'wichai', letter), pass(w, 'wichai', letter)]
    },
    ['accepted', 'not-reviewer'],
  ),
  rule('ตรวจ: ผู้ไม่ถูกขอตรวจไม่ได้', (w) => pass(w, 'teerawat', checking(w, 'serial', 'wichai')), 'not-reviewer'),
  rule(
    'ตรวจ: ส่งคืนพร้อมเหตุผล จบรอบ ผู้ร่างแก้ได้',
    (w) => {
      const letter = checking(w, 'parallel', 'wichai', 'wanwipa')
      w.must('wichai', letter, { type: 'return-check', reason: 'ตัวเลขผิด' })
      return [
        w.letter(letter).checks[0]?.state,
        w.act('somying', letter, { ...w.drafting(), type: 'revise' }),
      ]
    },
    ['returned', 'accepted'],
  ),
  rule(
    'ตรวจ: ระหว่างตรวจ ผู้ร่างแก้ไม่ได้ ผู้ตรวจแก้ได้',
    (w) => {
      const letter = checking(w, 'serial', 'wichai')
      return ['somying', 'wichai'].map((who) => w.act(who, letter, { ...w.drafting(), type: 'revise' }))
    },
    ['letter-elsewhere', 'accepted'],
  ),
  rule(
    'ตรวจ: ผู้ตรวจที่ยังไม่ถึงคิวแก้ไม่ได้',
    (w) => w.act('wanwipa', checking(w, 'serial', 'wichai', 'wanwipa'), { ...w.drafting(), type: 'revise' }),
    'letter-elsewhere',
  ),
  rule(
    'ตรวจ: ตรวจของตนเองไม่ได้',
    (w) =>
      w.act('somying', w.draft(), {
        type: 'request-check',
        order: 'serial',
        reviewers: ['somying'],
        note: '',
      }),
    'reviewer-unfit',
  ),
  rule(
    'ตรวจ: ผู้ตรวจต้องเป็นบุคลากร',
    (w) =>
      w.act('somying', w.draft(), {
        type: 'request-check',
        order: 'serial',
        reviewers: ['nobody'],
        note: '',
      }),
    'reviewer-unfit',
  ),
  rule(
    'ตรวจ: ระหว่างตรวจ เสนอไม่ได้',
    (w) => w.act('somying', checking(w, 'serial', 'wichai'), { type: 'propose', to: 'deputy', note: '' }),
    'letter-elsewhere',
  ),
  rule(
    'ตรวจ: ระหว่างตรวจ ขอตรวจซ้ำไม่ได้',
    (w) =>
      w.act('somying', checking(w, 'serial', 'wichai'), {
        type: 'request-check',
        order: 'serial',
        reviewers: ['wanwipa'],
        note: '',
      }),
    'letter-elsewhere',
  ),
  rule(
    'ตรวจ: ผู้ตรวจไม่อยู่ ผู้ร่างดึงคืนแล้วขอคนอื่นได้',
    (w) => {
      const letter = checking(w, 'serial', 'wichai')
      const target = w.letter(letter).checks[0]?.id ?? ''
      w.must('somying', letter, { type: 'recall', target, reason: 'ผู้ตรวจลา' })
      return w.act('somying', letter, {
        type: 'request-check',
        order: 'serial',
        reviewers: ['wanwipa'],
        note: '',
      })
    },
    'accepted',
  ),
  rule(
    'ตรวจ: ผู้อื่นดึงรอบตรวจคืนไม่ได้',
    (w) => {
      const letter = checking(w, 'serial', 'wichai')
      return w.act('wichai', letter, {
        type: 'recall',
        target: w.letter(letter).checks[0]?.id ?? '',
        reason: 'x',
      })
    },
    'letter-elsewhere',
  ),
  rule(
    'ตรวจ: รอบที่จบแล้วดึงคืนไม่ได้',
    (w) => {
      const letter = checking(w, 'serial', 'wichai')
      pass(w, 'wichai', letter)
      return w.act('somying', letter, {
        type: 'recall',
        target: w.letter(letter).checks[0]?.id ?? '',
        reason: 'x',
      })
    },
    'recall-too-late',
  ),
  rule(
    'ตรวจ: ลงนามแล้วขอตรวจไม่ได้',
    (w) =>
      w.act('somying', w.signed(), {
        type: 'request-check',
        order: 'serial',
        reviewers: ['wichai'],
        note: '',
      }),
    'letter-final',
  ),

  // เสนอ
  rule('สไลด์ ระบบ Draft 3: ผู้ร่างเสนอพิจารณา เรื่องอยู่ที่ผู้บริหาร', (w) => at(w, w.proposed()), 'deputy'),
  rule(
    'เสนอ: ผู้อื่นเสนอแทนไม่ได้',
    (w) => w.act('wichai', w.draft(), { type: 'propose', to: 'deputy', note: '' }),
    'letter-elsewhere',
  ),
  rule(
    'เสนอ: ทีละผู้ถือเรื่อง เสนอซ้อนไม่ได้',
    (w) => w.act('somying', w.proposed(), { type: 'propose', to: 'general', note: '' }),
    'letter-elsewhere',
  ),
  rule(
    'เสนอ: ตำแหน่งว่างเสนอไม่ได้',
    (w) => w.act('somying', w.draft(), { type: 'propose', to: 'vacant', note: '' }),
    'position-unknown',
  ),
  rule(
    'เสนอ: ตำแหน่งที่ไม่มีเสนอไม่ได้',
    (w) => w.act('somying', w.draft(), { type: 'propose', to: 'nowhere', note: '' }),
    'position-unknown',
  ),
  rule(
    'เสนอ: ผู้ส่งเป็นตำแหน่ง คนเปลี่ยน ตำแหน่งคงอยู่',
    (w) => {
      const letter = w.proposed()
      w.now = '2026-12-01T03:00:00.000Z'
      return w.act('teerawat@deputy', letter, { type: 'take-up' })
    },
    'accepted',
  ),
  rule(
    'สไลด์ ระบบสารบรรณ 2: หนังสือรับเสนอสั่งการโดยธุรการของหน่วย',
    (w) => {
      const letter = w.registered()
      return [
        w.act('orauma', letter, { type: 'propose', to: 'deputy', note: '' }),
        w.act('pimjai', letter, { type: 'propose', to: 'deputy', note: '' }),
      ]
    },
    ['letter-elsewhere', 'accepted'],
  ),

  // เกษียนและสั่งการ
  rule(
    'เกษียน: เสนอความเห็นแล้วเรื่องยังอยู่ที่เดิม',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, w.opining())
      return [at(w, letter), w.letter(letter).endorsements[0]?.elements.intent]
    },
    ['deputy', 'opinion'],
  ),
  rule(
    'เกษียน: ผู้ที่ไม่ใช่ผู้บริหารเสนอความเห็นได้ สั่งการไม่ได้',
    (w) => {
      const letter = w.proposed('head-registry')
      return [
        w.act('pimjai@head-registry', letter, w.opining()),
        w.act('pimjai@head-registry', letter, w.ordering('อนุมัติ', null, letter)),
      ]
    },
    ['accepted', 'order-needs-executive'],
  ),
  rule(
    'เกษียน: ผู้ที่เรื่องไม่ได้อยู่ด้วยเกษียนไม่ได้',
    (w) => w.act('prawit@general', w.proposed(), w.opining()),
    'letter-elsewhere',
  ),
  rule(
    'เกษียน: ไม่ระบุตำแหน่งเกษียนไม่ได้',
    (w) => w.act('teerawat', w.proposed(), w.opining()),
    'letter-elsewhere',
  ),
  rule(
    'เกษียน: ความเห็นไม่สั่งใคร',
    (w) => w.act('teerawat@deputy', w.proposed(), { ...w.opining(), to: 'general' }),
    'opinion-orders-nobody',
  ),
  rule(
    'เกษียน: ไม่เปลี่ยนหลังบันทึก ความเห็นใหม่เป็นรายการใหม่',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, w.opining('เห็นควรอนุมัติ'))
      w.must('teerawat@deputy', letter, w.opining('ขอแก้เป็นไม่เห็นควร'))
      return w.letter(letter).endorsements.map(({ text }) => text)
    },
    ['เห็นควรอนุมัติ', 'ขอแก้เป็นไม่เห็นควร'],
  ),
  rule(
    'สไลด์ In tray: สั่งการพร้อมลงนามในครั้งเดียว ด้วยใบรับรอง',
    (w) => {
      const letter = w.registered()
      w.must('pimjai', letter, { type: 'propose', to: 'deputy', note: '' })
      w.must('teerawat@deputy', letter, w.ordering('มอบสำนักกฎหมายดำเนินการ', 'director-legal', letter))
      const [order] = w.letter(letter).endorsements
      return [order?.elements.method.kind, order?.to, at(w, letter), w.letter(letter).revisions.length]
    },
    ['digital', 'director-legal', 'director-legal', 2],
  ),
  rule(
    'สั่งการ: ต้องใช้ใบรับรอง',
    (w) => w.act('teerawat@deputy', w.proposed(), w.ordering()),
    'order-needs-certificate',
  ),
  rule(
    'สั่งการ: ใบรับรองของผู้อื่นไม่รับ',
    (w) => {
      const letter = w.proposed()
      return w.act('teerawat@deputy', letter, w.ordering('อนุมัติ', null, letter), {
        evidence: { email: 'prawit@saraban.example' },
      })
    },
    'signer-not-actor',
  ),
  rule(
    'สั่งการ: บนฉบับที่ไม่ใช่ฉบับล่าสุดไม่รับ',
    (w) => {
      const letter = w.proposed()
      const stale = w.ordering('อนุมัติ', null, letter)
      const digital = { method: 'digital' as const, revision: w.file(letter) }
      w.must('teerawat@deputy', letter, { ...w.opining(), signature: digital })
      return w.act('teerawat@deputy', letter, stale)
    },
    'revision-not-current',
  ),
  rule(
    '“ทราบ” เป็นคำสั่ง ไม่ใช่การปัดทิ้ง: พิมพ์ตามตัวอักษร และเรื่องจบที่ผู้สั่ง',
    (w) => {
      const letter = w.registered()
      w.must('pimjai', letter, { type: 'propose', to: 'deputy', note: '' })
      w.must('teerawat@deputy', letter, w.ordering('ทราบ', null, letter))
      return [
        w.letter(letter).endorsements[0]?.act,
        w.letter(letter).endorsements[0]?.text,
        stageOf(w.letter(letter)),
      ]
    },
    ['order', 'ทราบ', 'ordered'],
  ),
  rule(
    'สั่งการ: สั่งตำแหน่งของตนเองไม่ได้',
    (w) => {
      const letter = w.proposed()
      return w.act('teerawat@deputy', letter, w.ordering('ดำเนินการ', 'deputy', letter))
    },
    'position-has-it',
  ),
  rule(
    'สั่งการ: สั่งตำแหน่งว่างไม่ได้',
    (w) => {
      const letter = w.proposed()
      return w.act('teerawat@deputy', letter, w.ordering('ดำเนินการ', 'vacant', letter))
    },
    'position-unknown',
  ),
  rule(
    'สั่งการ: กำหนดเวลาตามไปถึงผู้รับคำสั่ง',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, {
        ...w.ordering('ดำเนินการ', 'director-fund', letter),
        dueAt: '2026-11-30T09:00:00.000Z',
      })
      return w.letter(letter).legs.at(-1)?.dueAt
    },
    '2026-11-30T09:00:00.000Z',
  ),
  rule(
    'สั่งการ: สั่งซ้ำหลังเรื่องไปแล้วไม่ได้',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, w.ordering('อนุมัติ', null, letter))
      return w.act('teerawat@deputy', letter, w.ordering('อนุมัติ', null, letter))
    },
    'letter-elsewhere',
  ),

  // ส่งต่อ ตีกลับ ดึงคืน
  rule('ส่งต่อ: จากผู้ถือเรื่องไปผู้ถัดไป ทีละผู้ถือ', (w) => at(w, fromDeputy(w)), 'general'),
  rule(
    'ส่งต่อ: ผู้ที่ไม่ได้ถือเรื่องส่งต่อไม่ได้',
    (w) => w.act('prawit@general', w.proposed(), { type: 'forward', to: 'director-legal', note: '' }),
    'letter-elsewhere',
  ),
  rule(
    'ส่งต่อ: ถึงตนเองไม่ได้',
    (w) => w.act('teerawat@deputy', w.proposed(), { type: 'forward', to: 'deputy', note: '' }),
    'position-has-it',
  ),
  rule(
    'ส่งต่อ: ลงนามแล้วส่งต่อให้ตนเองเพื่อลงซ้ำไม่ได้',
    (w) => w.act('teerawat@deputy', w.signed(), { type: 'forward', to: 'deputy', note: '' }),
    'position-has-it',
  ),
  rule(
    'ส่งต่อ: ผู้ที่ตีกลับไปแล้วส่งต่อไม่ได้',
    (w) => {
      const letter = w.proposed()
      back(w, 'teerawat@deputy', letter)
      return w.act('teerawat@deputy', letter, { type: 'forward', to: 'general', note: '' })
    },
    'letter-elsewhere',
  ),
  rule(
    'ส่งต่อ: ระหว่างผู้ร่างขอตรวจ ผู้ลงความเห็นเดิมส่งต่อไม่ได้',
    (w) => {
      const letter = w.proposed()
      back(w, 'teerawat@deputy', letter)
      w.must('somying', letter, { type: 'request-check', order: 'serial', reviewers: ['wichai'], note: '' })
      return w.act('teerawat@deputy', letter, { type: 'forward', to: 'general', note: '' })
    },
    'letter-elsewhere',
  ),
  rule(
    'ตีกลับ: จากผู้บริหารคนแรกกลับถึงผู้ร่าง',
    (w) => {
      const letter = w.proposed()
      back(w, 'teerawat@deputy', letter)
      return [at(w, letter), stageOf(w.letter(letter))]
    },
    ['desk', 'returned'],
  ),
  rule(
    'ตีกลับ: ถอยทีละขั้น จากเลขาธิการถึงรอง จากรองถึงผู้ร่าง',
    (w) => {
      const letter = fromDeputy(w)
      back(w, 'prawit@general', letter)
      const first = at(w, letter)
      back(w, 'teerawat@deputy', letter)
      return [first, at(w, letter)]
    },
    ['deputy', 'desk'],
  ),
  rule(
    'ตีกลับ: สามขั้นก็ถอยทีละขั้น',
    (w) => {
      const letter = fromDeputy(w)
      w.must('prawit@general', letter, { type: 'forward', to: 'director-legal', note: '' })
      const stops = ['surachai@director-legal', 'prawit@general', 'teerawat@deputy'].map((who) => {
        back(w, who, letter)
        return at(w, letter)
      })
      return stops
    },
    ['general', 'deputy', 'desk'],
  ),
  rule(
    'ตีกลับ: ตำแหน่งที่ผ่านสองครั้ง ถอยครบทุกขั้นถึงผู้ร่าง',
    (w) => {
      const letter = fromDeputy(w)
      w.must('prawit@general', letter, { type: 'forward', to: 'deputy', note: '' })
      return ['teerawat@deputy', 'prawit@general', 'teerawat@deputy'].map((who) => {
        back(w, who, letter)
        return at(w, letter)
      })
    },
    ['general', 'deputy', 'desk'],
  ),
  rule(
    'ตีกลับ: เลขานุการตีกลับแทนท่านได้ ถอยหนึ่งขั้นเช่นกัน',
    (w) => {
      const letter = fromDeputy(w)
      back(w, 'nittaya@general', letter)
      return [at(w, letter), w.events(letter).at(-1)?.onBehalfOf]
    },
    ['deputy', 'prawit'],
  ),
  rule(
    'ตีกลับ: ผู้ที่ไม่ได้ถือเรื่องทำไม่ได้',
    (w) => w.act('prawit@general', w.proposed(), { type: 'return', reason: 'x' }),
    'letter-elsewhere',
  ),
  rule(
    'ดึงคืน: ก่อนอีกฝ่ายรับ ผู้ร่างดึงคืนได้',
    (w) => {
      const letter = w.proposed()
      w.must('somying', letter, { type: 'recall', target: leg(w, letter), reason: 'แก้ก่อน' })
      return [at(w, letter), w.letter(letter).legs[0]?.outcome, w.letter(letter).legs[0]?.reason]
    },
    ['desk', 'recalled', 'แก้ก่อน'],
  ),
  rule(
    'ดึงคืน: อีกฝ่ายรับแล้ว ดึงคืนไม่ได้',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, { type: 'take-up' })
      return w.act('somying', letter, { type: 'recall', target: leg(w, letter), reason: 'x' })
    },
    'recall-too-late',
  ),
  rule(
    'ดึงคืน: เลขานุการรับเข้าแฟ้มแล้วก็ดึงคืนไม่ได้',
    (w) => {
      const letter = w.proposed()
      w.must('kamonchanok@deputy', letter, { type: 'take-up' })
      return w.act('somying', letter, { type: 'recall', target: leg(w, letter), reason: 'x' })
    },
    'recall-too-late',
  ),
  rule(
    'ดึงคืน: ผู้บริหารออกเลขแล้วคือรับแล้ว ดึงคืนไม่ได้',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, { type: 'bind-number' })
      return w.act('somying', letter, { type: 'recall', target: leg(w, letter), reason: 'x' })
    },
    'recall-too-late',
  ),
  rule(
    'ดึงคืน: ผู้บริหารเกษียนแล้วคือรับแล้ว ดึงคืนไม่ได้',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, w.opining())
      return w.act('somying', letter, { type: 'recall', target: leg(w, letter), reason: 'x' })
    },
    'recall-too-late',
  ),
  rule(
    'ดึงคืน: ลงนามแล้วดึงคืนไม่ได้',
    (w) => {
      const letter = w.signed()
      return w.act('somying', letter, { type: 'recall', target: leg(w, letter), reason: 'x' })
    },
    'recall-too-late',
  ),
  rule(
    'ดึงคืน: ผู้ส่งต่อดึงคืนได้ กลับมาที่ตน',
    (w) => {
      const letter = fromDeputy(w)
      w.must('teerawat@deputy', letter, { type: 'recall', target: leg(w, letter), reason: 'ขอแก้' })
      return at(w, letter)
    },
    'deputy',
  ),
  rule(
    'ดึงคืน: ผู้ร่างดึงสิ่งที่ผู้บริหารส่งต่อไม่ได้',
    (w) => {
      const letter = fromDeputy(w)
      return w.act('somying', letter, { type: 'recall', target: leg(w, letter), reason: 'x' })
    },
    'letter-elsewhere',
  ),
  rule(
    'ดึงคืน: เรื่องที่ตีกลับถึงรองแล้ว ผู้ร่างดึงข้ามขั้นไม่ได้',
    (w) => {
      const letter = fromDeputy(w)
      back(w, 'prawit@general', letter)
      return w.act('somying', letter, { type: 'recall', target: leg(w, letter), reason: 'x' })
    },
    'recall-too-late',
  ),
  rule(
    'ดึงคืน: เลขานุการดึงคืนแทนไม่ได้',
    (w) => {
      const letter = fromDeputy(w)
      return w.act('kamonchanok@deputy', letter, { type: 'recall', target: leg(w, letter), reason: 'x' })
    },
    'letter-elsewhere',
  ),
  rule(
    'ดึงคืน: สิ่งที่ไม่มีดึงไม่ได้',
    (w) => w.act('somying', w.proposed(), { type: 'recall', target: 'none', reason: 'x' }),
    'delivery-unknown',
  ),
  rule(
    'รับเรื่อง: รับซ้ำไม่ได้',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, { type: 'take-up' })
      return w.act('kamonchanok@deputy', letter, { type: 'take-up' })
    },
    'letter-elsewhere',
  ),
  rule(
    'เส้นทาง: ทุกขั้นคงอยู่ ไม่ลบ',
    (w) => {
      const letter = fromDeputy(w)
      back(w, 'prawit@general', letter)
      back(w, 'teerawat@deputy', letter)
      w.must('somying', letter, { type: 'propose', to: 'deputy', note: '' })
      return w.letter(letter).legs.map(({ to, outcome }) => `${to} ${outcome}`)
    },
    ['deputy forwarded', 'general returned', 'deputy returned', 'deputy open'],
  ),

  // ปิดงานและยกเลิก
  rule(
    'ปิดงาน: ผู้ร่าง ธุรการของหน่วย และผู้สั่งการคนสุดท้ายปิดได้',
    (w) =>
      ['somying', 'ratana', 'teerawat@deputy', 'prawit@general', 'orauma', 'wichai'].map((who) =>
        w.act(who, w.signed(), { type: 'close', note: '' }),
      ),
    ['accepted', 'accepted', 'accepted', 'letter-elsewhere', 'letter-elsewhere', 'letter-elsewhere'],
  ),
  rule(
    'ปิดงาน: เรื่องที่อยู่กับผู้ใดปิดไม่ได้',
    (w) => w.act('somying', w.proposed(), { type: 'close', note: '' }),
    'letter-elsewhere',
  ),
  rule(
    'ปิดงาน: ผู้ที่ตีกลับไปแล้วปิดไม่ได้',
    (w) => {
      const letter = w.proposed()
      back(w, 'teerawat@deputy', letter)
      return w.act('teerawat@deputy', letter, { type: 'close', note: '' })
    },
    'letter-elsewhere',
  ),
  rule(
    'ปิดงาน: ปิดแล้วทำรายการอื่นไม่ได้',
    (w) => {
      const letter = w.signed()
      w.must('somying', letter, { type: 'close', note: '' })
      return (['forward', 'deliver', 'cancel'] as const).map((type) =>
        w.act(
          'teerawat@deputy',
          letter,
          type === 'forward'
            ? { type, to: 'general', note: '' }
            : type === 'deliver'
              ? w.delivering('legal')
              : { type, reason: 'x' },
        ),
      )
    },
    ['letter-closed', 'letter-closed', 'letter-closed'],
  ),
  rule(
    'ยกเลิกปิดงาน: พร้อมเหตุผล แล้วทำต่อได้',
    (w) => {
      const letter = w.signed()
      w.must('somying', letter, { type: 'close', note: '' })
      w.must('somying', letter, { type: 'reopen', reason: 'มีเรื่องเพิ่ม' })
      return w.act('teerawat@deputy', letter, { type: 'forward', to: 'general', note: '' })
    },
    'accepted',
  ),
  rule(
    'ยกเลิกปิดงาน: เรื่องที่ไม่ได้ปิด',
    (w) => w.act('somying', w.draft(), { type: 'reopen', reason: 'x' }),
    'letter-not-closed',
  ),
  rule(
    'ยกเลิกเรื่อง: ผู้อื่นยกเลิกไม่ได้',
    (w) => w.act('wichai', w.draft(), { type: 'cancel', reason: 'x' }),
    'letter-elsewhere',
  ),
  rule(
    'ยกเลิกเรื่อง: ระหว่างเสนอยกเลิกไม่ได้',
    (w) => w.act('somying', w.proposed(), { type: 'cancel', reason: 'x' }),
    'letter-elsewhere',
  ),
  rule(
    'ยกเลิกเรื่อง: ลงนามแล้วยกเลิกไม่ได้',
    (w) => w.act('somying', w.signed(), { type: 'cancel', reason: 'x' }),
    'letter-final',
  ),
  rule(
    'ยกเลิกเรื่อง: สั่งการแล้วยกเลิกไม่ได้',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, w.ordering('อนุมัติ', null, letter))
      return w.act('somying', letter, { type: 'cancel', reason: 'x' })
    },
    'letter-final',
  ),
  rule(
    'ยกเลิกเรื่อง: ที่ยกเลิกแล้วเปิดใหม่ไม่ได้',
    (w) => {
      const letter = w.draft()
      w.must('somying', letter, { type: 'cancel', reason: 'ซ้ำ' })
      return w.act('somying', letter, { type: 'reopen', reason: 'x' })
    },
    'letter-not-closed',
  ),
  rule(
    'ยกเลิกเรื่อง: ส่งเก็บแล้วเปิดใหม่ ก็ยังเป็นเรื่องที่ยกเลิก',
    (w) => {
      const letter = w.draft('somying', { matter: 'procurement' })
      w.must('somying', letter, { type: 'cancel', reason: 'ซ้ำ' })
      w.must('ratana', letter, { type: 'store', classId: 'routine', place: '' })
      return w.act('somying', letter, { type: 'reopen', reason: 'x' })
    },
    'letter-not-closed',
  ),
  rule(
    'ความเห็นบนร่าง: หลังลงนามแล้วไม่ได้',
    (w) => w.act('somying', w.signed(), { type: 'comment', text: 'x', page: null, place: null }),
    'letter-final',
  ),
  rule(
    'ความเห็นบนร่าง: ผู้ที่ไม่เห็นหนังสือไม่ได้',
    (w) => w.act('orauma', w.draft(), { type: 'comment', text: 'x', page: null, place: null }),
    'letter-unknown',
  ),
  rule(
    'บันทึกส่วนตัว: ผู้ที่ไม่เห็นหนังสือไม่ได้',
    (w) => w.act('orauma', w.proposed(), { type: 'note', text: 'x' }),
    'letter-unknown',
  ),
]
