import { addressingNamespace, soapNamespace } from './names.ts'
import { element, escapeXml, type XmlPart } from './writeXml.ts'

const BANGKOK_OFFSET_MS = 7 * 60 * 60 * 1000

/**
 * Makes wsa:MessageID: the agency's code, then the time in Bangkok as `yyyyMMdd.HHmmssSSS`. No two are the same, also
 * within a millisecond or when the clock is set back.
 */
export function messageIds(agencyCode: string): (now: Date) => string {
  let last = 0
  return (now) => {
    last = Math.max(last + 1, now.getTime())
    const [day = '', time = ''] = new Date(last + BANGKOK_OFFSET_MS).toISOString().split('T')
    return `${agencyCode}${day.replaceAll('-', '')}.${time.replace(/\D/g, '')}`
  }
}

/** A SOAP 1.1 message around `content`, to the node at `to`. */
export function envelope(messageId: string, to: string, content: readonly XmlPart[]): XmlPart[] {
  const addressing = { 'xmlns:wsa': addressingNamespace }
  const head = [
    ...element('wsa:MessageID', [escapeXml(messageId)], addressing),
    ...element('wsa:To', [escapeXml(to)], addressing),
  ]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    ...element(
      'SOAP-ENV:Envelope',
      [...element('SOAP-ENV:Header', head), ...element('SOAP-ENV:Body', content, { ID: 'Body' })],
      { 'xmlns:SOAP-ENV': soapNamespace },
    ),
  ]
}
