import { z } from 'zod'
import { refusalBodySchema } from './sync.ts'

/** A file that came with an item; its bytes are at GET /v1/files/SHA256. */
const fileSchema = z.object({ mimeType: z.string(), sha256: z.string(), bytes: z.number() })

/** What another agency sent and no registry clerk has settled yet. */
const exchangeItemSchema = z.object({
  id: z.uuid(),
  state: z.enum(['arrived', 'registered', 'quarantined']),
  arrivedAt: z.iso.datetime(),
  /** What it says of itself; null for what could not be read. */
  letter: z
    .object({
      number: z.string(),
      date: z.string(),
      subject: z.string(),
      /** The codes of secrecy and speed in the exchange's own lists. */
      secrecyCode: z.string(),
      speedCode: z.string(),
      senderTitle: z.string(),
      senderDepartment: z.string(),
      enclosures: z.string(),
      /** The letter itself, then what came with it. */
      files: z.array(fileSchema).min(1),
    })
    .nullable(),
  /** Why it is in quarantine. */
  refusal: refusalBodySchema.nullable(),
  /** The receive number that its sender calls wrong. */
  disputedNumber: z.string().nullable(),
})

export const exchangeItemsSchema = z.object({ items: z.array(exchangeItemSchema) })

/** What a clerk decides on an item other than registering it: it is not for us, or something is wrong with it. */
export const settleItemSchema = z.object({ state: z.enum(['rejected', 'invalid']) })

export type ExchangeItem = z.infer<typeof exchangeItemSchema>
