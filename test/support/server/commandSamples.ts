import type { CommandBody } from '../../../src/shared/contract/letter.ts'
import { ordinaryFacts } from '../../../src/shared/domain/asked.ts'

const letterId = '0198f1f0-0000-7000-8000-000000000001'
const day = '2026-11-23'
const moment = '2026-11-23T03:00:00.000Z'
const revision = { sha256: 'a'.repeat(64), bytes: 1000, extends: null }
const file = { fileName: 'หนังสือ.pdf', pageCount: 2, revision }
const facts = {
  ...ordinaryFacts,
  kind: 'internal' as const,
  subject: 'ขออนุมัติจัดสรรงบกองทุน',
  addressee: 'เลขาธิการ',
  dueAt: moment,
  amount: 1250.5,
  repliesTo: letterId,
  references: [{ agency: 'สำนักงานตัวอย่าง', number: 'ตย 1/2569', date: day, letterId }],
  enclosures: [
    {
      title: 'แบบคำขอ',
      quantity: 1,
      file: { sha256: 'b'.repeat(64), bytes: 500, name: 'แบบคำขอ.pdf' },
    },
  ],
  copiesTo: ['สำนักกฎหมาย'],
}
const filing = { unitId: 'fund', registerId: 'send-fund' }
const sender = { from: 'สำนักงานตัวอย่าง', agencyId: 'example', number: 'ตย 12/2569', date: day }
const reason = 'ขอให้แก้ชื่อเรื่อง'

/** One well-formed body of every command that a client may send, with each field that a person can fill filled. */
export const commandSamples: {
  readonly [Type in CommandBody['type']]: Extract<CommandBody, { type: Type }>
} = {
  draft: { type: 'draft', ...facts, ...filing, ...file },
  revise: { type: 'revise', ...facts, ...file },
  'request-check': { type: 'request-check', order: 'serial', reviewers: ['wanwipa'], note: reason },
  'pass-check': { type: 'pass-check', opinion: 'เห็นชอบ' },
  'return-check': { type: 'return-check', reason },
  comment: { type: 'comment', text: 'ขอให้แก้', page: 1, place: { x: 10.5, y: 20 } },
  propose: { type: 'propose', to: 'deputy', note: 'เพื่อโปรดพิจารณา' },
  'take-up': { type: 'take-up' },
  recall: { type: 'recall', target: letterId, reason },
  return: { type: 'return', reason },
  forward: { type: 'forward', to: 'secretary-general', note: 'เพื่อโปรดทราบ', dueAt: moment },
  'bind-number': { type: 'bind-number', reserved: 12 },
  'cancel-number': { type: 'cancel-number', reason },
  sign: { type: 'sign', revision: { ...revision, extends: 'c'.repeat(64) } },
  'sign-on-paper': { type: 'sign-on-paper', ...file, signedFor: 'deputy', signedOn: day },
  endorse: {
    type: 'endorse',
    act: 'order',
    text: 'ดำเนินการ',
    signature: { method: 'digital', revision },
    to: 'director-fund',
    dueAt: moment,
  },
  deliver: { type: 'deliver', to: ['legal'], objective: 'for-action', note: '', dueAt: moment },
  receive: {
    type: 'receive',
    from: { letterId, deliveryId: `${letterId}.legal` },
    unitId: 'legal',
    registerId: 'receive-legal',
  },
  'return-delivery': { type: 'return-delivery', source: { letterId, deliveryId: 'x' }, reason },
  register: {
    type: 'register',
    ...facts,
    unitId: 'registry',
    registerId: 'receive-registry',
    sender,
    way: 'post',
    arrivedAt: moment,
    paperAt: 'ตู้ 3',
    defect: 'ไม่มีสิ่งที่ส่งมาด้วย',
    despiteDuplicate: true,
    exchangeItemId: letterId,
    file,
  },
  attach: { type: 'attach', ...file },
  correct: {
    type: 'correct',
    changes: { subject: 'เรื่องใหม่', addressee: 'เลขาธิการ', sender, paperAt: 'ตู้ 4' },
    reason,
  },
  reclassify: { type: 'reclassify', secrecy: 'confidential', matter: 'discipline', reason },
  dispatch: {
    type: 'dispatch',
    way: 'email',
    recipients: [{ agencyId: 'example', name: 'สำนักงานตัวอย่าง', address: 'saraban@example.org' }],
    evidence: '<1@example.org>',
  },
  'withdraw-dispatch': { type: 'withdraw-dispatch', dispatchId: letterId, reason },
  'confirm-dispatch': {
    type: 'confirm-dispatch',
    dispatchId: letterId,
    recipient: 0,
    state: 'arrived',
    number: '12',
    at: moment,
    evidence: '',
  },
  note: { type: 'note', text: 'จำไว้' },
  close: { type: 'close', note: '' },
  reopen: { type: 'reopen', reason },
  cancel: { type: 'cancel', reason },
  store: { type: 'store', classId: 'ordinary', place: 'ห้องเก็บ' },
  borrow: { type: 'borrow', purpose: 'ตรวจสอบ', until: day },
  'decide-loan': { type: 'decide-loan', loanId: letterId, granted: true, note: '' },
  'end-loan': { type: 'end-loan', loanId: letterId },
}
