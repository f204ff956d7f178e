import { XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import type { ExchangeLetter } from '../message.ts'
import { envelope, messageIds } from './envelope.ts'
import { outboundRequest, withdrawRequest } from './writeMessage.ts'
import type { XmlPart } from './writeXml.ts'

const file = { mimeType: 'application/pdf', sha256: 'a'.repeat(64), bytes: 3 }
const party = { givenName: 'ก', familyName: 'ข', jobTitle: 'ค' }
const letter: ExchangeLetter = {
  kind: 'letter',
  number: 'อก 0905/0007',
  date: '2012-09-07',
  subject: 'a < b & "c"\u0000',
  secrecyCode: '001',
  speedCode: '002',
  sender: { ...party, ministryId: '11', departmentId: '11008' },
  receiver: { ...party, ministryId: '12', departmentId: '12002' },
  references: [{ number: '1', date: '2012-01-01', subject: 'x' }],
  enclosures: '',
  sendDate: '2012-09-07',
  description: '',
  main: file,
  attachments: [file, file],
  signer: {
    typeCode: '1',
    givenName: 'ง',
    familyName: 'จ',
    title: 'ฉ',
    ministryId: '11',
    departmentId: '11008',
  },
}
const text = (parts: readonly XmlPart[]) =>
  parts.map((part) => (typeof part === 'string' ? part : 'QUJD')).join('')
/** The names of start tags, in order. */
const tags = (xml: string) => [...xml.matchAll(/<([\w:-]+)/g)].map((found) => found[1])

describe('a letter in XML', () => {
  it('has the elements of the schema in their order, and the codes in their places', () => {
    const xml = text(outboundRequest(letter))
    const partyTags = [
      'ram:GivenName',
      'ram:FamilyName',
      'ram:JobTitle',
      'ram:MinistryOrganization',
      'ram:ID',
      'ram:DepartmentOrganization',
      'ram:ID',
    ]
    expect(tags(xml)).toEqual([
      ...['CorrespondenceLetterOutboundRequest', 'rsm:GovernmentDocument', 'ram:CorrespondenceLetter'],
      ...['ram:ID', 'ram:CorrespondenceDate', 'ram:Subject', 'ram:SecretCode', 'ram:SpeedCode'],
      ...['ram:SenderParty', ...partyTags, 'ram:ReceiverParty', ...partyTags],
      ...['ram:ReferenceCorrespondence', 'ram:ID', 'ram:CorrespondenceDate', 'ram:Subject'],
      ...['ram:Attachment', 'ram:SendDate', 'ram:Description', 'ram:MainLetterBinaryObject'],
      ...['ram:AttachmentBinaryObject', 'ram:AttachmentBinaryObject', 'ram:GovernmentSignature'],
      ...['ram:TypeCode', 'ram:SignerParty', 'ram:GivenName', 'ram:FamilyName', 'ram:Title'],
      ...['ram:MinistryCode', 'ram:DepartmentCode'],
    ])
    const codes = [...xml.matchAll(/<ram:(?:Ministry|Department)Organization><ram:ID>(\d+)</g)].map(
      (found) => found[1],
    )
    expect(codes).toEqual(['11', '11008', '12', '12002'])
  })

  it('is well-formed whatever people wrote', () => {
    const xml = text(envelope('1', 'http://x/?a=1&b=2', outboundRequest(letter)))
    expect(XMLValidator.validate(xml)).toBe(true)
    expect(xml).toContain('<ram:Subject>a &lt; b &amp; &quot;c&quot;</ram:Subject>')
  })

  it('is withdrawn by its number, its date and both departments', () => {
    const withdrawn = { number: letter.number, date: letter.date, receiverDepartmentId: '12002' }
    expect(tags(text(withdrawRequest(withdrawn, '11008')))).toEqual([
      'CorrespondenceDeleteGovernmentDocumentRequest',
      'LetterID',
      'CorrespondenceDate',
      'SenderDepartment',
      'Code',
      'AcceptDepartment',
      'Code',
    ])
  })
})

describe('the name of a message', () => {
  it('is the agency and the time in Bangkok, where the new year begins seven hours before Greenwich', () => {
    expect(messageIds('11008')(new Date('2026-12-31T17:00:00.005Z'))).toBe('1100820270101.000000005')
  })
  it('is never used twice, not even when the clock is set back', () => {
    const next = messageIds('1')
    const now = new Date('2026-11-23T03:00:00.000Z')
    const names = [next(now), next(now), next(new Date(now.getTime() - 5000)), next(now)]
    expect(new Set(names).size).toBe(4)
  })
})
