import type { ExchangeLetter } from '../../../src/server/exchange/message.ts'

/** สรอ., whose codes a published sample names. */
export const sender = { ministryId: '11', departmentId: '11008' }
/** The other agency of that sample. */
export const receiver = { ministryId: '12', departmentId: '11002' }

/** A letter from the one to the other; its file has to be in the sender's store. */
export const sampleLetter = (
  main: ExchangeLetter['main'],
  change: Partial<ExchangeLetter> = {},
): ExchangeLetter => ({
  kind: 'letter',
  number: 'อก 0905/0007',
  date: '2026-09-17',
  subject: 'ขอเชิญประชุม "คณะทำงาน" <ครั้งที่ 1> & อื่น ๆ',
  secrecyCode: '001',
  speedCode: '002',
  sender: { givenName: 'อัครวัฒน์', familyName: 'พุทธจันทร์', jobTitle: 'ผู้อำนวยการ', ...sender },
  receiver: { givenName: 'ประวิทย์', familyName: 'วงศ์สวัสดิ์', jobTitle: 'เลขาธิการ', ...receiver },
  references: [{ number: 'นร 0101/55', date: '2026-08-01', subject: 'แนวทางการประชุม' }],
  enclosures: 'ระเบียบวาระการประชุม 1 ชุด',
  sendDate: '2026-09-17T10:15:00',
  description: '',
  main,
  attachments: [],
  signer: null,
  ...change,
})

/** The inside of an answer that brings a letter, written by hand; `change` edits its text. */
export function writtenLetter(change: (xml: string) => string = (xml) => xml): string {
  const body = Buffer.from('%PDF-1.7 หนังสือ').toString('base64')
  return change(`<rsm:GovernmentDocument xmlns:ram="urn:th:gov:egif:data:standard:ReusableAggregateBusinessInformationEntity:1" xmlns:rsm="urn:th:gov:egif:data:standard:GovernmentDocument:1.0">
  <ram:CorrespondenceLetter ID="Letter">
    <ram:ID>อก 0905/0001</ram:ID>
    <ram:CorrespondenceDate>2026-09-07</ram:CorrespondenceDate>
    <ram:Subject>ขอความอนุเคราะห์ข้อมูล</ram:Subject>
    <ram:SecretCode>001</ram:SecretCode><ram:SpeedCode>001</ram:SpeedCode>
    <ram:SenderParty><ram:GivenName>ก</ram:GivenName><ram:FamilyName>ข</ram:FamilyName><ram:JobTitle>ค</ram:JobTitle>
      <ram:MinistryOrganization><ram:ID>11</ram:ID></ram:MinistryOrganization>
      <ram:DepartmentOrganization><ram:ID>11008</ram:ID></ram:DepartmentOrganization></ram:SenderParty>
    <ram:ReceiverParty><ram:GivenName>ง</ram:GivenName><ram:FamilyName>จ</ram:FamilyName><ram:JobTitle>ฉ</ram:JobTitle>
      <ram:MinistryOrganization><ram:ID>12</ram:ID></ram:MinistryOrganization>
      <ram:DepartmentOrganization><ram:ID>11002</ram:ID></ram:DepartmentOrganization></ram:ReceiverParty>
    <ram:Attachment>-</ram:Attachment><ram:SendDate>2026-09-07</ram:SendDate><ram:Description/>
    <ram:MainLetterBinaryObject mimeCode="application/pdf">${body}</ram:MainLetterBinaryObject>
  </ram:CorrespondenceLetter>
</rsm:GovernmentDocument>`)
}
