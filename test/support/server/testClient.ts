import { randomUUID } from 'node:crypto'
import { SAMPLE_PASSWORD } from '../../../src/server/sampleOrganisation.ts'
import type { Command, CommandBody, LetterEvent } from '../../../src/shared/contract/letter.ts'
import {
  type OfficeCommand,
  type OfficeCommandBody,
  type OfficeEvent,
  type OfficeResult,
  officeResultsSchema,
} from '../../../src/shared/contract/office.ts'
import {
  type CommandResult,
  commandResultsSchema,
  type FeedEntry,
  type FeedPage,
  feedPageSchema,
  refusalBodySchema,
  type Session,
  sessionSchema,
} from '../../../src/shared/contract/sync.ts'
import { sha256 } from './minimalPdf.ts'

/** A signed-in caller of the protocol; answers are checked against the contract's schemas. */
export interface TestClient {
  readonly personId: string
  readonly session: Session
  /** A request under /v1 with this session's token. */
  request(path: string, init?: RequestInit): Promise<Response>
  send(...commands: Command[]): Promise<CommandResult[]>
  /** Asks something of the office itself. */
  office(...commands: OfficeCommand[]): Promise<OfficeResult[]>
  feed(after?: number, limit?: number): Promise<FeedPage>
  /** Every entry from `after` to the feed's end. */
  wholeFeed(after?: number): Promise<FeedEntry[]>
  /** Uploads a whole file in one part; returns its hash. */
  upload(bytes: Uint8Array): Promise<string>
}

/** Asks for a session; the raw answer. */
export const askSignIn = (url: string, username: string, password: string, deviceId: string = randomUUID()) =>
  fetch(`${url}/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password, device: { id: deviceId, name: 'เครื่องทดสอบ' } }),
  })

/** Signs a person of the sample organisation in. */
export async function signInTo(url: string, username: string, deviceId?: string): Promise<TestClient> {
  const answer = await askSignIn(url, username, SAMPLE_PASSWORD, deviceId)
  if (answer.status !== 200) throw new Error(`${username} was not signed in: ${await answer.text()}`)
  return clientWith(url, sessionSchema.parse(await answer.json()))
}

/** A caller with a session that stands already. */
export function clientWith(url: string, session: Session): TestClient {
  const request = (path: string, init: RequestInit = {}) =>
    fetch(`${url}/v1${path}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${session.accessToken}` },
    })
  const feed = async (after = 0, limit = 500) => {
    const answer = await request(`/feed?after=${after}&limit=${limit}`)
    return feedPageSchema.parse(await answer.json())
  }
  return {
    personId: session.personId,
    session,
    request,
    feed,
    send: async (...commands) => {
      const answer = await request('/commands', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ commands }),
      })
      if (answer.status !== 200) throw new Error(`commands: ${answer.status} ${await answer.text()}`)
      return commandResultsSchema.parse(await answer.json()).results
    },
    office: async (...commands) => {
      const answer = await request('/office', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ commands }),
      })
      if (answer.status !== 200) throw new Error(`office: ${answer.status} ${await answer.text()}`)
      return officeResultsSchema.parse(await answer.json()).results
    },
    wholeFeed: async (after = 0) => {
      const entries: FeedEntry[] = []
      for (let cursor = after; ; ) {
        const page = await feed(cursor)
        entries.push(...page.entries)
        if (page.next >= page.head) return entries
        cursor = page.next
      }
    },
    upload: async (bytes) => {
      const hash = sha256(bytes)
      const answer = await request(`/files/${hash}`, put(bytes, 0, bytes.length))
      if (answer.status !== 201) throw new Error(`upload: ${answer.status} ${await answer.text()}`)
      return hash
    },
  }
}

/** A PUT of `part`, which stands at `start` in a file of `total` bytes. */
export const put = (part: Uint8Array, start: number, total: number): RequestInit => ({
  method: 'PUT',
  headers: {
    'content-type': 'application/octet-stream',
    'content-range': `bytes ${start}-${start + part.length - 1}/${total}`,
  },
  body: part as BodyInit,
})

/** A command as a client's outbox holds it. */
export const command = (letterId: string, body: CommandBody, positionId: string | null = null): Command => ({
  id: randomUUID(),
  letterId,
  positionId,
  clientTime: new Date().toISOString(),
  body,
})

/** A command to the office as a client sends it. */
export const officeCommand = (body: OfficeCommandBody): OfficeCommand => ({
  id: randomUUID(),
  clientTime: new Date().toISOString(),
  body,
})

/** The events of an accepted command to the office; fails on a refusal. */
export function acceptedByOffice(result: OfficeResult | undefined): OfficeEvent[] {
  if (result?.outcome !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(result)}`)
  return result.events
}

/** The code of a refusal's body. */
export const refusalOf = async (answer: Response) => refusalBodySchema.parse(await answer.json())

/** The events of an accepted result; fails on a refusal. */
export function acceptedEvents(result: CommandResult | undefined): LetterEvent[] {
  if (result?.outcome !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(result)}`)
  return result.events
}

/** The code of a refused result, or undefined. */
export const refusedCode = (result: CommandResult | OfficeResult | undefined) =>
  result?.outcome === 'refused' ? result.refusal.code : undefined
