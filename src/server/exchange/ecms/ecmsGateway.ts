import type { Readable } from 'node:stream'
import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import type { ExchangeGateway, IncomingItem, SentItem } from '../gateway.ts'
import type { Intake } from '../intake.ts'
import type { ExchangeCode } from '../letterForExchange.ts'
import { type ExchangeFile, noticeKindSchema } from '../message.ts'
import { envelope, messageIds } from './envelope.ts'
import { type Lookup, lookups, readCodes } from './lookups.ts'
import { answerNamed, processIdIn, processIdOf } from './readAnswer.ts'
import { readMessage } from './readMessage.ts'
import { childText, type XmlElement } from './readXml.ts'
import { type SoapAnswer, soapCall } from './soapCall.ts'
import { deleteRequest, inboundRequest, outboundRequest, withdrawRequest } from './writeMessage.ts'
import { element, type XmlPart } from './writeXml.ts'

/** Our own node and who we are to it. */
export interface EcmsOrder {
  /** Such as `https://agency.ecms.example/ecms-ws01/service2`. */
  readonly url: string
  /** Our department's code, such as `11008`. */
  readonly departmentId: string
  readonly readFile: (file: ExchangeFile) => Readable
  readonly clock: () => Date
  /** Most bytes that an item may have; base64 makes files a third longer. Default 100 MB. */
  readonly itemLimit?: number | undefined
  /** For one question, in milliseconds. Default two minutes: a letter with its files goes in one. */
  readonly patienceMs?: number | undefined
}

/** The gateway to an e-CMS node, with what only e-CMS has. */
export interface EcmsGateway extends ExchangeGateway {
  /** A list of codes that the node has (3.3.1 to 3.3.5). */
  codes(lookup: Lookup): Promise<Outcome<ExchangeCode[]>>
  /** What time the node says it is, in its own words (TimeCheckRequest). */
  time(): Promise<Outcome<string>>
}

const ITEM_LIMIT = 100_000_000
/** Lists of all departments, and the echo of a letter that was sent, are the longest. */
const ANSWER_LIMIT = 150_000_000
const PATIENCE_MS = 120_000

/** Talks to our own e-CMS node by SOAP 1.1; the nodes pass letters on among themselves. */
export function ecmsGateway(order: EcmsOrder): EcmsGateway {
  const url = new URL(order.url)
  const { departmentId, clock, readFile, patienceMs = PATIENCE_MS, itemLimit = ITEM_LIMIT } = order
  const messageId = messageIds(departmentId)
  const closing = new AbortController()

  const call = (content: readonly XmlPart[], limit = ANSWER_LIMIT, intake: Intake | null = null) =>
    soapCall({
      url,
      message: envelope(messageId(clock()), order.url, content),
      ...{ limit, patienceMs, intake, readFile, signal: closing.signal },
    })
  const ask = async (content: readonly XmlPart[], answer: string): Promise<Outcome<XmlElement>> => {
    const called = await call(content)
    return called.ok ? answerNamed(called.value, answer) : called
  }
  const done = (asked: Outcome<XmlElement>): Outcome<null> => (asked.ok ? accept(null) : asked)

  return {
    way: 'e-cms',
    notices: noticeKindSchema.options,
    patienceMs,
    send: async (message) => {
      const asked = await ask(outboundRequest(message), 'CorrespondenceLetterOutboundResponse')
      if (!asked.ok) return asked
      const receipt = processIdOf(asked.value)
      return receipt ? accept({ receipt }) : refuse('exchange-answer-odd', { what: 'ProcessID' })
    },
    poll: async (intake) => {
      const called = await call(inboundRequest(), itemLimit, intake)
      return called.ok ? readItem(called.value, itemLimit) : called
    },
    acknowledge: async (receipt) =>
      done(await ask(deleteRequest(receipt), 'CorrespondenceLetterDeleteResponse')),
    sentItems: async () => {
      const asked = await ask(element('OutboundStatusRequest', []), 'OutboundStatusResponse')
      return asked.ok ? accept(asked.value.children.map(sentItem).filter(({ receipt }) => receipt)) : asked
    },
    withdraw: async (letter) =>
      done(
        await ask(withdrawRequest(letter, departmentId), 'CorrespondenceDeleteGovernmentDocumentResponse'),
      ),
    codes: async (lookup) => {
      const { question } = lookups[lookup]
      const called = await call(element(question, []))
      const answer = called.ok ? answerOf(called.value, question) : called
      return answer.ok ? readCodes(answer.value, lookup) : answer
    },
    time: async () => {
      const called = await call(element('TimeCheckRequest', []))
      const answer = called.ok ? answerOf(called.value, 'TimeCheckRequest') : called
      return answer.ok ? accept(wholeText(answer.value).trim().slice(0, 60)) : answer
    },
    close: () => closing.abort(),
  }
}

/** The answer to a look-up, whose name nodes make in either way. */
function answerOf(answer: SoapAnswer, question: string): Outcome<XmlElement> {
  const usual = answerNamed(answer, `${question.replace(/Request$/, '')}Response`)
  if (usual.ok || usual.refusal.code !== 'exchange-answer-odd') return usual
  const list = answerNamed(answer, question)
  return list.ok ? list : usual
}

const wholeText = (one: XmlElement): string => [one.text, ...one.children.map(wholeText)].join(' ')

const sentItem = (one: XmlElement): SentItem => ({
  receipt: processIdOf(one),
  letterNumber: childText(one, 'LetterID'),
  status: childText(one, 'ProcessStatus'),
})

/** What the poll brought. An item that cannot be read is an item all the same, as long as it can be acknowledged. */
function readItem(answer: SoapAnswer, limit: number): Outcome<IncomingItem | null> {
  const { whole, files, xml } = answer
  const named = answerNamed(answer, 'CorrespondenceLetterInboundResponse')
  if (!named.ok && typeof xml !== 'string') return named
  const receipt = named.ok ? processIdOf(named.value) : processIdIn(answer.head)
  if (!receipt)
    return named.ok && named.value.children.length > 0 ? noReceipt : named.ok ? accept(null) : named
  if (!whole) throw new Error('a poll keeps what comes')
  const item = { receipt, evidence: whole, files }
  if (named.ok) return accept({ ...item, message: readMessage(named.value, files) })
  if (xml === 'too-large') {
    const megabytes = Math.floor(limit / 1e6)
    return accept({ ...item, message: refuse('exchange-item-too-large', { limit: megabytes }) })
  }
  return accept({ ...item, message: refuse('exchange-item-malformed', { field: String(xml) }) })
}

const noReceipt = refuse('exchange-answer-odd', { what: 'ProcessID' })
