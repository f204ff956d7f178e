import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import type { ReceivedFile } from '../intake.ts'
import {
  type ExchangeMessage,
  exchangeLetterSchema,
  exchangeNoticeSchema,
  type NoticeKind,
} from '../message.ts'
import { isStandardNamespace } from './names.ts'
import { child, childText, type XmlElement } from './readXml.ts'
import { notifierNames } from './writeMessage.ts'

const noticeOfName = new Map(
  Object.entries(notifierNames).map(([kind, name]) => [name as string, kind as NoticeKind]),
)

/**
 * The letter or notice in an answer to the poll (3.2.7 to 3.2.12). Refuses exchange-item-malformed with the field that
 * is missing or wrong. The signature of the node (XML-DSig) is neither read nor verified: the bytes are kept for that.
 */
export function readMessage(answer: XmlElement, files: readonly ReceivedFile[]): Outcome<ExchangeMessage> {
  for (const one of answer.children) {
    const kind = noticeOfName.get(one.name)
    if (kind) return readNotice(kind, one)
    if (one.name === 'GovernmentDocument') return readLetter(one, files)
  }
  return malformed('GovernmentDocument')
}

const malformed = (field: string) => refuse('exchange-item-malformed', { field: field.slice(0, 60) })

function readNotice(kind: NoticeKind, notifier: XmlElement): Outcome<ExchangeMessage> {
  const read = exchangeNoticeSchema.safeParse({
    kind,
    letter: {
      number: childText(notifier, 'LetterID'),
      date: day(childText(notifier, 'CorrespondenceDate')),
      subject: childText(notifier, 'Subject') || '–',
    },
    receiveNumber: childText(notifier, 'AcceptID') || null,
    fromDepartmentId: childText(child(notifier, 'AcceptDepartment'), 'Code') || null,
  })
  return read.success
    ? accept(read.data)
    : malformed(`${notifier.name} ${read.error.issues[0]?.path.join('.')}`)
}

function readLetter(document: XmlElement, files: readonly ReceivedFile[]): Outcome<ExchangeMessage> {
  const letter = child(document, 'CorrespondenceLetter')
  if (!letter) return malformed('CorrespondenceLetter')
  const foreign = [document, letter, ...letter.children].find(
    ({ namespace }) => !isStandardNamespace(namespace),
  )
  if (foreign) return malformed(`${foreign.name} xmlns`)
  const named = (name: string) => letter.children.filter((one) => one.name === name)
  const signature = child(document, 'GovernmentSignature')
  const read = exchangeLetterSchema.safeParse({
    kind: 'letter',
    number: childText(letter, 'ID'),
    date: day(childText(letter, 'CorrespondenceDate')),
    subject: childText(letter, 'Subject'),
    secrecyCode: childText(letter, 'SecretCode'),
    speedCode: childText(letter, 'SpeedCode'),
    sender: party(child(letter, 'SenderParty')),
    receiver: party(child(letter, 'ReceiverParty')),
    references: named('ReferenceCorrespondence').map((reference) => ({
      number: childText(reference, 'ID'),
      date: childText(reference, 'CorrespondenceDate'),
      subject: childText(reference, 'Subject'),
    })),
    enclosures: childText(letter, 'Attachment'),
    sendDate: childText(letter, 'SendDate'),
    description: childText(letter, 'Description'),
    main: file(child(letter, 'MainLetterBinaryObject'), files),
    attachments: named('AttachmentBinaryObject').map((one) => file(one, files)),
    signer: signature ? signer(signature) : null,
  })
  return read.success ? accept(read.data) : malformed(String(read.error.issues[0]?.path.join('.')))
}

/** Some programs write the time after the day (xsd:dateTime). */
const day = (date: string): string => date.replace(/^(\d{4}-\d\d-\d\d)T.*$/, '$1')

const party = (one: XmlElement | undefined) => ({
  givenName: childText(one, 'GivenName'),
  familyName: childText(one, 'FamilyName'),
  jobTitle: childText(one, 'JobTitle'),
  ministryId: childText(child(one, 'MinistryOrganization'), 'ID'),
  departmentId: childText(child(one, 'DepartmentOrganization'), 'ID'),
})

/** The splitting of the answer has left the file's place among `files` in the element. */
function file(one: XmlElement | undefined, files: readonly ReceivedFile[]) {
  const received = one?.text.trim() ? files[Number(one.text)] : undefined
  return {
    mimeType: one?.attributes.mimeCode?.trim().toLowerCase(),
    sha256: received?.sha256,
    bytes: received?.bytes,
  }
}

function signer(signature: XmlElement) {
  const signerParty = child(signature, 'SignerParty')
  return {
    typeCode: childText(signature, 'TypeCode'),
    givenName: childText(signerParty, 'GivenName'),
    familyName: childText(signerParty, 'FamilyName'),
    title: childText(signerParty, 'Title'),
    ministryId: childText(signerParty, 'MinistryCode'),
    departmentId: childText(signerParty, 'DepartmentCode'),
  }
}
