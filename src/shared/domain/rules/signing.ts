import { textsForPaper } from '../letter.ts'
import { signatureBlockLines } from '../signatureBlock.ts'
import { delegation } from './office.ts'
import { rule, type World, world } from './world.ts'

const block = () => world({}, { dateDiffers: 'block' })
/** A letter with its number, in the hands of the deputy. */
const ready = (w: World, facts: Parameters<World['draft']>[1] = {}) => {
  const letter = w.proposed('deputy', facts)
  w.must('teerawat@deputy', letter, { type: 'bind-number' })
  return letter
}
const sign = (w: World, who: string, letter: string, besides: Parameters<World['act']>[3] = {}) =>
  w.act(who, letter, { type: 'sign', revision: w.file(letter) }, besides)
const papers = ['procurement', 'litigation', 'discipline'] as const

/** ลงนาม และการลงนามบนกระดาษ. */
export const signing = [
  rule(
    'สไลด์ การใช้ลายมือชื่อ: ผู้บริหารลงนามด้วยใบรับรองของตน',
    (w) => w.letter(w.signed()).signatures.map(({ personId }) => personId),
    ['teerawat'],
  ),
  rule(
    'ม. 9 (1) ระบุเจ้าของ (2) ระบุเจตนา (3) วิธีที่เชื่อถือได้',
    (w) => {
      const signed = w.events(w.signed()).find(({ body }) => body.type === 'signed')?.body
      if (signed?.type !== 'signed') return undefined
      const { who, intent, method } = signed.elements
      return [who.personId, who.positionId, intent, method.kind, method.assurance]
    },
    ['teerawat', 'deputy', 'sign', 'digital', 3],
  ),
  rule(
    'สไลด์ การใช้ลายมือชื่อ: ผู้ปฏิบัติงานเสนอด้วยลายมือชื่ออิเล็กทรอนิกส์ เจตนาเสนอ',
    (w) => {
      const proposed = w.events(w.proposed()).at(-1)?.body
      return (
        proposed?.type === 'proposed' && [
          proposed.elements?.who.personId,
          proposed.elements?.intent,
          proposed.elements?.method.assurance,
        ]
      )
    },
    ['somying', 'propose', 1],
  ),
  rule('ลำดับ: ออกเลขก่อน แล้วจึงลงนาม', (w) => sign(w, 'teerawat@deputy', w.proposed()), 'number-missing'),
  rule(
    'สิ่งที่เห็นคือสิ่งที่ลงนาม: ฉบับอื่นไม่รับ',
    (w) => {
      const letter = ready(w)
      return w.act('teerawat@deputy', letter, {
        type: 'sign',
        revision: { ...w.file(), extends: w.file().sha256 },
      })
    },
    'revision-not-current',
  ),
  rule(
    'ลายมือชื่อต้องต่อท้ายไฟล์เดิม ไม่ใช่ไฟล์ใหม่',
    (w) => {
      const letter = ready(w)
      return w.act('teerawat@deputy', letter, { type: 'sign', revision: w.file() })
    },
    'revision-not-current',
  ),
  rule(
    'ใบรับรองต้องเป็นของผู้ลงนามเอง',
    (w) => sign(w, 'teerawat@deputy', ready(w), { evidence: { email: 'prawit@saraban.example' } }),
    'signer-not-actor',
  ),
  rule(
    'เลขในไฟล์ต้องเป็นเลขที่ออกให้',
    (w) => sign(w, 'teerawat@deputy', ready(w), { evidence: { numberText: '๕.๓๐/๒' } }),
    'number-mark-wrong',
  ),
  rule(
    'วันที่ในไฟล์ต้องเป็นวันที่ออกเลข',
    (w) => sign(w, 'teerawat@deputy', ready(w), { evidence: { dateText: '๒๒ พฤศจิกายน ๒๕๖๙' } }),
    'number-mark-wrong',
  ),
  rule(
    'เลขไทยเท่านั้น: เลขอารบิกในไฟล์ไม่รับ',
    (w) => sign(w, 'teerawat@deputy', ready(w), { evidence: { numberText: '5.30/1' } }),
    'number-mark-wrong',
  ),
  rule(
    'ไม่มีเลขในไฟล์ ลงนามไม่ได้',
    (w) => sign(w, 'teerawat@deputy', ready(w), { evidence: { numberText: null } }),
    'number-mark-wrong',
  ),
  rule('ผู้ที่หนังสือไม่ได้อยู่ด้วยลงนามไม่ได้', (w) => sign(w, 'prawit@general', ready(w)), 'letter-elsewhere'),
  rule('ผู้ที่ไม่ได้ดำรงตำแหน่งนั้นลงนามไม่ได้', (w) => sign(w, 'prawit@deputy', ready(w)), 'position-not-held'),
  rule('เลขานุการลงนามแทนไม่ได้', (w) => sign(w, 'kamonchanok@deputy', ready(w)), 'secretary-cannot-sign'),
  rule('ไม่ระบุตำแหน่ง ลงนามไม่ได้', (w) => sign(w, 'teerawat', ready(w)), 'letter-elsewhere'),
  rule('ผู้ปฏิบัติงานลงนามไม่ได้ แม้เป็นผู้ร่าง', (w) => sign(w, 'somying@deputy', ready(w)), 'position-not-held'),
  rule(
    'ลงนามซ้ำจากอีกเครื่องไม่ได้',
    (w) => {
      const letter = ready(w)
      const stale = w.file(letter)
      w.must('teerawat@deputy', letter, { type: 'sign', revision: w.file(letter) })
      return w.act('teerawat@deputy', letter, { type: 'sign', revision: stale })
    },
    'letter-signed-already',
  ),
  rule(
    'ลงนามแล้ว เรื่องไม่อยู่ที่ใคร ผู้ลงนามลงซ้ำไม่ได้',
    (w) => sign(w, 'teerawat@deputy', w.signed()),
    'letter-elsewhere',
  ),
  rule(
    'ผู้ลงนามคนที่สองลงต่อท้ายของคนแรก',
    (w) => {
      const letter = w.signed()
      w.must('teerawat@deputy', letter, { type: 'forward', to: 'general', note: '' })
      w.must('prawit@general', letter, { type: 'sign', revision: w.file(letter) })
      return w.letter(letter).signatures.map(({ personId }) => personId)
    },
    ['teerawat', 'prawit'],
  ),
  rule(
    'สไลด์ ข้อแนะนำ 4: ลงนามวันอื่นจากวันที่ของหนังสือ เตือนและบันทึก',
    (w) => {
      const letter = ready(w)
      w.now = '2026-11-24T03:00:00.000Z'
      w.must('teerawat@deputy', letter, { type: 'sign', revision: w.file(letter) })
      const body = w.events(letter).at(-1)?.body
      return body?.type === 'signed' && body.datesDiffer
    },
    true,
  ),
  rule(
    'สไลด์ ข้อแนะนำ 4: วันเดียวกันไม่เตือน',
    (w) => {
      const body = w.events(w.signed()).at(-1)?.body
      return body?.type === 'signed' && body.datesDiffer
    },
    false,
  ),
  rule(
    'สไลด์ ข้อแนะนำ 4: หน่วยงานสั่งห้ามลงนามวันอื่นได้',
    (w) => {
      const letter = ready(w)
      w.now = '2026-11-24T03:00:00.000Z'
      return sign(w, 'teerawat@deputy', letter)
    },
    'signed-on-another-day',
    block,
  ),
  rule(
    'สไลด์ ข้อแนะนำ 4: เที่ยงคืนกรุงเทพฯ คือวันใหม่ ไม่ใช่เที่ยงคืนสากล',
    (w) => {
      const letter = ready(w)
      w.now = '2026-11-23T17:00:00.000Z'
      return sign(w, 'teerawat@deputy', letter)
    },
    'signed-on-another-day',
    block,
  ),
  rule(
    'ลงนามโดยไม่มีเครือข่ายในวันของหนังสือ ส่งวันหลังได้',
    (w) => {
      const letter = ready(w)
      w.now = '2026-11-24T03:00:00.000Z'
      return sign(w, 'teerawat@deputy', letter, { clientTime: '2026-11-23T10:00:00.000Z' })
    },
    'accepted',
    block,
  ),
  rule(
    'นาฬิกาเครื่องที่ล้ำหน้าไม่ทำให้ลงนามล่วงหน้า',
    (w) => sign(w, 'teerawat@deputy', ready(w), { clientTime: '2027-01-01T00:00:00.000Z' }),
    'accepted',
    block,
  ),
  rule(
    'สไลด์ การใช้งานเอกสารอื่นๆ 1: หนังสือจัดซื้อจัดจ้าง เสนอลงนามอิเล็กทรอนิกส์ไม่ได้',
    (w) =>
      w.act('somying', w.draft('somying', { matter: 'procurement' }), {
        type: 'propose',
        to: 'deputy',
        note: '',
      }),
    'esign-procurement',
  ),
  rule(
    'สไลด์ การใช้งานเอกสารอื่นๆ 2: การดำเนินคดี',
    (w) =>
      w.act('somying', w.draft('somying', { matter: 'litigation' }), {
        type: 'propose',
        to: 'deputy',
        note: '',
      }),
    'esign-litigation',
  ),
  rule(
    'สไลด์ การใช้งานเอกสารอื่นๆ 2: การดำเนินการทางวินัย',
    (w) =>
      w.act('somying', w.draft('somying', { matter: 'discipline' }), {
        type: 'propose',
        to: 'deputy',
        note: '',
      }),
    'esign-discipline',
  ),
  rule(
    'สไลด์ การใช้งานเอกสารอื่นๆ 2: เอกสารชั้นความลับ',
    (w) =>
      w.act('wichai', w.draft('wichai', { secrecy: 'confidential', registerId: 'secret-fund' }), {
        type: 'propose',
        to: 'deputy',
        note: '',
      }),
    'esign-secret',
  ),
  ...papers.map((matter) =>
    rule(
      `สไลด์ การใช้งานเอกสารอื่นๆ: เปลี่ยนเป็นเรื่อง ${matter} ระหว่างเสนอ ก็ลงนามไม่ได้แล้ว`,
      (w) => {
        const letter = ready(w)
        w.must('somying', letter, { type: 'reclassify', secrecy: 'none', matter, reason: 'เป็นเรื่องนั้น' })
        return sign(w, 'teerawat@deputy', letter)
      },
      `esign-${matter}`,
    ),
  ),
  ...papers.map((matter) =>
    rule(
      `สไลด์ การใช้งานเอกสารอื่นๆ: เรื่อง ${matter} เกษียนอิเล็กทรอนิกส์ไม่ได้`,
      (w) => {
        const letter = w.registered({ matter })
        w.must('pimjai', letter, { type: 'propose', to: 'deputy', note: '' })
        return w.act('teerawat@deputy', letter, w.opining())
      },
      `esign-${matter}`,
    ),
  ),
  rule(
    'สไลด์ การใช้งานเอกสารอื่นๆ: การเสนอเรื่องเหล่านี้ไม่มีลายมือชื่ออิเล็กทรอนิกส์',
    (w) => {
      const letter = w.registered({ matter: 'litigation' })
      w.must('pimjai', letter, { type: 'propose', to: 'deputy', note: '' })
      const body = w.events(letter).at(-1)?.body
      return body?.type === 'proposed' && body.elements
    },
    null,
  ),
  rule(
    'สไลด์ การใช้งานเอกสารอื่นๆ: การตรวจร่างเรื่องเหล่านี้ไม่มีลายมือชื่ออิเล็กทรอนิกส์',
    (w) => {
      const letter = w.draft('somying', { matter: 'discipline' })
      w.must('somying', letter, { type: 'request-check', order: 'serial', reviewers: ['wichai'], note: '' })
      w.must('wichai', letter, { type: 'pass-check', opinion: '' })
      const body = w.events(letter).at(-1)?.body
      return body?.type === 'check-passed' && body.elements
    },
    null,
  ),
  rule(
    'หน่วยงานแก้ข้อยกเว้นเรื่องจัดซื้อจัดจ้างได้',
    (w) =>
      w.act('somying', w.draft('somying', { matter: 'procurement' }), {
        type: 'propose',
        to: 'deputy',
        note: '',
      }),
    'accepted',
    () => world({}, { paperMatters: [] }),
  ),

  rule(
    'ทางกระดาษ: พิมพ์ ธุรการออกเลข ลงนามด้วยมือ สแกนกลับ ส่งออก',
    (w) => {
      const letter = w.onPaper({ matter: 'procurement', kind: 'external' })
      const sent = w.act('ratana', letter, {
        ...{ type: 'dispatch', way: 'post', evidence: 'EMS 1' },
        recipients: [{ agencyId: 'tambon', name: 'อบต.', address: 'ลำปาง' }],
      })
      const { number, signedOnPaper, signatures } = w.letter(letter)
      return [number?.text, signedOnPaper, signatures.length, sent]
    },
    ['สปสช 5.30/1', { positionId: 'director-fund', day: '2026-11-23' }, 0, 'accepted'],
  ),
  rule(
    'ทางกระดาษ: ออกเลขโดยธุรการของหน่วยเท่านั้น',
    (w) => w.act('orauma', w.draft('somying', { matter: 'procurement' }), { type: 'bind-number' }),
    'clerk-only',
  ),
  rule(
    'ทางกระดาษ: ผู้ร่างออกเลขเองไม่ได้',
    (w) => w.act('somying', w.draft('somying', { matter: 'procurement' }), { type: 'bind-number' }),
    'clerk-only',
  ),
  rule(
    'ทางกระดาษ: ยังไม่ออกเลข บันทึกว่าลงนามแล้วไม่ได้',
    (w) => w.act('ratana', w.draft('somying', { matter: 'procurement' }), w.scanning()),
    'number-missing',
  ),
  rule(
    'ทางกระดาษ: หนังสือที่ลงนามอิเล็กทรอนิกส์ได้ ไม่ใช้ทางกระดาษ',
    (w) => w.act('ratana', w.draft(), w.scanning()),
    'paper-not-needed',
  ),
  rule(
    'ทางกระดาษ: ผู้ลงนามต้องเป็นผู้บริหาร',
    (w) => {
      const letter = w.draft('somying', { matter: 'procurement' })
      w.must('ratana', letter, { type: 'bind-number' })
      return w.act('ratana', letter, w.scanning({ signedFor: 'head-registry' }))
    },
    'position-unknown',
  ),
  rule(
    'ทางกระดาษ: วันลงนามไม่เป็นวันข้างหน้า',
    (w) => {
      const letter = w.draft('somying', { matter: 'procurement' })
      w.must('ratana', letter, { type: 'bind-number' })
      return w.act('ratana', letter, w.scanning({ signedOn: '2026-11-24' }))
    },
    'signed-in-future',
  ),
  rule(
    'ทางกระดาษ: ธุรการหน่วยอื่นสแกนกลับไม่ได้',
    (w) => {
      const letter = w.draft('somying', { matter: 'procurement' })
      w.must('ratana', letter, { type: 'bind-number' })
      return w.act('orauma', letter, w.scanning())
    },
    'clerk-only',
  ),
  rule('ทางกระดาษ: ลงนามแล้วสแกนซ้ำไม่ได้', (w) => w.act('ratana', w.onPaper(), w.scanning()), 'letter-final'),
  rule(
    'ทางกระดาษ: ขณะที่เรื่องอยู่กับผู้บริหาร ธุรการออกเลขไม่ได้',
    (w) => {
      const letter = w.proposed()
      w.must('somying', letter, {
        type: 'reclassify',
        secrecy: 'none',
        matter: 'procurement',
        reason: 'เป็นการจัดจ้าง',
      })
      return w.act('ratana', letter, { type: 'bind-number' })
    },
    'letter-elsewhere',
  ),
  rule(
    'ทางกระดาษ: ขณะที่เรื่องอยู่กับผู้บริหาร สแกนกลับไม่ได้',
    (w) => {
      const letter = ready(w)
      w.must('somying', letter, {
        type: 'reclassify',
        secrecy: 'none',
        matter: 'procurement',
        reason: 'เป็นการจัดจ้าง',
      })
      return w.act('ratana', letter, w.scanning())
    },
    'letter-elsewhere',
  ),
  rule(
    'ทางกระดาษ: ไฟล์ที่อ้างฉบับอื่นไม่รับ',
    (w) => {
      const letter = w.draft('somying', { matter: 'procurement' })
      w.must('ratana', letter, { type: 'bind-number' })
      return w.act('ratana', letter, w.scanning({ revision: { ...w.file(), extends: w.file().sha256 } }))
    },
    'revision-not-current',
  ),

  rule(
    'บันทึกส่วนตัวไม่ขึ้นบนหนังสือ',
    (w) => {
      const letter = w.proposed()
      w.must('kamonchanok', letter, { type: 'note', text: 'ท่านให้รอก่อน' })
      w.must('teerawat@deputy', letter, w.opining('เห็นชอบ'))
      return [textsForPaper(w.letter(letter)), w.letter(letter).notes.length]
    },
    [['เห็นชอบ'], 1],
  ),
  rule(
    'ช่องลายมือชื่อ: ชื่อในวงเล็บ แล้วตำแหน่ง',
    (w) => signatureBlockLines('teerawat', 'deputy', null, w.directory),
    ['(นายธีรวัฒน์ ศรีสุขสันต์)', 'รองเลขาธิการ'],
  ),
  ...(
    [
      ['acting', 'รักษาการแทน'],
      ['delegated', 'ปฏิบัติการแทน'],
      ['on-duty', 'ปฏิบัติงานแทน'],
    ] as const
  ).map(([kind, words]) =>
    rule(
      `ภาคผนวก 3: ${words} ตำแหน่งที่แทน ใต้ตำแหน่งของตน`,
      (w) => signatureBlockLines('wanwipa', 'deputy', 'd1', w.directory),
      ['(นางสาววรรณวิภา เจริญสุข)', 'ผู้อำนวยการสำนักบริหารงบกองทุน', `${words}รองเลขาธิการ`],
      () => world({ delegations: [delegation('d1', { kind })] }),
    ),
  ),
  rule(
    'ภาคผนวก 3: ผู้ไม่มีตำแหน่งของตน มีเพียงชื่อและตำแหน่งที่แทน',
    (w) => signatureBlockLines('somying', 'deputy', 'd1', w.directory),
    ['(นางสาวสมหญิง ใจดี)', 'ปฏิบัติการแทนรองเลขาธิการ'],
    () => world({ delegations: [delegation('d1', { personId: 'somying', ownPositionId: null })] }),
  ),
  rule(
    'ข้อความก่อนตำแหน่งเป็นของหน่วยงาน เช่น รักษาราชการแทน',
    (w) => signatureBlockLines('wanwipa', 'deputy', 'd1', w.directory).at(-1),
    'รักษาราชการแทนรองเลขาธิการ',
    () =>
      world(
        { delegations: [delegation('d1', { kind: 'acting' })] },
        { delegationWords: { acting: 'รักษาราชการแทน', delegated: 'ปฏิบัติราชการแทน', 'on-duty': 'ทำการแทน' } },
      ),
  ),
]
