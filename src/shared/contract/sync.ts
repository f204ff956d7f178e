import { z } from 'zod'
import { refusals } from '../refusals.ts'
import { emptyLineSchema, idSchema } from './facts.ts'
import { commandSchema, letterEventSchema } from './letter.ts'

/**
 * The protocol between client and server, over HTTP under /v1, JSON unless said otherwise:
 *
 * POST   /v1/sign-in        signInSchema → sessionSchema          (no token)
 * POST   /v1/refresh        {refreshToken} → sessionSchema        (no token)
 * POST   /v1/sign-out       ends this session                      → 204
 * GET    /v1/organisation   → organisationSchema, with an ETag of its version
 * POST   /v1/commands       commandsSchema → commandResultsSchema, results in the order sent
 * POST   /v1/office         officeCommandsSchema → officeResultsSchema; reads of registers, disposals and logs: officeViews.ts
 * GET    /v1/feed?after=N&limit=M → feedPageSchema
 * GET    /v1/snapshot?open=true&before=ID&limit=M → snapshotPageSchema
 * GET    /v1/events         server-sent events: `event: head`, `data: {"head": N}`, when there is something of the caller's
 * HEAD   /v1/files/SHA256   200 with Content-Length when whole; 404 with Upload-Offset when not (0 = nothing yet)
 * PUT    /v1/files/SHA256   Content-Range: bytes A-B/TOTAL; with ?extends=SHA256 the range starts at that
 *                           file's length and its bytes are taken from it. 201 whole, 202 more to come (Upload-Offset)
 * GET    /v1/files/SHA256   the bytes; Range is honoured
 * GET    /v1/health         {ok: true}                              (no token)
 *
 * Every refusal is refusalBodySchema with a 4xx status. Tokens go in `Authorization: Bearer`.
 */
export const refusalBodySchema = z.object({
  code: z.enum(Object.keys(refusals) as [keyof typeof refusals, ...(keyof typeof refusals)[]]),
  detail: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})

export const signInSchema = z.object({
  username: z.string().trim().min(1).max(64),
  password: z.string().min(1).max(256),
  device: z.object({ id: idSchema, name: emptyLineSchema(100) }),
})

export const refreshSchema = z.object({ refreshToken: z.string().min(1).max(256) })

export const sessionSchema = z.object({
  personId: z.string(),
  accessToken: z.string(),
  refreshToken: z.string(),
  /** Seconds until the access token ends. */
  expiresIn: z.number().positive(),
  serverTime: z.iso.datetime(),
})

export const commandsSchema = z.object({ commands: z.array(commandSchema).min(1).max(64) })

/** The answer to one command. A command sent twice gets its first answer again. */
const commandResultSchema = z.discriminatedUnion('outcome', [
  z.object({ id: z.uuid(), outcome: z.literal('accepted'), events: z.array(letterEventSchema) }),
  z.object({ id: z.uuid(), outcome: z.literal('refused'), refusal: refusalBodySchema }),
])
export const commandResultsSchema = z.object({ results: z.array(commandResultSchema) })

/**
 * An entry of the feed, dense and in commit order over the whole server; a client is sent those that it may see.
 * `events` carries events of one letter (from the first when the letter is new to this client); `retract` says
 * that the letter is no longer for this client; `organisation` says that the organisation's data has changed.
 */
const feedEntrySchema = z.discriminatedUnion('kind', [
  z.object({
    seq: z.number().int().positive(),
    kind: z.literal('events'),
    letterId: z.uuid(),
    events: z.array(letterEventSchema).min(1),
  }),
  z.object({ seq: z.number().int().positive(), kind: z.literal('retract'), letterId: z.uuid() }),
  z.object({ seq: z.number().int().positive(), kind: z.literal('organisation') }),
])

/**
 * A page of the feed. `next` is the cursor to keep; `head` is the feed's end when the page was read. `epoch` is another
 * one after the server was restored from a backup: a cursor of an earlier epoch means nothing, and the reader begins
 * anew at 0.
 */
export const feedPageSchema = z.object({
  epoch: z.uuid(),
  entries: z.array(feedEntrySchema),
  next: z.number().int().nonnegative(),
  head: z.number().int().nonnegative(),
})

/**
 * A page of all letters that the caller may see, with their whole logs, the highest ids first; `next` is the `before` of
 * the page after it, null on the last one. A new device reads them all, without `open`, keeps the `head` of the first
 * page, and then reads the feed from there. With `open` only letters that are with somebody now.
 */
export const snapshotPageSchema = z.object({
  epoch: z.uuid(),
  letters: z.array(z.object({ letterId: z.uuid(), events: z.array(letterEventSchema).min(1) })),
  next: z.uuid().nullable(),
  head: z.number().int().nonnegative(),
})

export const feedHeadSchema = z.object({ head: z.number().int().nonnegative() })

export type SignIn = z.infer<typeof signInSchema>
export type Session = z.infer<typeof sessionSchema>
export type CommandResult = z.infer<typeof commandResultSchema>
export type FeedEntry = z.infer<typeof feedEntrySchema>
export type FeedPage = z.infer<typeof feedPageSchema>
export type SnapshotPage = z.infer<typeof snapshotPageSchema>
