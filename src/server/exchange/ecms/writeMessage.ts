import type { SentLetter } from '../gateway.ts'
import type {
  ExchangeFile,
  ExchangeLetter,
  ExchangeMessage,
  ExchangeNotice,
  ExchangeParty,
} from '../message.ts'
import { documentNamespace, partsNamespace } from './names.ts'
import { element, textElement, type XmlPart } from './writeXml.ts'

/** Body of a message that is sent out: a letter (3.2.1) or a notice about one (3.2.2 to 3.2.6). */
export const outboundRequest = (message: ExchangeMessage): XmlPart[] =>
  element(
    'CorrespondenceLetterOutboundRequest',
    message.kind === 'letter' ? governmentDocument(message) : notifier(message),
  )

/** Body of the question for the next item (3.2.7 to 3.2.12). */
export const inboundRequest = (): XmlPart[] => element('CorrespondenceLetterInboundRequest', [])

/** Body of the removal from the queue (3.2.14). */
export const deleteRequest = (processId: string): XmlPart[] =>
  element('CorrespondenceLetterDeleteRequest', [textElement('ProcessID', processId)])

/** Body of the withdrawal of a letter that was rejected or invalid (3.2.13). */
export const withdrawRequest = (letter: SentLetter, senderDepartmentId: string): XmlPart[] =>
  element('CorrespondenceDeleteGovernmentDocumentRequest', [
    textElement('LetterID', letter.number),
    textElement('CorrespondenceDate', letter.date),
    ...element('SenderDepartment', [textElement('Code', senderDepartmentId)]),
    ...element('AcceptDepartment', [textElement('Code', letter.receiverDepartmentId)]),
  ])

/** The element that carries each kind of notice. */
export const notifierNames = {
  arrived: 'ReceiveLetterNotifier',
  registered: 'AcceptLetterNotifier',
  rejected: 'RejectLetterNotifier',
  invalid: 'InvalidLetterNotifier',
  'number-invalid': 'InvalidAcceptIDNotifier',
} as const satisfies Record<ExchangeNotice['kind'], string>

const notifier = ({ kind, letter, receiveNumber }: ExchangeNotice): XmlPart[] =>
  element(notifierNames[kind], [
    textElement('LetterID', letter.number),
    ...(receiveNumber === null ? [] : [textElement('AcceptID', receiveNumber)]),
    textElement('CorrespondenceDate', letter.date),
    textElement('Subject', letter.subject),
  ])

const governmentDocument = (letter: ExchangeLetter): XmlPart[] =>
  element('rsm:GovernmentDocument', [...correspondenceLetter(letter), ...governmentSignature(letter)], {
    'xmlns:ram': partsNamespace,
    'xmlns:rsm': documentNamespace,
  })

/** The order of the elements is the schema's. */
const correspondenceLetter = (letter: ExchangeLetter): XmlPart[] =>
  element(
    'ram:CorrespondenceLetter',
    [
      textElement('ram:ID', letter.number),
      textElement('ram:CorrespondenceDate', letter.date),
      textElement('ram:Subject', letter.subject),
      textElement('ram:SecretCode', letter.secrecyCode),
      textElement('ram:SpeedCode', letter.speedCode),
      ...party('ram:SenderParty', letter.sender),
      ...party('ram:ReceiverParty', letter.receiver),
      ...letter.references.flatMap((reference) =>
        element('ram:ReferenceCorrespondence', [
          textElement('ram:ID', reference.number),
          textElement('ram:CorrespondenceDate', reference.date),
          textElement('ram:Subject', reference.subject),
        ]),
      ),
      textElement('ram:Attachment', letter.enclosures),
      textElement('ram:SendDate', letter.sendDate),
      textElement('ram:Description', letter.description),
      ...binaryObject('ram:MainLetterBinaryObject', letter.main),
      ...letter.attachments.flatMap((file) => binaryObject('ram:AttachmentBinaryObject', file)),
    ],
    { ID: 'Letter' },
  )

/** Ministry and department are two codes; a client in use sends the department's as both and is not understood. */
const party = (name: string, { givenName, familyName, jobTitle, ministryId, departmentId }: ExchangeParty) =>
  element(name, [
    textElement('ram:GivenName', givenName),
    textElement('ram:FamilyName', familyName),
    textElement('ram:JobTitle', jobTitle),
    ...element('ram:MinistryOrganization', [textElement('ram:ID', ministryId)]),
    ...element('ram:DepartmentOrganization', [textElement('ram:ID', departmentId)]),
  ])

const binaryObject = (name: string, file: ExchangeFile): XmlPart[] =>
  element(name, [{ file }], { mimeCode: file.mimeType })

const governmentSignature = ({ signer }: ExchangeLetter): XmlPart[] =>
  signer === null
    ? []
    : element('ram:GovernmentSignature', [
        textElement('ram:TypeCode', signer.typeCode),
        ...element('ram:SignerParty', [
          textElement('ram:GivenName', signer.givenName),
          textElement('ram:FamilyName', signer.familyName),
          textElement('ram:Title', signer.title),
          textElement('ram:MinistryCode', signer.ministryId),
          textElement('ram:DepartmentCode', signer.departmentId),
        ]),
      ])
