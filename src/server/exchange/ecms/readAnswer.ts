import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import { plainLine } from '../../../shared/thai/plainText.ts'
import { soapNamespace } from './names.ts'
import { child, childText, type XmlElement } from './readXml.ts'
import type { SoapAnswer } from './soapCall.ts'

/**
 * What stands in an answer's Body under `name`. Refuses what the node says it refuses: exchange-node-fault where the
 * fault is the node's own (faultcode Server, SOAP 1.1 section 4.4.1), exchange-refused where it is the message's; and
 * exchange-answer-odd for all else that is no answer to this question.
 */
export function answerNamed(answer: SoapAnswer, name: string): Outcome<XmlElement> {
  const { xml } = answer
  if (typeof xml === 'string') return refuse('exchange-answer-odd', { what: xml })
  if (xml.name !== 'Envelope' || xml.namespace !== soapNamespace) {
    return refuse('exchange-answer-odd', { what: xml.name.slice(0, 60) })
  }
  const body = xml.children.find((one) => one.name === 'Body' && one.namespace === soapNamespace)
  const content = body?.children[0]
  const fault = faultIn(content)
  if (fault) return fault
  if (content?.name !== name) return refuse('exchange-answer-odd', { what: content?.name.slice(0, 60) ?? '' })
  return accept(content)
}

/** ProcessID, which some nodes write with a small letter; empty where there is none. */
export const processIdOf = (content: XmlElement): string =>
  childText(content, 'ProcessID') || childText(content, 'processID')

/** ProcessID in the first bytes of an answer that cannot be read. */
export const processIdIn = (head: Buffer): string =>
  /<(?:[\w.-]+:)?[Pp]rocessID\b[^<>]*>\s*([^<>\s&]{1,100})\s*</.exec(head.toString('latin1'))?.[1] ?? ''

function faultIn(content: XmlElement | undefined): Outcome<never> | undefined {
  if (content?.name === 'Fault' && content.namespace === soapNamespace) {
    const isOfNode = /(?:^|:)Server\b/.test(childText(content, 'faultcode'))
    return refuse(isOfNode ? 'exchange-node-fault' : 'exchange-refused', {
      reason: told(childText(content, 'faultstring')),
    })
  }
  const error = content && withErrorCode(content)
  if (!error) return undefined
  const said = ['ErrorCode', 'ErrorDescription', 'ErrorMessage'].map((name) => childText(error, name))
  return refuse('exchange-refused', { reason: told(said.filter(Boolean).join(' ')) })
}

/** Nodes also tell of errors by an element ErrorCode in an answer of the usual name. */
const withErrorCode = (content: XmlElement): XmlElement | undefined =>
  [content, ...content.children].find((one) => child(one, 'ErrorCode'))

/** The node's words, as one short line. */
const told = (reason: string): string => plainLine(reason).trim().slice(0, 200) || '–'
