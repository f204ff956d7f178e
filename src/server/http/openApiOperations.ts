import { z } from 'zod'
import { exchangeItemsSchema } from '../../shared/contract/exchange.ts'
import { officeResultsSchema } from '../../shared/contract/office.ts'
import {
  candidatesSchema,
  disposalListSchema,
  disposalSchema,
  officeLogSchema,
  registerListSchema,
  registerPageSchema,
} from '../../shared/contract/officeViews.ts'
import { organisationSchema } from '../../shared/contract/organisation.ts'
import {
  commandResultsSchema,
  feedPageSchema,
  refusalBodySchema,
  sessionSchema,
  snapshotPageSchema,
} from '../../shared/contract/sync.ts'
import type { RefusalCode } from '../../shared/refusals.ts'
import { healthSchema, readySchema } from './healthRoutes.ts'

/** What an answer holds: a schema of the contract by its name, bytes or text of a type, or nothing. */
export type AnswerContent = { readonly schema: keyof typeof answerSchemas } | { readonly type: string } | null

/** What is said of a route besides the shapes that it is registered with. */
export interface Operation {
  readonly summary: string
  /** Whether it needs an access token. */
  readonly token: boolean
  readonly answers: Readonly<Record<number, { readonly says: string; readonly content: AnswerContent }>>
  /** Refusals of its own, by status; those of every route are added. */
  readonly refusals: Readonly<Record<number, readonly RefusalCode[]>>
  /** Headers that the request takes. */
  readonly headers?: Readonly<Record<string, string>>
  /** The type of a body that is not JSON. */
  readonly bodyType?: string
}

/** The contract's answers under their names in the document. */
export const answerSchemas = {
  Refusal: refusalBodySchema,
  Session: sessionSchema,
  Organisation: organisationSchema,
  CommandResults: commandResultsSchema,
  FeedPage: feedPageSchema,
  SnapshotPage: snapshotPageSchema,
  ExchangeItems: exchangeItemsSchema,
  OfficeResults: officeResultsSchema,
  RegisterList: registerListSchema,
  RegisterPage: registerPageSchema,
  OfficeLog: officeLogSchema,
  DisposalList: disposalListSchema,
  Disposal: disposalSchema,
  Candidates: candidatesSchema,
  Health: healthSchema,
  Ready: readySchema,
  OpenApi: z.object({ openapi: z.string() }).loose(),
} as const

const json = (says: string, schema: keyof typeof answerSchemas) => ({ says, content: { schema } })
const bare = (says: string) => ({ says, content: null })

/** Every route of the server under its method and its address as it is registered. */
export const operations: Readonly<Record<string, Operation>> = {
  'GET /v1/health': {
    summary: 'Whether the process answers',
    token: false,
    answers: { 200: json('It does.', 'Health') },
    refusals: {},
  },
  'GET /v1/ready': {
    summary: 'Whether the database answers and the disk has room',
    token: false,
    answers: {
      200: json('The server can be used.', 'Ready'),
      503: json('Something that it needs is missing.', 'Ready'),
    },
    refusals: {},
  },
  'GET /v1/openapi.json': {
    summary: 'This document',
    token: false,
    answers: { 200: json('The document.', 'OpenApi') },
    refusals: {},
  },
  'POST /v1/sign-in': {
    summary: 'Signs a person in on a device',
    token: false,
    answers: { 200: json('A session; its tokens are told only here.', 'Session') },
    refusals: { 401: ['sign-in-wrong', 'device-revoked'], 429: ['sign-in-locked'] },
  },
  'POST /v1/refresh': {
    summary: 'Exchanges a refresh token, which is good once, for new tokens',
    token: false,
    answers: { 200: json('The session with new tokens.', 'Session') },
    refusals: { 401: ['session-ended', 'device-revoked'] },
  },
  'POST /v1/sign-out': {
    summary: 'Ends the session',
    token: true,
    answers: { 204: bare('It has ended.') },
    refusals: {},
  },
  'GET /v1/organisation': {
    summary: 'People, positions, registers and rules',
    token: true,
    answers: {
      200: json('The organisation; its ETag is its version.', 'Organisation'),
      304: bare('It is still that of If-None-Match.'),
    },
    refusals: {},
    headers: { 'if-none-match': 'The ETag that is known' },
  },
  'POST /v1/commands': {
    summary:
      'Asks for commands to be carried out, in their order; sending one twice gives its first answer again',
    token: true,
    answers: { 200: json('An answer to each command, accepted or refused.', 'CommandResults') },
    refusals: {},
  },
  'POST /v1/office': {
    summary:
      'Asks for changes of the office itself: people, places and rules, reserved numbers, disposals; as commands to letters are',
    token: true,
    answers: { 200: json('An answer to each command, accepted or refused.', 'OfficeResults') },
    refusals: {},
  },
  'GET /v1/office/log': {
    summary: 'What happened to the organisation, a register (`register:ID`) or a disposal (`disposal:ID`)',
    token: true,
    answers: { 200: json('A page of the log, from its beginning.', 'OfficeLog') },
    refusals: { 403: ['administrator-only', 'clerk-only'], 404: ['disposal-unknown'] },
  },
  'GET /v1/registers': {
    summary: 'The registers that the caller keeps; all of them for the central registry',
    token: true,
    answers: { 200: json('Registers, without their entries.', 'RegisterList') },
    refusals: {},
  },
  'GET /v1/registers/:id/entries': {
    summary: 'The rows of a register in a year, in the order of its numbers, for the clerks of its unit',
    token: true,
    answers: { 200: json('A page of the register.', 'RegisterPage') },
    refusals: { 403: ['clerk-only'], 404: ['organisation-unknown-id'] },
  },
  'GET /v1/disposals': {
    summary: 'The disposals that the caller takes part in',
    token: true,
    answers: { 200: json('Disposals, the latest first.', 'DisposalList') },
    refusals: {},
  },
  'GET /v1/disposals/candidates': {
    summary: 'What a unit has that is over, or 20 years old, in a year',
    token: true,
    answers: { 200: json('A page of letters; one without any may have a next.', 'Candidates') },
    refusals: { 403: ['clerk-only'] },
  },
  'GET /v1/disposals/:id': {
    summary: 'A disposal with its list, committee, views and decisions',
    token: true,
    answers: { 200: json('The disposal.', 'Disposal') },
    refusals: { 404: ['disposal-unknown'] },
  },
  'GET /v1/feed': {
    summary: 'What has happened after a cursor that the caller may see',
    token: true,
    answers: { 200: json('A page of the feed.', 'FeedPage') },
    refusals: {},
  },
  'GET /v1/snapshot': {
    summary: 'The letters that the caller may see, whole, for a device that has none yet',
    token: true,
    answers: { 200: json('A page of letters, the latest first.', 'SnapshotPage') },
    refusals: {},
  },
  'GET /v1/exchange/items': {
    summary: 'What other agencies sent and the central registry has not settled, for its clerks',
    token: true,
    answers: { 200: json('The items that the caller may see, oldest first.', 'ExchangeItems') },
    refusals: {},
  },
  'POST /v1/exchange/items/:id/settle': {
    summary: 'Rejects an item or calls it wrong; its sender is told',
    token: true,
    answers: { 204: bare('It is settled.') },
    refusals: { 409: ['exchange-item-unknown', 'exchange-item-settled'] },
  },
  'GET /v1/events': {
    summary:
      'Server-sent events: `event: head` with `{"head": N}` at once and whenever there is something of the caller’s',
    token: true,
    answers: { 200: { says: 'The stream.', content: { type: 'text/event-stream' } } },
    refusals: {},
  },
  'HEAD /v1/files/:sha256': {
    summary: 'Whether a file is here whole, or how much of it has arrived',
    token: true,
    answers: {
      200: bare('It is; Content-Length is its size.'),
      404: bare('It is not; Upload-Offset bytes of it have arrived.'),
    },
    refusals: {},
  },
  'GET /v1/files/:sha256': {
    summary: 'The bytes of a file, or a range of them',
    token: true,
    answers: {
      200: { says: 'The whole file.', content: { type: 'application/pdf' } },
      206: { says: 'The range asked for.', content: { type: 'application/pdf' } },
    },
    refusals: { 404: ['file-missing'], 416: ['command-malformed'] },
    headers: { range: 'bytes=A-B' },
  },
  'PUT /v1/files/:sha256': {
    summary: 'Sends a part of a file; with `extends`, one that begins with the bytes of a file that is here',
    token: true,
    answers: {
      201: bare('The file is whole and its hash was checked.'),
      202: bare('More is to come from Upload-Offset on.'),
    },
    refusals: { 404: ['file-missing'], 413: ['file-too-large'], 422: ['file-hash-mismatch'] },
    headers: { 'content-range': 'bytes A-B/TOTAL' },
    bodyType: 'application/octet-stream',
  },
}
