import { z } from 'zod'
import { commandBodySchema, type ServerCommandBody } from './commands.ts'
import { eventBodySchema } from './events.ts'
import { idSchema, keySchema, sha256Schema } from './facts.ts'
import { clockSchema } from './times.ts'

export type { BodyOf, CommandBody, ServerCommandBody } from './commands.ts'
export type { EventBody } from './events.ts'
export {
  type LetterFacts,
  type LetterFile,
  type LetterKind,
  letterKindSchema,
  lineSchema,
  noteSchema,
  type Revision,
  reasonSchema,
  type Secrecy,
  sha256Schema,
  type Urgency,
  urgencySchema,
} from './facts.ts'
export {
  type AugmentedLevel,
  augmentedLevelSchema,
  type BoundNumber,
  type SignatureElements,
  type Signer,
} from './shapes.ts'

/** A command as it waits in the outbox and reaches the server. `id` is a UUIDv7; sending it twice is harmless. */
export const commandSchema = z.object({
  id: idSchema,
  letterId: idSchema,
  /** The position acted for; null for people acting as author, reviewer or clerk. */
  positionId: keySchema.nullable(),
  /** The client's clock, corrected by nothing; kept as evidence only. */
  clientTime: clockSchema,
  body: commandBodySchema,
})

/** An event in a letter's log: the audit trail and the timeline at once. `hash` chains to `previousHash`. */
export const letterEventSchema = z.object({
  letterId: z.uuid(),
  /** 1 for the first event of a letter, then without gaps. */
  version: z.number().int().positive(),
  commandId: z.uuid(),
  actor: keySchema,
  positionId: keySchema.nullable(),
  /** The holder for whom a secretary or a delegate acted; null when people act for themselves. */
  onBehalfOf: keySchema.nullable(),
  /** The delegation under which the actor acted for the position; null when there is none. */
  delegationId: keySchema.nullable(),
  device: z.string(),
  clientTime: clockSchema,
  serverTime: clockSchema,
  body: eventBodySchema,
  previousHash: sha256Schema.nullable(),
  hash: sha256Schema,
})

export type Command = z.infer<typeof commandSchema>
/** The actor of what the server does by itself. */
export const SERVER_ACTOR = 'server'
/** A command that no client may send: its body is no part of commandSchema. */
export type ServerCommand = Omit<Command, 'body'> & { readonly body: ServerCommandBody }
export type LetterEvent = z.infer<typeof letterEventSchema>
