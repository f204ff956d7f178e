import { commandBodySchema } from '../../contract/commands.ts'
import { letterFormSchema, letterKindSchema, urgencySchema } from '../../contract/facts.ts'
import { defaultPolicy } from '../defaultPolicy.ts'
import { formulaFor } from '../formulas.ts'
import { garudaOf, goesOut, hasClosing, hasForm, usualForm } from '../kinds.ts'
import { isOverdue } from '../letter.ts'
import { rule, world } from './world.ts'

const formsOf = (kind: Parameters<typeof hasForm>[0]) =>
  letterFormSchema.options.filter((form) => hasForm(kind, form))
const formula = (addressee: string) => Object.values(formulaFor(addressee, defaultPolicy)).join(' / ')

/** ชนิด แบบ และส่วนของหนังสือ ชั้นความเร็ว คำขึ้นต้นและคำลงท้าย. */
export const kinds = [
  rule('ข้อ 10: หนังสือมี 6 ชนิด', () => letterKindSchema.options.length, 6),
  rule('ข้อ 11: หนังสือภายนอกเป็นหนังสือหรือคำร้องจากประชาชน', () => formsOf('external'), ['letter', 'petition']),
  rule('ข้อ 12: หนังสือภายในเป็นบันทึกข้อความ', () => formsOf('internal'), ['letter']),
  rule('ข้อ 13: หนังสือประทับตรามีแบบเดียว', () => formsOf('stamped'), ['letter']),
  rule('ข้อ 15: หนังสือสั่งการคือ คำสั่ง ระเบียบ ข้อบังคับ', () => formsOf('directive'), [
    'order',
    'regulation',
    'by-law',
  ]),
  rule('ข้อ 19: หนังสือประชาสัมพันธ์คือ ประกาศ แถลงการณ์ ข่าว', () => formsOf('publicity'), [
    'announcement',
    'statement',
    'news',
  ]),
  rule('ข้อ 23: หนังสือที่เจ้าหน้าที่ทำขึ้นคือ หนังสือรับรอง รายงานการประชุม บันทึก หนังสืออื่น', () => formsOf('record'), [
    'certificate',
    'minutes',
    'note',
    'other',
  ]),
  rule(
    'ข้อ 10: แบบที่ไม่ใช่ของชนิดนั้น ร่างไม่ได้',
    (w) => w.act('somying', w.newId(), w.drafting({ form: 'order' })),
    'form-unfit',
  ),
  rule(
    'ข้อ 10: แบบที่ไม่ใช่ของชนิดนั้น ลงรับไม่ได้',
    (w) => w.act('pimjai', w.newId(), w.registering({ form: 'minutes' })),
    'form-unfit',
  ),
  rule(
    'ข้อ 10: แก้ร่างเป็นแบบที่ไม่ใช่ของชนิดนั้นไม่ได้',
    (w) => {
      const letter = w.draft()
      return w.act('somying', letter, { ...w.drafting({ form: 'news' }), type: 'revise' })
    },
    'form-unfit',
  ),
  rule('ข้อ 10: ชนิดใดไม่ระบุแบบ ใช้แบบปกติของชนิดนั้น', () => usualForm('directive'), 'order'),
  rule('ข้อ 11: หนังสือภายนอกมีคำลงท้าย', () => hasClosing('external'), true),
  rule('ข้อ 12: หนังสือภายในไม่มีคำลงท้าย', () => hasClosing('internal'), false),
  rule('ข้อ 14: หนังสือประทับตราไม่มีคำลงท้าย', () => hasClosing('stamped'), false),
  rule('ข้อ 75: หนังสือภายนอกใช้กระดาษตราครุฑใหญ่', () => garudaOf('external'), 'large'),
  rule('ข้อ 76: หนังสือภายในใช้กระดาษบันทึกข้อความ ตราครุฑเล็ก', () => garudaOf('internal'), 'small'),
  rule('ข้อ 75: หนังสือสั่งการใช้กระดาษตราครุฑใหญ่', () => garudaOf('directive'), 'large'),
  rule(
    'ข้อ 11, 13: หนังสือที่มีไปถึงหน่วยงานอื่นคือภายนอกและประทับตรา',
    () => letterKindSchema.options.filter((kind) => goesOut({ kind })),
    ['external', 'stamped'],
  ),
  rule(
    'ข้อ 11: อ้างถึงได้หลายฉบับ พร้อมหน่วยงาน เลขที่ และวันที่ และสิ่งที่ส่งมาด้วยมีจำนวน',
    (w) => {
      const references = [
        { agency: 'กระทรวงสาธารณสุข', number: 'สธ ๐๒๐๑/๑', date: '2026-11-01', letterId: null },
      ]
      const enclosures = [{ title: 'กำหนดการ', quantity: 2, file: null }]
      const { references: kept, enclosures: sent } = w.letter(w.draft('somying', { references, enclosures }))
      return [kept[0]?.number, sent[0]?.quantity]
    },
    ['สธ ๐๒๐๑/๑', 2],
  ),
  rule(
    'ข้อ 11: สำเนาส่งและเจ้าของเรื่องอยู่กับหนังสือ',
    (w) => {
      const { copiesTo, contact } = w.letter(
        w.draft('somying', { copiesTo: ['สำนักกฎหมาย'], contact: 'โทร. ๔๓๑๒' }),
      )
      return [copiesTo, contact]
    },
    [['สำนักกฎหมาย'], 'โทร. ๔๓๑๒'],
  ),
  rule('ข้อ 11: เรื่องต้องมี', (w) => commandBodySchema.safeParse(w.drafting({ subject: '  ' })).success, false),
  rule(
    'ข้อ 11: คำขึ้นต้นว่างได้ในชนิดที่ไม่มี',
    (w) => commandBodySchema.safeParse(w.drafting({ salutation: '' })).success,
    true,
  ),

  rule('ข้อ 28: ชั้นความเร็วมี ปกติ ด่วน ด่วนมาก ด่วนที่สุด และด่วนภายใน', () => urgencySchema.options, [
    'normal',
    'urgent',
    'very-urgent',
    'most-urgent',
    'within',
  ]),
  rule(
    'ข้อ 28: ด่วนภายใน ต้องระบุวัน เดือน ปี และเวลา',
    (w) => w.act('somying', w.newId(), w.drafting({ urgency: 'within' })),
    'due-missing',
  ),
  rule(
    'ข้อ 28: ด่วนภายใน ที่ระบุเวลาแล้วร่างได้',
    (w) => w.act('somying', w.newId(), w.drafting({ urgency: 'within', dueAt: '2026-11-24T09:00:00.000Z' })),
    'accepted',
  ),
  rule(
    'ข้อ 28: หนังสือรับ ด่วนภายใน ต้องมีเวลาเช่นกัน',
    (w) => w.act('pimjai', w.newId(), w.registering({ urgency: 'within' })),
    'due-missing',
  ),
  rule(
    'ข้อ 28: ด่วนที่สุดไม่ต้องมีเวลา',
    (w) => w.act('somying', w.newId(), w.drafting({ urgency: 'most-urgent' })),
    'accepted',
  ),
  rule(
    'ข้อ 28: กำหนดเวลาของหนังสือตามไปถึงผู้รับเสนอ',
    (w) => {
      const letter = w.proposed('deputy', { urgency: 'within', dueAt: '2026-11-24T09:00:00.000Z' })
      return w.letter(letter).legs[0]?.dueAt
    },
    '2026-11-24T09:00:00.000Z',
  ),
  rule(
    'ข้อ 28: เลยเวลาแล้วยังไม่ดำเนินการ คือเกินกำหนด',
    (w) => {
      const letter = w.letter(w.proposed('deputy', { urgency: 'within', dueAt: '2026-11-24T09:00:00.000Z' }))
      return [isOverdue(letter, '2026-11-24T09:00:00.000Z'), isOverdue(letter, '2026-11-24T09:00:00.001Z')]
    },
    [false, true],
  ),
  rule(
    'ข้อ 28: เวลาที่เขียนละเอียดต่างกันเป็นเวลาเดียวกัน',
    (w) => {
      const letter = w.letter(w.proposed('deputy', { urgency: 'within', dueAt: '2026-11-24T09:00Z' }))
      return [isOverdue(letter, '2026-11-24T09:00:00.000Z'), isOverdue(letter, '2026-11-24T09:00:30.000Z')]
    },
    [false, true],
  ),
  rule(
    'ข้อ 28: ลงนามแล้วไม่เกินกำหนดอีก',
    (w) =>
      isOverdue(
        w.letter(w.signed({ urgency: 'within', dueAt: '2026-11-23T09:00:00.000Z' })),
        '2026-12-31T00:00:00.000Z',
      ),
    false,
  ),
  rule(
    'ข้อ 28: หน่วยงานที่ยังไม่รับในเวลาทำให้เกินกำหนด',
    (w) => {
      const letter = w.signed()
      w.must('somying', letter, { ...w.delivering('legal'), dueAt: '2026-11-24T09:00:00.000Z' })
      const late = '2026-11-25T00:00:00.000Z'
      const before = isOverdue(w.letter(letter), late)
      w.received(letter, 'legal', 'orauma')
      return [before, isOverdue(w.letter(letter), late)]
    },
    [true, false],
  ),
  rule(
    'เรื่องที่ปิดแล้วไม่เกินกำหนด',
    (w) => {
      const letter = w.registered({ urgency: 'within', dueAt: '2026-11-24T09:00:00.000Z' })
      w.must('pimjai', letter, { type: 'close', note: '' })
      return isOverdue(w.letter(letter), '2026-12-31T00:00:00.000Z')
    },
    false,
  ),

  rule(
    'ภาคผนวก 2: รัฐมนตรี เรียน และขอแสดงความนับถือ',
    () => formula('รัฐมนตรีว่าการกระทรวงสาธารณสุข'),
    'เรียน / ขอแสดงความนับถือ',
  ),
  rule(
    'ภาคผนวก 2: นายกรัฐมนตรี กราบเรียน และขอแสดงความนับถืออย่างยิ่ง',
    () => formula('นายกรัฐมนตรี'),
    'กราบเรียน / ขอแสดงความนับถืออย่างยิ่ง',
  ),
  rule('ภาคผนวก 2: รองนายกรัฐมนตรีไม่ใช่นายกรัฐมนตรี', () => formula('รองนายกรัฐมนตรี'), 'เรียน / ขอแสดงความนับถือ'),
  ...[
    'ประธานองคมนตรี',
    'ประธานรัฐสภา',
    'ประธานสภาผู้แทนราษฎร',
    'ประธานวุฒิสภา',
    'ประธานศาลฎีกา',
    'รัฐบุรุษ',
    'ประธานศาลรัฐธรรมนูญ',
    'ประธานศาลปกครองสูงสุด',
    'ประธานกรรมการการเลือกตั้ง',
    'ประธานกรรมการสิทธิมนุษยชนแห่งชาติ',
    'ประธาน ป.ป.ช.',
    'ประธานกรรมการตรวจเงินแผ่นดิน',
    'ผู้ตรวจการแผ่นดิน',
  ].map((title) =>
    rule(`ภาคผนวก 2: ${title} กราบเรียน`, () => formula(title), 'กราบเรียน / ขอแสดงความนับถืออย่างยิ่ง'),
  ),
  rule(
    'ภาคผนวก 2: สมเด็จพระราชาคณะ นมัสการ อย่างยิ่ง',
    () => formula('สมเด็จพระราชาคณะ'),
    'นมัสการ / ขอนมัสการด้วยความเคารพอย่างยิ่ง',
  ),
  rule(
    'ภาคผนวก 2: รองสมเด็จพระราชาคณะ อย่างยิ่ง แม้ขึ้นต้นต่างกัน',
    () => formula('รองสมเด็จพระราชาคณะ'),
    'นมัสการ / ขอนมัสการด้วยความเคารพอย่างยิ่ง',
  ),
  rule('ภาคผนวก 2: พระราชาคณะ อย่างสูง', () => formula('พระราชาคณะ'), 'นมัสการ / ขอนมัสการด้วยความเคารพอย่างสูง'),
  rule('ภาคผนวก 2: พระภิกษุทั่วไป นมัสการ', () => formula('พระครูสุตธรรมาภรณ์'), 'นมัสการ / ขอนมัสการด้วยความเคารพ'),
  rule(
    'ภาคผนวก 2: สมเด็จพระสังฆราชเจ้า ขอประทานกราบทูล',
    () => formula('สมเด็จพระสังฆราชเจ้า'),
    'ขอประทานกราบทูล / ควรมิควรแล้วแต่จะโปรดเกล้าโปรดกระหม่อม',
  ),
  rule('ภาคผนวก 2: คำเรียกที่ยาวกว่ามาก่อน ตารางแก้ได้', () => {
    const titles = ['ประธานกรรมการการเลือกตั้งประจำจังหวัด']
    const own = { titles, salutation: 'เรียน', closing: 'ขอแสดงความนับถือ' }
    const policy = { ...defaultPolicy, formulas: [...defaultPolicy.formulas, own] }
    return ['ประธานกรรมการการเลือกตั้งประจำจังหวัดลำปาง', 'ประธานกรรมการการเลือกตั้ง'].map(
      (addressee) => formulaFor(addressee, policy).salutation,
    )
  }, ['เรียน', 'กราบเรียน']),
  rule(
    'ภาคผนวก 2: พิมพ์ ํา แทน ำ ก็เป็นตำแหน่งเดิม',
    () => {
      const policy = {
        ...defaultPolicy,
        formulas: [{ titles: ['อำมาตย์'], salutation: 'กราบเรียน', closing: '-' }],
      }
      return formulaFor('อ\u0E4Dามาตย์', policy).salutation
    },
    'กราบเรียน',
  ),
  rule(
    'ข้อ 13: หนังสือประทับตรา ผู้ลงชื่อย่อต้องเป็นหัวหน้ากองขึ้นไป',
    (w) => {
      const letter = w.proposed('head-finance', { kind: 'stamped' })
      w.must('anan@head-finance', letter, { type: 'bind-number' })
      return w.act('anan@head-finance', letter, { type: 'sign', revision: w.file(letter) })
    },
    'rank-too-low',
  ),
  rule(
    'ข้อ 13: ผู้อำนวยการสำนักลงชื่อย่อกำกับตราได้',
    (w) => w.letter(w.signed({ kind: 'stamped' }, 'wanwipa@director-fund')).signatures.length,
    1,
  ),
  rule(
    'ข้อ 13: บนกระดาษก็ต้องเป็นหัวหน้ากองขึ้นไป',
    (w) => {
      const letter = w.draft('wichai', { kind: 'stamped', matter: 'procurement' })
      w.must('ratana', letter, { type: 'bind-number' })
      return w.act('ratana', letter, w.scanning({ signedFor: 'head-finance' }))
    },
    'rank-too-low',
  ),
  rule(
    'ข้อ 28, 57: คำสั่งต่าง ๆ เป็นข้อมูลของหน่วยงาน แก้ได้โดยไม่แก้โปรแกรม',
    (w) => w.organisation.policy.orderPresets.includes('ทราบ'),
    true,
  ),
  rule(
    'นโยบายของหน่วยงานแทนที่ค่าเริ่มต้น',
    (w) => w.organisation.policy.dateDiffers,
    'block',
    () => world({}, { dateDiffers: 'block' }),
  ),
]
