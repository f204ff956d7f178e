import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** The text of the first element of this name within `xml`, references resolved; undefined where there is none. */
export function textOf(xml: string, name: string): string | undefined {
  const found = new RegExp(`<(?:[\\w-]+:)?${name}(?:\\s[^>]*)?>([^<]*)<`).exec(xml)?.[1]
  return found
    ?.replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
}

/** The first element of this name within `xml`, as it is written. */
export const elementOf = (xml: string, name: string): string | undefined =>
  new RegExp(`<((?:[\\w-]+:)?${name})(?:\\s[^>]*)?>[\\s\\S]*?</\\1>`).exec(xml)?.[0]

/** Text as character data. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** An answer of the node around `content`. */
export const answer = (content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:env="http://schemas.xmlsoap.org/soap/envelope/">\n\t<SOAP-ENV:Body>${content}</SOAP-ENV:Body>\n</SOAP-ENV:Envelope>`

/** A SOAP 1.1 fault. */
export const fault = (code: 'Client' | 'Server', reason: string): string =>
  answer(
    `<SOAP-ENV:Fault><faultcode>SOAP-ENV:${code}</faultcode><faultstring>${escaped(reason)}</faultstring></SOAP-ENV:Fault>`,
  )

const letterOrder = [
  'ram:ID',
  'ram:CorrespondenceDate',
  'ram:Subject',
  'ram:SecretCode',
  'ram:SpeedCode',
  'ram:SenderParty',
  'ram:ReceiverParty',
  'ram:ReferenceCorrespondence',
  'ram:Attachment',
  'ram:SendDate',
  'ram:Description',
  'ram:MainLetterBinaryObject',
  'ram:AttachmentBinaryObject',
]

type Node = Record<string, Node[]>

/** What is wrong with a request by the schema that nodes go by; undefined when nothing is. */
export function schemaFault(xml: string): string | undefined {
  if (XMLValidator.validate(xml) !== true) return 'not well-formed'
  if (!xml.includes('xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"')) return 'no SOAP 1.1'
  const header = elementOf(xml, 'Header') ?? ''
  if (!/^\w+\d{8}\.\d{9}$/.test(textOf(header, 'MessageID') ?? '')) return 'MessageID'
  if (!textOf(header, 'To')?.startsWith('http')) return 'To'
  if (!xml.includes('CorrespondenceLetter ID=')) return undefined
  if (!xml.includes('xmlns:rsm="urn:th:gov:egif:data:standard:GovernmentDocument:1.0"')) return 'rsm'
  const parts = 'urn:th:gov:egif:data:standard:ReusableAggregateBusinessInformationEntity:1'
  if (!xml.includes(`xmlns:ram="${parts}"`)) return 'ram'
  const parsed: Node[] = new XMLParser({ preserveOrder: true }).parse(
    elementOf(xml, 'CorrespondenceLetter') ?? '',
  )
  const names = (parsed[0]?.['ram:CorrespondenceLetter'] ?? []).map((node) => Object.keys(node)[0] ?? '')
  const places = names.map((name) => letterOrder.indexOf(name))
  const isOrdered = places.every((place, index) => place >= (places[index - 1] ?? 0))
  const isComplete = letterOrder.every(
    (name) => /Reference|AttachmentBinary/.test(name) || names.includes(name),
  )
  return isOrdered && isComplete && !places.includes(-1) ? undefined : `order: ${names.join(' ')}`
}
