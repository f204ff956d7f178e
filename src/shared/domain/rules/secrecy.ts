import { audienceOf } from '../audience.ts'
import { MASKED_SUBJECT, subjectFor } from '../secrecy.ts'
import { rule, type World, world } from './world.ts'

type Level = 'confidential' | 'secret'
const raising = (secrecy: Level | 'none' | 'top-secret') => ({
  type: 'reclassify' as const,
  secrecy,
  matter: 'general' as const,
  reason: 'มีข้อมูลส่วนบุคคล',
})
const secret = (w: World, secrecy: Level = 'confidential') =>
  w.draft('wichai', { secrecy, registerId: 'secret-fund' })
const open = () => world({}, { secretOnPaper: false })
const seers = (w: World, letter: string, ...people: string[]) =>
  people.filter((person) => w.sees(person, letter))

/** ชั้นความลับ ใครเห็นหนังสือ และการปกปิดเรื่อง. */
export const secrecy = [
  rule(
    'สไลด์ ระเบียบ 2564: ลับที่สุดไม่เข้าระบบ',
    (w) => w.act('wichai', w.newId(), w.drafting({ secrecy: 'top-secret' })),
    'secrecy-top-secret',
  ),
  rule(
    'สไลด์ ระเบียบ 2564: ลับที่สุดลงรับในระบบไม่ได้',
    (w) =>
      w.act(
        'ratana',
        w.newId(),
        w.registering({ unitId: 'fund', registerId: 'secret-receive-fund', secrecy: 'top-secret' }),
      ),
    'secrecy-top-secret',
  ),
  rule(
    'สไลด์ ระเบียบ 2564: ยกชั้นเป็นลับที่สุดในระบบไม่ได้',
    (w) => w.act('wichai', secret(w), raising('top-secret')),
    'secrecy-top-secret',
  ),
  rule(
    'ข้อ 35, 41: ผู้ไม่ได้รับแต่งตั้งร่างหนังสือลับไม่ได้',
    (w) => w.act('somying', w.newId(), w.drafting({ secrecy: 'confidential', registerId: 'secret-fund' })),
    'clearance-missing',
  ),
  rule(
    'ข้อ 35, 41: แต่งตั้งชั้นลับ ร่างลับมากไม่ได้',
    (w) => w.act('wanwipa', w.newId(), w.drafting({ secrecy: 'secret', registerId: 'secret-fund' })),
    'clearance-missing',
  ),
  rule(
    'ข้อ 35, 41: ผู้ได้รับแต่งตั้งร่างได้',
    (w) => w.act('wichai', w.newId(), w.drafting({ secrecy: 'secret', registerId: 'secret-fund' })),
    'accepted',
  ),
  rule(
    'ระเบียบความลับ 2544: หนังสือลับมีทะเบียนลับแยก',
    (w) => w.act('wichai', w.newId(), w.drafting({ secrecy: 'confidential' })),
    'register-unfit',
  ),
  rule(
    'ระเบียบความลับ 2544: หนังสือธรรมดาไม่เข้าทะเบียนลับ',
    (w) => w.act('wichai', w.newId(), w.drafting({ registerId: 'secret-fund' })),
    'register-unfit',
  ),
  rule(
    'ระเบียบความลับ 2544: ลงรับหนังสือลับในทะเบียนลับ',
    (w) => [
      w.act(
        'ratana',
        w.newId(),
        w.registering({ unitId: 'fund', registerId: 'receive-fund', secrecy: 'confidential' }),
      ),
      w.act(
        'ratana',
        w.newId(),
        w.registering({ unitId: 'fund', registerId: 'secret-receive-fund', secrecy: 'confidential' }),
      ),
    ],
    ['register-unfit', 'accepted'],
  ),
  rule(
    'ระเบียบความลับ 2544: หน่วยที่ไม่มีทะเบียนลับลงรับหนังสือลับไม่ได้',
    (w) => w.act('pimjai', w.newId(), w.registering({ secrecy: 'confidential' })),
    'register-unfit',
  ),
  rule(
    'ธุรการที่ไม่ได้รับแต่งตั้งลงรับหนังสือลับไม่ได้',
    (w) =>
      w.act(
        'orauma',
        w.newId(),
        w.registering({ unitId: 'legal', registerId: 'receive-legal', secrecy: 'confidential' }),
      ),
    'clearance-missing',
  ),
  rule(
    'เสนอถึงผู้ไม่ได้รับแต่งตั้งไม่ได้',
    (w) => w.act('wichai', secret(w), { type: 'propose', to: 'director-legal', note: '' }),
    'clearance-missing',
    open,
  ),
  rule(
    'ขอตรวจจากผู้ไม่ได้รับแต่งตั้งไม่ได้',
    (w) =>
      w.act('wichai', secret(w), {
        type: 'request-check',
        order: 'serial',
        reviewers: ['somying'],
        note: '',
      }),
    'clearance-missing',
  ),
  rule(
    'สำเนาถึงเลขานุการเฉพาะผู้ได้รับแต่งตั้งชั้นนั้น',
    (w) => {
      const letter = secret(w, 'secret')
      w.must('wichai', letter, { type: 'propose', to: 'deputy', note: '' })
      w.must('teerawat@deputy', letter, { type: 'forward', to: 'general', note: '' })
      return w.letter(letter).copies
    },
    ['nittaya'],
    open,
  ),
  rule(
    'ส่งถึงหน่วยที่ไม่มีธุรการได้รับแต่งตั้งไม่ได้',
    (w) => {
      const letter = w.onPaper({ secrecy: 'confidential', registerId: 'secret-fund' })
      return [w.act('wichai', letter, w.delivering('legal')), w.act('wichai', letter, w.delivering('region'))]
    },
    ['clearance-missing', 'accepted'],
  ),
  rule(
    'รับหนังสือลับจากต้นทางเข้าทะเบียนลับของหน่วย',
    (w) => {
      const letter = w.onPaper({ secrecy: 'confidential', registerId: 'secret-fund' })
      w.must('wichai', letter, w.delivering('region'))
      return [
        w.act('malee', w.newId(), w.receiving(letter, 'region')),
        w.act('malee', w.newId(), w.receiving(letter, 'region', 'secret-receive-region')),
      ]
    },
    ['register-unfit', 'accepted'],
  ),
  rule(
    'รักษาการแทนที่ไม่ได้รับแต่งตั้งรับหนังสือลับไม่ได้ แม้เจ้าของตำแหน่งได้รับ',
    (w) => w.act('wichai', secret(w), { type: 'propose', to: 'deputy', note: '' }),
    'clearance-missing',
    () =>
      world(
        {
          delegations: [
            {
              ...{
                id: 'd1',
                kind: 'acting',
                positionId: 'deputy',
                personId: 'anan',
                ownPositionId: null,
                orderNumber: '1',
                orderDate: '2026-11-01',
                from: '2026-11-01',
                to: '2026-11-30',
              },
              scope: { kinds: null, unitIds: null, ceiling: null },
            },
          ],
        },
        { secretOnPaper: false },
      ),
  ),

  // ยกชั้น
  rule(
    'ยกชั้น: ผู้ร่างที่ได้รับแต่งตั้งยกได้ ย้ายไปทะเบียนลับก่อนมีเลข',
    (w) => {
      const letter = w.draft('wichai')
      w.must('wichai', letter, raising('confidential'))
      return [w.letter(letter).secrecy, w.letter(letter).registerId]
    },
    ['confidential', 'secret-fund'],
  ),
  rule(
    'ยกชั้น: เลขออกจากทะเบียนลับ ไม่ใช่ทะเบียนธรรมดา',
    (w) => {
      const letter = w.draft('wichai')
      w.must('wichai', letter, raising('confidential'))
      w.must('ratana', letter, { type: 'bind-number' })
      return w.letter(letter).number?.text
    },
    'สปสช 5.30/ลับ 1',
  ),
  rule(
    'ยกชั้น: หน่วยที่ไม่มีทะเบียนลับยกไม่ได้',
    (w) => {
      const letter = w.draft('pimjai', { unitId: 'registry', registerId: 'send-registry' })
      return w.act('pimjai', letter, raising('confidential'))
    },
    'register-unfit',
  ),
  rule(
    'ยกชั้น: มีเลขแล้ว เลขคงเดิม',
    (w) => {
      const letter = w.signed()
      w.must('ratana', letter, raising('confidential'))
      return [w.letter(letter).number?.text, w.letter(letter).registerId]
    },
    ['สปสช 5.30/1', 'send-fund'],
  ),
  rule(
    'ยกชั้น: เกินชั้นที่ตนได้รับแต่งตั้งไม่ได้',
    (w) => w.act('somying', w.draft(), raising('confidential')),
    'clearance-missing',
  ),
  rule(
    'ลดชั้น: ผู้ไม่ได้รับแต่งตั้งชั้นเดิมลดไม่ได้',
    (w) => {
      const letter = w.signed()
      w.must('ratana', letter, raising('secret'))
      return w.act('somying', letter, raising('none'))
    },
    'clearance-missing',
  ),
  rule('ธุรการยกชั้นร่างที่ตนยังไม่เห็นไม่ได้', (w) => w.act('ratana', w.draft(), raising('secret')), 'letter-unknown'),
  rule('ยกชั้น: ผู้ไม่เกี่ยวข้องทำไม่ได้', (w) => w.act('nittaya', w.signed(), raising('confidential')), 'clerk-only'),
  rule(
    'ยกชั้น: ผู้ถือเรื่องที่ไม่ได้รับแต่งตั้ง เรื่องกลับมาที่ผู้ร่าง',
    (w) => {
      const letter = w.proposed('director-legal', {}, 'wichai')
      w.must('surachai@director-legal', letter, { type: 'take-up' })
      w.must('wichai', letter, raising('confidential'))
      const last = w.letter(letter).legs.at(-1)
      return [last?.outcome, w.sees('surachai', letter), w.act('ratana', letter, { type: 'bind-number' })]
    },
    ['recalled', false, 'accepted'],
  ),
  rule(
    'ยกชั้น: ผู้ถือเรื่องที่ได้รับแต่งตั้งยังถืออยู่',
    (w) => {
      const letter = w.proposed('deputy', {}, 'wichai')
      w.must('wichai', letter, raising('secret'))
      return w.letter(letter).legs.at(-1)?.outcome
    },
    'open',
  ),
  rule(
    'ยกชั้น: ผู้ที่เคยได้สำเนาและไม่ได้รับแต่งตั้งไม่เห็นอีก',
    (w) => {
      const letter = w.signed()
      const before = seers(w, letter, 'somying', 'teerawat', 'kamonchanok', 'ratana')
      w.must('ratana', letter, raising('secret'))
      return [before, seers(w, letter, 'somying', 'teerawat', 'kamonchanok', 'ratana')]
    },
    [
      ['somying', 'teerawat', 'kamonchanok', 'ratana'],
      ['teerawat', 'ratana'],
    ],
  ),
  rule(
    'ยกชั้น: รายการที่ส่งไปหน่วยซึ่งไม่มีผู้ได้รับแต่งตั้ง ถูกดึงคืน',
    (w) => {
      const letter = w.signed()
      w.must('somying', letter, w.delivering('legal', 'region'))
      w.must('ratana', letter, raising('confidential'))
      return w.letter(letter).deliveries.map(({ toUnitId, state }) => `${toUnitId} ${state}`)
    },
    ['legal recalled', 'region sent'],
  ),
  rule(
    'ยกชั้นหลังปิดเรื่องได้',
    (w) => {
      const letter = w.signed()
      w.must('somying', letter, { type: 'close', note: '' })
      return w.act('ratana', letter, raising('confidential'))
    },
    'accepted',
  ),
  rule(
    'ยกชั้นแล้ว ผู้ไม่ได้รับแต่งตั้งทำรายการใดไม่ได้ แม้เป็นผู้ร่าง',
    (w) => {
      const letter = w.signed()
      w.must('ratana', letter, raising('confidential'))
      return w.act('somying', letter, { type: 'note', text: 'x' })
    },
    'clearance-missing',
  ),
  rule(
    'ผู้ไม่ได้รับแต่งตั้งขอยืมหนังสือลับไม่ได้',
    (w) => {
      const letter = w.signed()
      w.must('ratana', letter, { type: 'store', classId: 'secret', place: '' })
      w.must('ratana', letter, raising('confidential'))
      return w.act('orauma', letter, { type: 'borrow', purpose: 'x', until: '2026-12-01' })
    },
    'clearance-missing',
  ),
  rule(
    'ปกปิดเรื่อง: ผู้ไม่ได้รับแต่งตั้งอ่านชื่อเรื่องไม่ได้',
    (w) => {
      const letter = { secrecy: 'secret' as const, subject: 'สืบสวนข้อเท็จจริง' }
      return ['somying', 'wanwipa', 'wichai', 'nobody'].map((person) =>
        subjectFor(person, letter, w.directory),
      )
    },
    [MASKED_SUBJECT, MASKED_SUBJECT, 'สืบสวนข้อเท็จจริง', MASKED_SUBJECT],
  ),
  rule(
    'ปกปิดเรื่อง: หนังสือธรรมดาไม่ปกปิด',
    (w) => subjectFor('somying', { secrecy: 'none', subject: 'ประชุม' }, w.directory),
    'ประชุม',
  ),
  rule('ปกปิดเรื่อง: คำที่แทนไม่บอกชั้นหรือเรื่อง', () => MASKED_SUBJECT.includes('มาก'), false),

  // ใครเห็น
  rule(
    'ร่าง: ผู้ร่างเท่านั้นเห็น',
    (w) => {
      const letter = w.draft()
      return w.organisation.people.map(({ id }) => id).filter((id) => w.sees(id, letter))
    },
    ['somying'],
  ),
  rule(
    'เสนอแล้ว: ผู้รับเสนอและเลขานุการเห็นด้วย',
    (w) => {
      const letter = w.proposed()
      return w.organisation.people.map(({ id }) => id).filter((id) => w.sees(id, letter))
    },
    ['teerawat', 'kamonchanok', 'somying'],
  ),
  rule(
    'ตรวจ: ผู้ตรวจเห็น',
    (w) => {
      const letter = w.draft()
      w.must('somying', letter, { type: 'request-check', order: 'serial', reviewers: ['orauma'], note: '' })
      return w.sees('orauma', letter)
    },
    true,
  ),
  rule(
    'ดึงคืนก่อนรับ: ผู้รับและเลขานุการไม่เห็นอีก',
    (w) => {
      const letter = w.proposed()
      w.must('somying', letter, {
        type: 'recall',
        target: w.letter(letter).legs[0]?.id ?? '',
        reason: 'ส่งผิดท่าน',
      })
      return seers(w, letter, 'teerawat', 'kamonchanok', 'somying')
    },
    ['somying'],
  ),
  rule(
    'ตีกลับ: ผู้ที่ตีกลับยังเห็น',
    (w) => {
      const letter = w.proposed()
      w.must('teerawat@deputy', letter, { type: 'return', reason: 'แก้' })
      return w.sees('teerawat', letter)
    },
    true,
  ),
  rule(
    'ออกเลขแล้ว: ธุรการของทะเบียนเห็น',
    (w) => {
      const letter = w.proposed()
      const before = w.sees('ratana', letter)
      w.must('teerawat@deputy', letter, { type: 'bind-number' })
      return [before, w.sees('ratana', letter)]
    },
    [false, true],
  ),
  rule(
    'หนังสือทางกระดาษ: ธุรการเห็นก่อนออกเลข',
    (w) => w.sees('ratana', w.draft('somying', { matter: 'procurement' })),
    true,
  ),
  rule(
    'หนังสือภายนอกและประทับตราที่ลงนามแล้ว: สารบรรณกลางเห็น',
    (w) =>
      [w.signed({ kind: 'external' }), w.signed({ kind: 'stamped' }), w.signed()].map((letter) =>
        w.sees('pimjai', letter),
      ),
    [true, true, false],
  ),
  rule(
    'ส่งถึงหน่วย: ธุรการของหน่วยเห็น ผู้บริหารของหน่วยยังไม่เห็น',
    (w) => {
      const letter = w.signed()
      w.must('somying', letter, w.delivering('legal'))
      return seers(w, letter, 'orauma', 'surachai', 'malee')
    },
    ['orauma'],
  ),
  rule(
    'ดึงคืนจากหน่วย: ธุรการของหน่วยไม่เห็นอีก',
    (w) => {
      const letter = w.signed()
      w.must('somying', letter, w.delivering('legal'))
      w.must('somying', letter, {
        type: 'recall',
        target: w.letter(letter).deliveries[0]?.id ?? '',
        reason: 'ส่งผิด',
      })
      return w.sees('orauma', letter)
    },
    false,
  ),
  rule(
    'คำสั่งในหน่วยที่รับ หน่วยที่ส่งไม่เห็น',
    (w) => {
      const letter = w.signed()
      w.must('somying', letter, w.delivering('legal'))
      return seers(w, w.received(letter, 'legal', 'orauma'), 'somying', 'teerawat', 'ratana', 'orauma')
    },
    ['orauma'],
  ),
  rule(
    'ยืม: ผู้ยืมเห็นระหว่างยืม คืนแล้วไม่เห็น',
    (w) => {
      const letter = w.signed()
      w.must('ratana', letter, { type: 'store', classId: 'general', place: '' })
      w.must('orauma', letter, { type: 'borrow', purpose: 'อ้างอิง', until: '2026-12-01' })
      const loanId = w.letter(letter).loans[0]?.id ?? ''
      const asked = w.sees('orauma', letter)
      w.must('wanwipa@director-fund', letter, { type: 'decide-loan', loanId, granted: true, note: '' })
      const lent = w.sees('orauma', letter)
      w.must('ratana', letter, { type: 'end-loan', loanId })
      return [asked, lent, w.sees('orauma', letter)]
    },
    [false, true, false],
  ),
  rule(
    'พ้นตำแหน่ง: ผู้เคยดำรงตำแหน่งไม่เห็น ผู้ดำรงใหม่เห็น',
    (w) => {
      const letter = w.proposed()
      w.now = '2027-01-04T03:00:00.000Z'
      return seers(w, letter, 'teerawat', 'anan')
    },
    ['anan'],
    () => {
      const { assignments } = world().organisation
      const others = assignments.filter(
        ({ positionId, role }) => positionId !== 'deputy' || role !== 'holder',
      )
      return world({
        assignments: [
          ...others,
          {
            positionId: 'deputy',
            personId: 'teerawat',
            role: 'holder',
            from: '2024-10-01',
            to: '2026-12-31',
          },
          { positionId: 'deputy', personId: 'anan', role: 'holder', from: '2027-01-01', to: null },
        ],
      })
    },
  ),
  rule(
    'ผู้เห็นหนังสือลับมากทุกคนได้รับแต่งตั้งชั้นนั้น',
    (w) => audienceOf(w.letter(secret(w, 'secret'))).every((token) => token.endsWith('+2')),
    true,
  ),
  rule(
    'หนังสือลับ: ผู้ได้รับแต่งตั้งแต่ไม่เกี่ยวข้องไม่เห็น',
    (w) => seers(w, secret(w), 'nittaya', 'prawit', 'malee', 'wichai', 'ratana'),
    ['wichai', 'ratana'],
  ),
]
