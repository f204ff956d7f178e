import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { serve } from '../pki/serve.ts'
import { answer, elementOf, escaped, fault, schemaFault, textOf } from './soap.ts'

/** An agency that is connected. */
export interface Agency {
  readonly ministryId: string
  readonly departmentId: string
}

/** What a node was asked. */
export interface Asked {
  readonly departmentId: string
  /** The element in the Body, or in it the notifier. */
  readonly name: string
  readonly xml: string
}

/**
 * How a node behaves at one question: `lose-reply` does what is asked and breaks the connection, `refuse-connection`
 * breaks it before, `slow` does it and answers after `ms`, `fault` does nothing, `garbage` answers what is no SOAP.
 */
export type Behaviour =
  | { readonly kind: 'lose-reply' | 'refuse-connection' | 'garbage' }
  | { readonly kind: 'fault'; readonly code: 'Client' | 'Server' }
  | { readonly kind: 'error-code' }
  | { readonly kind: 'slow'; readonly ms: number }

interface Queued {
  readonly processId: string
  readonly content: string
  /** The whole answer in place of one around `content`. */
  readonly whole?: string | Buffer
}

interface Sent {
  readonly processId: string
  readonly letterId: string
  readonly from: string
  readonly to: string
}

/**
 * The e-CMS nodes of several agencies, in one HTTP server: each agency has its queue and talks to its own node only.
 * Letters and notices are routed between them as the nodes do, with a signature put into each letter.
 */
export async function startNetwork(agencies: readonly Agency[]) {
  const queues = new Map<string, Queued[]>(agencies.map(({ departmentId }) => [departmentId, []]))
  const sent: Sent[] = []
  const asked: Asked[] = []
  const behaviours: { name: string; behaviour: Behaviour }[] = []
  let watch: ((asked: Asked) => void) | undefined
  let duplicates = 0
  let serial = 0
  const nextId = () => {
    serial += 1
    return `P${String(serial).padStart(8, '0')}`
  }

  const queue = (departmentId: string, content: string, whole?: (processId: string) => string | Buffer) => {
    const processId = nextId()
    queues.get(departmentId)?.push({ processId, content, ...(whole ? { whole: whole(processId) } : {}) })
    return processId
  }

  const took = (name: string, processId: string) =>
    answer(
      `<${name}><ProcessID>${processId}</ProcessID><ProcessTime>2026-11-23T10:00:00</ProcessTime></${name}>`,
    )
  const errorCode = (name: string, code: string) =>
    answer(`<${name}><ErrorCode>${code}</ErrorCode><ErrorDescription>ไม่ถูกต้อง</ErrorDescription></${name}>`)

  const sendLetter = (from: string, xml: string): string => {
    const document = elementOf(xml, 'GovernmentDocument') ?? ''
    const receiver = elementOf(document, 'ReceiverParty') ?? ''
    const [ministryId, to = ''] = ['MinistryOrganization', 'DepartmentOrganization'].map((name) =>
      textOf(elementOf(receiver, name) ?? '', 'ID'),
    )
    const agency = agencies.find(({ departmentId }) => departmentId === to)
    if (!agency || agency.ministryId !== ministryId) {
      return errorCode('CorrespondenceLetterOutboundResponse', 'E-RECEIVER')
    }
    const processId = nextId()
    sent.push({ processId, letterId: textOf(document, 'ID') ?? '', from, to })
    queue(to, signed(document))
    return took('CorrespondenceLetterOutboundResponse', processId)
  }

  const sendNotice = (from: string, name: string, xml: string): string => {
    const notifier = elementOf(xml, name) ?? ''
    const letterId = textOf(notifier, 'LetterID')
    const isOfSender = name === 'InvalidAcceptIDNotifier'
    const letter = sent.findLast(
      (one) => one.letterId === letterId && (isOfSender ? one.from : one.to) === from,
    )
    if (!letter) return errorCode('CorrespondenceLetterOutboundResponse', 'E-LETTER')
    const more = `<AcceptDate>2026-11-24</AcceptDate><AcceptDepartment><Code>${from}</Code></AcceptDepartment>`
    queue(isOfSender ? letter.to : letter.from, notifier.replace(`</${name}>`, `${more}</${name}>`))
    return took('CorrespondenceLetterOutboundResponse', nextId())
  }

  const poll = (departmentId: string): string | Buffer => {
    const [first] = queues.get(departmentId) ?? []
    if (!first) return answer('<CorrespondenceLetterInboundResponse></CorrespondenceLetterInboundResponse>')
    const time = '<ProcessTime>2026-11-23T10:00:00</ProcessTime>'
    return (
      first.whole ??
      answer(
        `<CorrespondenceLetterInboundResponse><ProcessID>${first.processId}</ProcessID>${time}${first.content}</CorrespondenceLetterInboundResponse>`,
      )
    )
  }

  const remove = (departmentId: string, processId: string): string => {
    const items = queues.get(departmentId) ?? []
    const at = items.findIndex((item) => item.processId === processId)
    if (at === -1) return errorCode('CorrespondenceLetterDeleteResponse', 'E-PROCESS')
    const [item] = items.splice(at, 1)
    if (duplicates > 0 && item) {
      duplicates -= 1
      queue(departmentId, item.content)
    }
    return took('CorrespondenceLetterDeleteResponse', processId)
  }

  const statuses = (departmentId: string): string => {
    const rows = sent
      .filter(({ from }) => from === departmentId)
      .map(
        ({ processId, letterId }) =>
          `<Outbound><ProcessID>${processId}</ProcessID><LetterID>${escaped(letterId)}</LetterID><ProcessStatus>DELIVERED</ProcessStatus></Outbound>`,
      )
    return answer(`<OutboundStatusResponse>${rows.join('')}</OutboundStatusResponse>`)
  }

  const perform = ({ departmentId, name, xml }: Asked): string | Buffer => {
    const wrong = schemaFault(xml)
    if (wrong) return fault('Client', wrong)
    if (name === 'GovernmentDocument') return sendLetter(departmentId, xml)
    if (name.endsWith('Notifier')) return sendNotice(departmentId, name, xml)
    switch (name) {
      case 'CorrespondenceLetterInboundRequest':
        return poll(departmentId)
      case 'CorrespondenceLetterDeleteRequest':
        return remove(departmentId, textOf(xml, 'ProcessID') ?? '')
      case 'CorrespondenceDeleteGovernmentDocumentRequest':
        return took('CorrespondenceDeleteGovernmentDocumentResponse', nextId())
      case 'OutboundStatusRequest':
        return statuses(departmentId)
      case 'TimeCheckRequest':
        return answer('<TimeCheckResponse><Time>2026-11-23T10:00:00</Time></TimeCheckResponse>')
      case 'GetSecretCodes':
        return answer(
          '<GetSecretCodesResponse><SecretCodeList><Code>001</Code><Th-Name>ปกติ</Th-Name></SecretCodeList><SecretCodeList><Code>002</Code><Th-Name>ลับ</Th-Name></SecretCodeList></GetSecretCodesResponse>',
        )
      case 'GetSpeedCodes':
        return answer(
          '<GetSpeedCodesResponse><SpeedCodeList><Code>001</Code><Th-Name>ปกติ</Th-Name></SpeedCodeList><SpeedCodeList><Code>002</Code><Th-Name>ด่วน</Th-Name></SpeedCodeList></GetSpeedCodesResponse>',
        )
      case 'GetOrganizationList':
        return answer(
          `<GetOrganizationListResponse>${agencies.map(({ departmentId: id }) => `<OrganizationList><name>Agency ${id}</name><name>หน่วยงาน ${id}</name><ECMS-URL>http://x</ECMS-URL><OrganizationID>${id}</OrganizationID></OrganizationList>`).join('')}</GetOrganizationListResponse>`,
        )
      default:
        return fault('Client', `unknown: ${name}`)
    }
  }

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const departmentId = request.url?.split('/')[1] ?? ''
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const xml = Buffer.concat(chunks).toString()
    const inBody = /<SOAP-ENV:Body[^>]*>\s*<([\w:]+)(?:[^>]*[^/])?>\s*<([\w:]+)/.exec(xml)
    const outer = /<SOAP-ENV:Body[^>]*>\s*<([\w:]+)/.exec(xml)?.[1] ?? ''
    const name =
      outer === 'CorrespondenceLetterOutboundRequest' ? (inBody?.[2]?.replace('rsm:', '') ?? '') : outer
    const question = { departmentId, name, xml }
    asked.push(question)
    watch?.(question)
    const at = behaviours.findIndex((one) => one.name === name)
    const behaviour = at === -1 ? undefined : behaviours.splice(at, 1)[0]?.behaviour
    const say = (status: number, body: string | Buffer) =>
      response.writeHead(status, { 'content-type': 'text/xml; charset=utf-8' }).end(body)
    if (behaviour?.kind === 'refuse-connection') return void request.socket.destroy()
    if (behaviour?.kind === 'fault') return void say(500, fault(behaviour.code, 'ระบบขัดข้อง'))
    if (behaviour?.kind === 'error-code') {
      return void say(200, errorCode('CorrespondenceLetterOutboundResponse', 'E-0042'))
    }
    if (behaviour?.kind === 'garbage') return void say(200, '<html><body>Bad Gateway</body></html>')
    const answered = perform(question)
    if (behaviour?.kind === 'lose-reply') return void request.socket.destroy()
    if (behaviour?.kind === 'slow') await wait(behaviour.ms)
    say(typeof answered === 'string' && answered.includes(':Fault>') ? 500 : 200, answered)
  }

  const server = await serve(
    (request, response) => void respond(request, response).catch(() => response.destroy()),
  )
  return {
    /** Where an agency's own node answers. */
    urlOf: (departmentId: string) => `${server.url}${departmentId}/ecms-ws01/service2`,
    /** Everything that was asked so far. */
    asked: (name: string): Asked[] => asked.filter((one) => one.name === name),
    /** The names of what an agency asked, in order. */
    namesAskedBy: (departmentId: string) =>
      asked.filter((one) => one.departmentId === departmentId).map((one) => one.name),
    /** Letters that the nodes took. */
    sent: (): readonly Sent[] => sent,
    /** How many items wait for an agency. */
    waiting: (departmentId: string): number => queues.get(departmentId)?.length ?? 0,
    /** Behaves so at the next question of this name. */
    next: (name: string, behaviour: Behaviour) => void behaviours.push({ name, behaviour }),
    /** Delivers each of the next `count` items that are removed once more. */
    duplicate: (count: number) => {
      duplicates = count
    },
    /** Puts what an agency's node shall give next into its queue: the content of the answer, or all of it. */
    queue,
    /** Is told of each question when it comes, before anything is done. */
    watch: (told: ((asked: Asked) => void) | undefined) => {
      watch = told
    },
    close: server.close,
  }
}

/** The network as tests have it. */
export type Network = Awaited<ReturnType<typeof startNetwork>>

/** A document as it leaves the sender's node: with a signature of the node in it. */
function signed(document: string): string {
  const signature =
    '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:Reference URI="#Letter"><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue></ds:Signature>'
  const end = '</ram:GovernmentSignature>'
  if (document.includes(end)) return document.replace(end, `${signature}${end}`)
  return document.replace(
    '</rsm:GovernmentDocument>',
    `<ram:GovernmentSignature><ram:TypeCode>1</ram:TypeCode>${signature}${end}</rsm:GovernmentDocument>`,
  )
}
