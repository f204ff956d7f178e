import type { BodyOf } from '../../contract/letter.ts'
import { sendingFileName, usualWay } from '../channelPolicy.ts'
import { stageOf } from '../letter.ts'
import { rule, type World, world } from './world.ts'

const agencies = {
  moph: { agencyId: 'moph', name: 'กระทรวงสาธารณสุข', address: 'saraban@moph.example' },
  boi: { agencyId: 'boi', name: 'สำนักงานคณะกรรมการส่งเสริมการลงทุน', address: '' },
  tambon: { agencyId: 'tambon', name: 'อบต. ตัวอย่าง', address: 'ลำปาง 52000' },
  nobody: { agencyId: null, name: 'นายสมชาย ใจดี', address: 'กรุงเทพฯ' },
}
const dispatching = (
  way: BodyOf<'dispatch'>['way'],
  ...to: (keyof typeof agencies)[]
): BodyOf<'dispatch'> => ({
  ...{ type: 'dispatch', way, evidence: '' },
  recipients: to.map((each) => agencies[each]),
})
const sends = (
  w: World,
  way: BodyOf<'dispatch'>['way'],
  to: keyof typeof agencies,
  facts: Parameters<World['draft']>[1] = { kind: 'external' },
) => w.act('ratana', w.signed(facts), dispatching(way, to))
const sent = (w: World, ...to: (keyof typeof agencies)[]) => {
  const letter = w.signed({ kind: 'external' })
  w.must('ratana', letter, dispatching('post', ...to))
  return letter
}
const answering = (
  w: World,
  letter: string,
  more: Partial<BodyOf<'confirm-dispatch'>> = {},
): BodyOf<'confirm-dispatch'> => ({
  ...{ type: 'confirm-dispatch', dispatchId: w.letter(letter).dispatches[0]?.id ?? '', recipient: 0 },
  ...{ state: 'registered', number: '45', at: w.now, evidence: 'โทรศัพท์' },
  ...more,
})
const delivered = (w: World, ...to: string[]) => {
  const letter = w.signed()
  w.must('somying', letter, w.delivering(...to))
  return letter
}
const deliveryOf = (w: World, letter: string, index = 0) => w.letter(letter).deliveries[index]?.id ?? ''
const recalling = (w: World, letter: string): BodyOf<'recall'> => ({
  type: 'recall',
  target: deliveryOf(w, letter),
  reason: 'ส่งผิด',
})
const returning = (w: World, letter: string): BodyOf<'return-delivery'> => ({
  ...{ type: 'return-delivery', reason: 'ไม่ใช่ของหน่วยงานนี้' },
  source: { letterId: letter, deliveryId: deliveryOf(w, letter) },
})
const states = (w: World, letter: string) =>
  w.letter(letter).deliveries.map(({ toUnitId, state }) => `${toUnitId} ${state}`)
const fileName = (w: World, facts: Parameters<World['draft']>[1], enclosure?: number) =>
  sendingFileName(w.letter(w.signed(facts)), w.directory, enclosure)

/** ส่งถึงหน่วยงาน รับจากต้นทาง หนังสือเวียน ส่งออก ช่องทาง และชื่อไฟล์. */
export const sending = [
  // ช่องทาง
  ...(['financial', 'legal', 'reference'] as const).map((evidenceClass, index) =>
    rule(
      `สไลด์ วิธีการจัดส่งหนังสือ 1.${index + 1}: หนังสือภายในที่เป็นหลักฐาน ส่งทางอีเมลไม่ได้`,
      (w) => sends(w, 'email', 'moph', { evidenceClass }),
      'channel-system',
    ),
  ),
  rule(
    'สไลด์ วิธีการจัดส่งหนังสือ 1: หลักฐานส่งทางไปรษณีย์ก็ไม่ได้ ต้องในระบบ',
    (w) => sends(w, 'post', 'moph', { evidenceClass: 'financial' }),
    'channel-system',
  ),
  rule(
    'สไลด์ วิธีการจัดส่งหนังสือ 1: หลักฐานส่งถึงหน่วยงานในระบบได้',
    (w) => w.act('somying', w.signed({ evidenceClass: 'legal' }), w.delivering('legal')),
    'accepted',
  ),
  rule(
    'สไลด์ วิธีการจัดส่งหนังสือ 2: หนังสือภายในอื่นส่งทางอีเมลได้',
    (w) => sends(w, 'email', 'moph', { evidenceClass: 'other' }),
    'accepted',
  ),
  rule(
    'สไลด์ วิธีการจัดส่งหนังสือ 2: และหลักฐานจะไม่ถูกจัดเก็บในระบบ',
    (w) => {
      const letter = w.signed({ evidenceClass: 'other' })
      w.must('ratana', letter, dispatching('email', 'moph'))
      return w.letter(letter).dispatches[0]?.keptInSystem
    },
    false,
  ),
  rule(
    'สไลด์ วิธีการจัดส่งหนังสือ 3: หนังสือภายนอกส่งทางอีเมลกลางที่เผยแพร่แล้ว',
    (w) => sends(w, 'email', 'moph'),
    'accepted',
  ),
  rule(
    'สไลด์ วิธีการจัดส่งหนังสือ 3: หน่วยงานที่มีอีเมลกลาง ส่งไปรษณีย์ไม่ได้',
    (w) => sends(w, 'post', 'moph'),
    'channel-email',
  ),
  rule(
    'สไลด์ วิธีการจัดส่งหนังสือ 3: หน่วยงานที่มีอีเมลกลาง นำส่งด้วยมือไม่ได้',
    (w) => sends(w, 'hand', 'moph'),
    'channel-email',
  ),
  rule(
    'สไลด์ วิธีการจัดส่งหนังสือ 3: ยกเว้นหน่วยงานที่ยังไม่เผยแพร่ ส่งทางไปรษณีย์',
    (w) => sends(w, 'post', 'tambon'),
    'accepted',
  ),
  rule(
    'สไลด์ วิธีการจัดส่งหนังสือ 3: หน่วยงานที่ยังไม่เผยแพร่ ส่งอีเมลไม่ได้',
    (w) => sends(w, 'email', 'tambon'),
    'channel-post',
  ),
  rule(
    'สไลด์ วิธีการจัดส่งหนังสือ 3: บุคคลที่ไม่ใช่หน่วยงาน ส่งทางไปรษณีย์',
    (w) => [sends(w, 'post', 'nobody'), sends(w, 'email', 'nobody')],
    ['accepted', 'channel-post'],
  ),
  rule(
    'สไลด์ วิธีการจัดส่งหนังสือ 3: หนังสือประทับตราถึงหน่วยงานอื่นก็ทางอีเมลกลาง',
    (w) => [sends(w, 'email', 'moph', { kind: 'stamped' }), sends(w, 'post', 'moph', { kind: 'stamped' })],
    ['accepted', 'channel-email'],
  ),
  rule(
    'สไลด์ วิธีการจัดส่งหนังสือ 3: หนังสือภายนอกเก็บสำเนาในระบบเสมอ',
    (w) => w.letter(sent(w, 'tambon')).dispatches[0]?.keptInSystem,
    true,
  ),
  rule('ส่งทาง e-CMS เฉพาะหน่วยงานที่เชื่อมต่อ', (w) => [sends(w, 'e-cms', 'boi'), sends(w, 'e-cms', 'moph')], [
    'accepted',
    'channel-no-exchange',
  ]),
  rule(
    'ส่งหลายหน่วยงาน ผิดช่องทางหน่วยเดียวก็ไม่ส่ง',
    (w) => w.act('ratana', w.signed({ kind: 'external' }), dispatching('email', 'moph', 'tambon')),
    'channel-post',
  ),
  rule(
    'ช่องทางที่เสนอก่อน: อีเมลกลาง e-CMS ไปรษณีย์ หรือในระบบ',
    (w) => {
      const [external, internal] = [w.letter(w.draft('somying', { kind: 'external' })), w.letter(w.draft())]
      return [
        usualWay(external, 'moph', w.directory),
        usualWay(external, 'boi', w.directory),
        usualWay(external, 'tambon', w.directory),
        usualWay(external, null, w.directory),
        usualWay(internal, null, w.directory),
      ]
    },
    ['email', 'e-cms', 'post', 'post', 'system'],
  ),
  rule(
    'ช่องทางที่เสนอก่อน: ประกาศภายในอยู่ในระบบ',
    (w) =>
      usualWay(w.letter(w.draft('somying', { kind: 'publicity', form: 'announcement' })), null, w.directory),
    'system',
  ),
  rule(
    'สไลด์ ข้อแนะนำ 6: เอกสารที่ยกเว้นส่งเป็นกระดาษ ทางอีเมลไม่ได้แม้มีอีเมลกลาง',
    (w) =>
      w.act('ratana', w.onPaper({ kind: 'external', matter: 'litigation' }), dispatching('email', 'moph')),
    'channel-paper',
  ),
  rule(
    'สไลด์ ข้อแนะนำ 6: เอกสารที่ยกเว้นส่งไปรษณีย์ได้แม้มีอีเมลกลาง',
    (w) =>
      w.act('ratana', w.onPaper({ kind: 'external', matter: 'litigation' }), dispatching('post', 'moph')),
    'accepted',
  ),
  rule(
    'สไลด์ ข้อแนะนำ 6: หนังสือลับไม่ส่งทางอีเมลและ e-CMS',
    (w) => {
      const letter = w.onPaper({ kind: 'external', secrecy: 'confidential', registerId: 'secret-fund' })
      return [
        w.act('ratana', letter, dispatching('email', 'moph')),
        w.act('ratana', letter, dispatching('e-cms', 'boi')),
        w.act('ratana', letter, dispatching('hand', 'moph')),
      ]
    },
    ['channel-paper', 'channel-paper', 'accepted'],
  ),
  rule(
    'สไลด์ ข้อแนะนำ 6: ช่องทางที่เสนอสำหรับเอกสารที่ยกเว้นคือไปรษณีย์',
    (w) =>
      usualWay(
        w.letter(w.draft('somying', { kind: 'external', matter: 'procurement' })),
        'moph',
        w.directory,
      ),
    'post',
  ),
  rule(
    'หน่วยงานปิดข้อกำหนดอีเมลกลางได้',
    (w) => sends(w, 'post', 'moph'),
    'accepted',
    () => world({}, { externalByEmail: false }),
  ),
  rule(
    'หน่วยงานปิดข้อกำหนดหลักฐานในระบบได้',
    (w) => sends(w, 'email', 'moph', { evidenceClass: 'financial' }),
    'accepted',
    () => world({}, { evidenceInSystem: false }),
  ),

  // ส่งออก
  rule(
    'ข้อ 41: ยังไม่ลงนามส่งออกไม่ได้',
    (w) => {
      const letter = w.proposed('deputy', { kind: 'external' })
      w.must('teerawat@deputy', letter, { type: 'bind-number' })
      w.must('teerawat@deputy', letter, { type: 'return', reason: 'รอ' })
      return w.act('ratana', letter, dispatching('email', 'moph'))
    },
    'letter-unsigned',
  ),
  rule(
    'ข้อ 42: ยังไม่มีเลขส่งออกไม่ได้',
    (w) => w.act('ratana', w.draft('somying', { kind: 'external' }), dispatching('email', 'moph')),
    'number-missing',
  ),
  rule(
    'ข้อ 42: หนังสือรับส่งออกในชื่อเราไม่ได้',
    (w) => w.act('pimjai', w.registered(), dispatching('email', 'moph')),
    'number-missing',
  ),
  rule(
    'ข้อ 41: สารบรรณกลางหรือธุรการของหน่วยส่ง ผู้อื่นไม่ได้',
    (w) =>
      ['pimjai', 'ratana', 'somying', 'orauma', 'teerawat@deputy'].map((who) =>
        w.act(who, w.signed({ kind: 'external' }), dispatching('email', 'moph')),
      ),
    ['accepted', 'accepted', 'clerk-only', 'clerk-only', 'clerk-only'],
  ),
  rule(
    'ข้อ 41: เรื่องที่ยังอยู่กับผู้บริหารส่งออกไม่ได้',
    (w) => {
      const letter = w.signed({ kind: 'external' })
      w.must('teerawat@deputy', letter, { type: 'forward', to: 'general', note: '' })
      return w.act('ratana', letter, dispatching('email', 'moph'))
    },
    'letter-elsewhere',
  ),
  rule(
    'ส่งแล้วอยู่ในทะเบียนทันที: วิธี ผู้รับ และหลักฐานในครั้งเดียว',
    (w) => {
      const [dispatch] = w.letter(sent(w, 'tambon', 'nobody')).dispatches
      return [dispatch?.way, dispatch?.recipients.length, dispatch?.by]
    },
    ['post', 2, 'ratana'],
  ),
  rule(
    'ส่งผิด: ถอนในทะเบียนพร้อมเหตุผล แล้วส่งใหม่ รายการเดิมยังอยู่',
    (w) => {
      const letter = sent(w, 'tambon')
      w.must('ratana', letter, {
        type: 'withdraw-dispatch',
        dispatchId: w.letter(letter).dispatches[0]?.id ?? '',
        reason: 'ที่อยู่ผิด',
      })
      w.must('ratana', letter, dispatching('post', 'nobody'))
      return w.letter(letter).dispatches.map(({ withdrawn }) => withdrawn)
    },
    ['ที่อยู่ผิด', null],
  ),
  rule(
    'ถอนแล้วถอนซ้ำไม่ได้ และรับคำยืนยันไม่ได้',
    (w) => {
      const letter = sent(w, 'tambon')
      const withdrawal: BodyOf<'withdraw-dispatch'> = {
        type: 'withdraw-dispatch',
        dispatchId: w.letter(letter).dispatches[0]?.id ?? '',
        reason: 'x',
      }
      w.must('ratana', letter, withdrawal)
      return [w.act('ratana', letter, withdrawal), w.act('ratana', letter, answering(w, letter))]
    },
    ['dispatch-unknown', 'dispatch-unknown'],
  ),
  rule(
    'คำยืนยัน: มาถึง และลงรับพร้อมเลขรับ เป็นสองอย่าง',
    (w) => {
      const letter = sent(w, 'tambon')
      w.must('ratana', letter, answering(w, letter, { state: 'arrived', number: '' }))
      w.must('ratana', letter, answering(w, letter))
      return w
        .letter(letter)
        .dispatches[0]?.recipients[0]?.confirmations.map(({ state, number }) => `${state} ${number}`)
    },
    ['arrived ', 'registered 45'],
  ),
  rule(
    'คำยืนยัน: ของผู้รับแต่ละราย',
    (w) => {
      const letter = sent(w, 'tambon', 'nobody')
      w.must('ratana', letter, answering(w, letter, { recipient: 1 }))
      return w.letter(letter).dispatches[0]?.recipients.map(({ confirmations }) => confirmations.length)
    },
    [0, 1],
  ),
  rule(
    'คำยืนยันเดิมบันทึกครั้งเดียว',
    (w) => {
      const letter = sent(w, 'tambon')
      w.must('ratana', letter, answering(w, letter))
      return w.act('ratana', letter, answering(w, letter))
    },
    'confirmed-already',
  ),
  rule(
    'คำยืนยันของผู้รับที่ไม่มี',
    (w) => {
      const letter = sent(w, 'tambon')
      return w.act('ratana', letter, answering(w, letter, { recipient: 5 }))
    },
    'dispatch-unknown',
  ),
  rule(
    'คำยืนยันในอนาคตไม่ได้',
    (w) => {
      const letter = sent(w, 'tambon')
      return w.act('ratana', letter, answering(w, letter, { at: '2026-11-24T00:00:00.000Z' }))
    },
    'arrived-in-future',
  ),
  rule(
    'คำยืนยัน: บันทึกได้แม้ปิดเรื่องแล้ว',
    (w) => {
      const letter = sent(w, 'tambon')
      w.must('somying', letter, { type: 'close', note: '' })
      return w.act('ratana', letter, answering(w, letter))
    },
    'accepted',
  ),
  rule(
    'คำยืนยัน: ผู้ไม่ใช่สารบรรณบันทึกไม่ได้',
    (w) => {
      const letter = sent(w, 'tambon')
      return w.act('somying', letter, answering(w, letter))
    },
    'clerk-only',
  ),

  // ชื่อไฟล์
  rule(
    'สไลด์ วิธีปฏิบัติในการส่ง: ปี พ.ศ. ขีดล่าง รหัสโรมันและเลขหน่วย ขีดล่าง เลขทะเบียน',
    (w) => {
      w.now = '2021-09-28T03:00:00.000Z'
      const letter = w.letter(
        w.signed({ unitId: 'region', registerId: 'send-region' }, 'chaiwat@director-region'),
      )
      return sendingFileName(
        { ...letter, number: letter.number && { ...letter.number, serial: 56 } },
        w.directory,
      )
    },
    '2564_NHSO771_56.pdf',
    () => {
      const w = world()
      const early = {
        ...w.organisation,
        assignments: w.organisation.assignments.map((each) => ({ ...each, from: '2020-01-01' })),
      }
      const people = early.people.map((each) =>
        each.id === 'somying' ? { ...each, unitId: 'region' } : each,
      )
      return world({ ...early, people })
    },
  ),
  rule(
    'สไลด์ วิธีปฏิบัติในการส่ง: สิ่งที่ส่งมาด้วย 1 และ 2 ต่อท้าย _1 _2',
    (w) => [fileName(w, {}, 1), fileName(w, {}, 2)],
    ['2569_NHSO530_1_1.pdf', '2569_NHSO530_2_2.pdf'],
  ),
  rule(
    'สไลด์ วิธีปฏิบัติในการส่ง: มีแต่เลขอารบิก อักษรโรมัน และขีดล่าง',
    (w) => /^[A-Z0-9_]+\.pdf$/.test(fileName(w, { circular: true }) ?? ''),
    true,
  ),
  rule('ว ของหนังสือเวียนเป็น W ในชื่อไฟล์', (w) => fileName(w, { circular: true }), '2569_NHSO530_W1.pdf'),
  rule(
    'ชื่อไฟล์ใช้รหัสหน่วยเดียวกับในเลขที่หนังสือ แม้ผู้ร่างอยู่ในกลุ่ม',
    (w) => {
      const letter = w.draft('busaba', { unitId: 'finance', registerId: 'send-fund' })
      w.must('busaba', letter, { type: 'propose', to: 'director-fund', note: '' })
      w.must('wanwipa@director-fund', letter, { type: 'bind-number' })
      return sendingFileName(w.letter(letter), w.directory)
    },
    '2569_NHSO530_1.pdf',
  ),
  rule('ยังไม่มีเลขยังไม่มีชื่อไฟล์', (w) => sendingFileName(w.letter(w.draft()), w.directory), undefined),

  // ส่งและรับในระบบ
  rule(
    'ข้อ 38: ส่งถึงหน่วยงานหลังลงนามแล้ว',
    (w) => [
      w.act('somying', w.draft(), w.delivering('legal')),
      w.act('somying', w.signed(), w.delivering('legal')),
    ],
    ['letter-unsigned', 'accepted'],
  ),
  rule(
    'ส่ง: ระหว่างที่เรื่องอยู่กับผู้บริหารส่งไม่ได้',
    (w) => w.act('somying', w.proposed(), w.delivering('legal')),
    'letter-elsewhere',
  ),
  rule(
    'ส่ง: ผู้ร่าง ธุรการของหน่วย และผู้ลงนามคนสุดท้ายส่งได้ ผู้อื่นไม่ได้',
    (w) =>
      ['somying', 'ratana', 'teerawat@deputy', 'prawit@general', 'wichai', 'orauma'].map((who) =>
        w.act(who, w.signed(), w.delivering('region')),
      ),
    ['accepted', 'accepted', 'accepted', 'letter-elsewhere', 'letter-elsewhere', 'letter-elsewhere'],
  ),
  rule(
    'ส่ง: ผู้ที่ตีกลับหนังสือรับไปแล้วส่งไม่ได้',
    (w) => {
      const letter = w.registered()
      w.must('pimjai', letter, { type: 'propose', to: 'deputy', note: '' })
      w.must('teerawat@deputy', letter, { type: 'return', reason: 'ไม่ใช่เรื่องนี้' })
      return w.act('teerawat@deputy', letter, w.delivering('legal'))
    },
    'letter-elsewhere',
  ),
  rule(
    'ส่ง: หน่วยงานที่ไม่มีธุรการรับไม่ได้',
    (w) => w.act('somying', w.signed(), w.delivering('quiet')),
    'unit-without-clerk',
  ),
  rule(
    'ส่ง: หน่วยงานที่ไม่มี และหน่วยงานตนเอง ส่งไม่ได้',
    (w) => [
      w.act('somying', w.signed(), w.delivering('nowhere')),
      w.act('somying', w.signed(), w.delivering('fund')),
    ],
    ['unit-unknown', 'unit-unknown'],
  ),
  rule(
    'ส่ง: หน่วยหนึ่งผิด ไม่ส่งทั้งหมด',
    (w) => {
      const letter = w.signed()
      return [w.act('somying', letter, w.delivering('legal', 'nowhere')), w.letter(letter).deliveries.length]
    },
    ['unit-unknown', 0],
  ),
  rule('ส่ง: หน่วยเดียวสองครั้งในคำสั่งเดียวเป็นครั้งเดียว', (w) => states(w, delivered(w, 'legal', 'legal')), [
    'legal sent',
  ]),
  rule(
    'ส่ง: หน่วยที่ส่งไปแล้วส่งซ้ำไม่ได้',
    (w) => w.act('somying', delivered(w, 'legal'), w.delivering('region', 'legal')),
    'delivered-already',
  ),
  rule(
    'หนังสือเวียน: แต่ละหน่วยมีสถานะของตน',
    (w) => {
      const letter = w.signed({ circular: true })
      w.must('somying', letter, w.delivering('legal', 'region', 'registry'))
      w.received(letter, 'region', 'malee')
      return states(w, letter)
    },
    ['legal sent', 'region received', 'registry sent'],
  ),
  rule(
    'สไลด์ ระบบสารบรรณ 3: คลิกรับจากต้นทาง ได้เลขรับของหน่วยตน ผู้ส่งเห็นเลขรับ',
    (w) => {
      const letter = delivered(w, 'legal')
      const own = w.received(letter, 'legal', 'orauma')
      return [w.letter(own).receipt?.registerId, w.letter(letter).deliveries[0]?.receivedAs]
    },
    [
      'receive-legal',
      {
        letterId: '0199a0b0-0000-7000-8000-000000000002',
        receipt: {
          registerId: 'receive-legal',
          buddhistYear: 2569,
          serial: 1,
          text: '1',
          date: '2026-11-23',
        },
      },
    ],
  ),
  rule(
    'หนังสือหนึ่งฉบับมีเลขรับหลายเลข หน่วยละเลข',
    (w) => {
      const letter = delivered(w, 'legal', 'region')
      w.registered({ unitId: 'region', registerId: 'receive-region' }, 'malee')
      return [w.received(letter, 'legal', 'orauma'), w.received(letter, 'region', 'malee')].map(
        (own) => w.letter(own).receipt?.serial,
      )
    },
    [1, 2],
  ),
  rule(
    'แบบที่ 13 จาก: ตำแหน่งของผู้ลงนาม',
    (w) => {
      const { origin } = w.letter(w.received(delivered(w, 'legal'), 'legal', 'orauma'))
      return origin.kind === 'received' && [origin.sender.from, origin.sender.number, origin.sender.date]
    },
    ['รองเลขาธิการ', 'สปสช 5.30/1', '2026-11-23'],
  ),
  rule(
    'แบบที่ 13 จาก: หนังสือที่ลงนามบนกระดาษก็ตำแหน่งของผู้ลงนาม',
    (w) => {
      const letter = w.onPaper()
      w.must('wichai', letter, w.delivering('legal'))
      const { origin } = w.letter(w.received(letter, 'legal', 'orauma'))
      return origin.kind === 'received' && origin.sender.from
    },
    'ผู้อำนวยการสำนักบริหารงบกองทุน',
  ),
  rule(
    'แบบที่ 13 จาก: หนังสือภายนอกที่ส่งต่อ ยังเป็นผู้ส่งเดิม',
    (w) => {
      const letter = w.registered()
      w.must('pimjai', letter, w.delivering('legal'))
      const { origin } = w.letter(w.received(letter, 'legal', 'orauma'))
      return origin.kind === 'received' && [origin.sender.from, origin.sender.number]
    },
    ['คณะแพทยศาสตร์ มหาวิทยาลัยเชียงใหม่', 'อว ๘๓๙๓(๘)/๑'],
  ),
  rule(
    'รับ: ธุรการของหน่วยที่ส่งถึงเท่านั้น',
    (w) => {
      const letter = delivered(w, 'legal')
      return ['malee', 'surachai', 'somying'].map((who) =>
        w.act(who, w.newId(), w.receiving(letter, 'legal')),
      )
    },
    ['clerk-only', 'clerk-only', 'clerk-only'],
  ),
  rule(
    'รับ: หน่วยอื่นรับแทนด้วยทะเบียนของตนไม่ได้',
    (w) => {
      const letter = delivered(w, 'legal')
      const body = { ...w.receiving(letter, 'legal'), unitId: 'region', registerId: 'receive-region' }
      return w.act('malee', w.newId(), body)
    },
    'delivery-unknown',
  ),
  rule(
    'รับ: รับซ้ำไม่ได้ ไม่เสียเลข',
    (w) => {
      const letter = delivered(w, 'legal')
      w.received(letter, 'legal', 'orauma')
      const again = w.act('orauma', w.newId(), w.receiving(letter, 'legal'))
      return [
        again,
        w.letter(w.registered({ unitId: 'legal', registerId: 'receive-legal' }, 'orauma')).receipt?.serial,
      ]
    },
    ['delivery-settled', 2],
  ),
  rule(
    'รับ: รายการที่ไม่มี',
    (w) => w.act('orauma', w.newId(), w.receiving(w.signed(), 'legal')),
    'delivery-unknown',
  ),
  rule(
    'รับ: ทะเบียนของหน่วยอื่นใช้ไม่ได้',
    (w) => w.act('orauma', w.newId(), w.receiving(delivered(w, 'legal'), 'legal', 'receive-region')),
    'register-unfit',
  ),
  rule(
    'รับ: กำหนดเวลาที่ส่งมาตามไปด้วย',
    (w) => {
      const letter = w.signed()
      w.must('somying', letter, { ...w.delivering('legal'), dueAt: '2026-11-30T09:00:00.000Z' })
      return w.letter(w.received(letter, 'legal', 'orauma')).dueAt
    },
    '2026-11-30T09:00:00.000Z',
  ),
  rule(
    'รับ: หน่วยที่รับเสนอผู้บริหารของตน โดยไม่กระทบเรื่องของผู้ส่ง',
    (w) => {
      const letter = delivered(w, 'legal')
      const own = w.received(letter, 'legal', 'orauma')
      w.must('orauma', own, { type: 'propose', to: 'director-legal', note: '' })
      return [stageOf(w.letter(own)), stageOf(w.letter(letter))]
    },
    ['proposed', 'signed'],
  ),
  rule(
    'รับ: แม้ผู้ส่งปิดเรื่องแล้ว',
    (w) => {
      const letter = delivered(w, 'legal')
      w.must('somying', letter, { type: 'close', note: '' })
      return w.act('orauma', w.newId(), w.receiving(letter, 'legal'))
    },
    'accepted',
  ),
  rule(
    'ดึงคืน: ก่อนอีกหน่วยรับ แล้วรับไม่ได้',
    (w) => {
      const letter = delivered(w, 'legal')
      w.must('somying', letter, recalling(w, letter))
      return [states(w, letter), w.act('orauma', w.newId(), w.receiving(letter, 'legal'))]
    },
    [['legal recalled'], 'delivery-recalled'],
  ),
  rule(
    'ดึงคืน: หลังอีกหน่วยรับแล้วไม่ได้',
    (w) => {
      const letter = delivered(w, 'legal')
      w.received(letter, 'legal', 'orauma')
      return w.act('somying', letter, recalling(w, letter))
    },
    'recall-too-late',
  ),
  rule(
    'ดึงคืน: ซ้ำไม่ได้',
    (w) => {
      const letter = delivered(w, 'legal')
      w.must('somying', letter, recalling(w, letter))
      return w.act('somying', letter, recalling(w, letter))
    },
    'recall-too-late',
  ),
  rule(
    'ดึงคืน: ผู้อื่นดึงไม่ได้ ธุรการของหน่วยที่ส่งดึงได้',
    (w) => {
      const letter = delivered(w, 'legal')
      return [
        w.act('orauma', letter, recalling(w, letter)),
        w.act('wichai', letter, recalling(w, letter)),
        w.act('ratana', letter, recalling(w, letter)),
      ]
    },
    ['letter-elsewhere', 'letter-elsewhere', 'accepted'],
  ),
  rule(
    'ดึงคืนแล้วส่งใหม่ได้ เป็นรายการใหม่',
    (w) => {
      const letter = delivered(w, 'legal')
      w.must('somying', letter, recalling(w, letter))
      w.must('somying', letter, w.delivering('legal'))
      return states(w, letter)
    },
    ['legal recalled', 'legal sent'],
  ),
  rule(
    'คืนเรื่อง: หลังรับ พร้อมเหตุผล เลขรับคงอยู่',
    (w) => {
      const letter = delivered(w, 'legal')
      const own = w.received(letter, 'legal', 'orauma')
      w.must('orauma', own, returning(w, letter))
      return [
        states(w, letter),
        w.letter(letter).deliveries[0]?.reason,
        w.letter(own).closed,
        w.letter(own).receipt?.serial,
      ]
    },
    [['legal returned'], 'ไม่ใช่ของหน่วยงานนี้', 'returned-to-sender', 1],
  ),
  rule(
    'คืนเรื่อง: ก่อนรับไม่มีให้คืน',
    (w) =>
      w.act(
        'orauma',
        w.registered({ unitId: 'legal', registerId: 'receive-legal' }, 'orauma'),
        returning(w, delivered(w, 'legal')),
      ),
    'delivery-unknown',
  ),
  rule(
    'คืนเรื่อง: ผู้อื่นคืนไม่ได้',
    (w) => {
      const letter = delivered(w, 'legal')
      return w.act('surachai@director-legal', w.received(letter, 'legal', 'orauma'), returning(w, letter))
    },
    'clerk-only',
  ),
  rule(
    'คืนเรื่อง: ระหว่างผู้บริหารถือเรื่องคืนไม่ได้',
    (w) => {
      const letter = delivered(w, 'legal')
      const own = w.received(letter, 'legal', 'orauma')
      w.must('orauma', own, { type: 'propose', to: 'director-legal', note: '' })
      return w.act('orauma', own, returning(w, letter))
    },
    'letter-elsewhere',
  ),
  rule(
    'คืนเรื่อง: ที่ส่งต่อให้หน่วยอื่นและยังไม่รับ ต้องดึงคืนก่อน',
    (w) => {
      const letter = delivered(w, 'legal')
      const own = w.received(letter, 'legal', 'orauma')
      w.must('orauma', own, w.delivering('region'))
      const early = w.act('orauma', own, returning(w, letter))
      w.must('orauma', own, recalling(w, own))
      return [early, w.act('orauma', own, returning(w, letter))]
    },
    ['letter-elsewhere', 'accepted'],
  ),
  rule(
    'คืนเรื่อง: คืนซ้ำไม่ได้',
    (w) => {
      const letter = delivered(w, 'legal')
      const own = w.received(letter, 'legal', 'orauma')
      w.must('orauma', own, returning(w, letter))
      return w.act('orauma', own, returning(w, letter))
    },
    'letter-closed',
  ),
  rule(
    'คืนเรื่อง: ที่คืนแล้วส่งเก็บและเปิดใหม่ ก็ไม่กลับมา',
    (w) => {
      const letter = delivered(w, 'legal')
      const own = w.received(letter, 'legal', 'orauma')
      w.must('orauma', own, returning(w, letter))
      w.must('orauma', own, { type: 'store', classId: 'routine', place: '' })
      return w.act('orauma', own, { type: 'reopen', reason: 'x' })
    },
    'letter-not-closed',
  ),
  rule(
    'คืนเรื่องแล้วผู้ส่งส่งใหม่ได้',
    (w) => {
      const letter = delivered(w, 'legal')
      w.must('orauma', w.received(letter, 'legal', 'orauma'), returning(w, letter))
      return w.act('somying', letter, w.delivering('legal'))
    },
    'accepted',
  ),
]
