import type { OfficeCommandBody } from '../../../src/shared/contract/office.ts'
import { defaultPolicy } from '../../../src/shared/domain/defaultPolicy.ts'

const from = '2026-11-01'
const to = '2027-09-30'
const disposalId = '0198f1f0-0000-7000-8000-000000000002'
const letterId = '0198f1f0-0000-7000-8000-000000000001'
const assignment = { positionId: 'deputy', personId: 'orauma', role: 'holder' as const, from, to }
const duty = { role: 'clerk' as const, personId: 'orauma', unitId: 'legal', from, to }

/** One well-formed body of everything that may be asked of the office, with each field that can be filled filled. */
export const officeSamples: {
  readonly [Type in OfficeCommandBody['type']]: Extract<OfficeCommandBody, { type: Type }>
} = {
  'put-unit': {
    type: 'put-unit',
    unit: {
      ...{ id: 'new-unit', name: 'สำนักใหม่', code: '9.99', phone: '๐ ๒', parentId: 'fund' },
      mailbox: 'new@saraban.example',
    },
  },
  'put-position': {
    type: 'put-position',
    position: {
      ...{ id: 'new-position', title: 'ผู้อำนวยการ', unitId: 'fund', executive: true, rank: 'bureau' as const },
      superiorId: 'deputy',
    },
  },
  'put-person': {
    type: 'put-person',
    person: {
      ...{ id: 'new-person', name: 'นางสาวใหม่ มาดี', email: 'new@saraban.example', unitId: 'fund' },
      clearance: 'secret',
    },
  },
  'put-register': {
    type: 'put-register',
    register: {
      ...{ id: 'new-register', unitId: 'fund', title: 'ทะเบียน', template: '{serial}', use: 'form' as const },
      ...{ forms: ['order' as const], period: 'calendar-year' as const, secret: false },
    },
  },
  'put-agencies': {
    type: 'put-agencies',
    agencies: [
      {
        ...{ id: 'new-agency', name: 'สำนักงานใหม่', mailbox: 'saraban@new.example', source: 'own' as const },
        ...{ postalAddress: '1 ถนนตัวอย่าง', exchange: { ministry: '01', department: '0101' } },
      },
    ],
  },
  assign: { type: 'assign', assignment },
  'end-assignment': { type: 'end-assignment', ...assignment },
  appoint: { type: 'appoint', duty },
  'end-duty': { type: 'end-duty', ...duty },
  delegate: {
    type: 'delegate',
    delegation: {
      ...{ id: 'order-9', kind: 'delegated' as const, positionId: 'deputy', personId: 'orauma' },
      ...{ ownPositionId: 'director-legal', orderNumber: '9/2569', orderDate: from, from, to },
      scope: { kinds: ['internal'], unitIds: ['fund'], ceiling: 1000.5 },
    },
  },
  'end-delegation': { type: 'end-delegation', delegationId: 'order-9', to },
  'set-policy': {
    type: 'set-policy',
    policy: { ...defaultPolicy, formulas: defaultPolicy.formulas.slice(0, 1) },
  },
  'set-holidays': { type: 'set-holidays', year: 2027, days: ['2027-01-01'] },
  'set-links': { type: 'set-links', links: [{ title: 'ระบบอื่น', url: 'https://other.example/' }] },
  'reserve-number': {
    type: 'reserve-number',
    registerId: 'send-fund',
    owner: 'ผู้อำนวยการ',
    reason: 'รอลงนาม',
  },
  'cancel-reservation': {
    ...{ type: 'cancel-reservation' as const, registerId: 'send-fund', buddhistYear: 2569, serial: 1 },
    reason: 'ไม่ใช้',
  },
  'list-expired': { type: 'list-expired', disposalId, unitId: 'fund', year: 2569, letterIds: [letterId] },
  'appoint-committee': {
    ...{ type: 'appoint-committee' as const, positionId: 'secretary-general', disposalId },
    ...{ chair: 'teerawat', members: ['somying', 'orauma'] },
  },
  'give-view': { type: 'give-view', disposalId, keep: [letterId], note: 'เก็บไว้' },
  'approve-disposal': { type: 'approve-disposal', disposalId, positionId: 'secretary-general', note: 'อนุมัติ' },
  'record-archives-answer': { type: 'record-archives-answer', disposalId, wanted: [letterId], note: 'ขอไว้' },
  'carry-out': { type: 'carry-out', disposalId, note: 'ทำลายแล้ว' },
}
