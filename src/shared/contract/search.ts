import { z } from 'zod'
import { letterKindSchema, urgencySchema } from './facts.ts'

/** What of a letter a text is: its subject, a number, a person's name, an order and so on. */
export type SearchField =
  | 'subject'
  | 'number'
  | 'sender'
  | 'addressee'
  | 'reference'
  | 'enclosure'
  | 'people'
  | 'order'
  | 'note'
  | 'reason'
  | 'file'
  | 'document'

const stageSchema = z.enum([
  'draft',
  'checking',
  'registered',
  'proposed',
  'signed',
  'ordered',
  'returned',
  'closed',
  'cancelled',
  'stored',
  'gone',
])

/** What a search is narrowed to; absent is everything. */
export const searchFiltersSchema = z.object({
  unitId: z.string().max(64).optional(),
  registerId: z.string().max(64).optional(),
  kind: letterKindSchema.optional(),
  stage: stageSchema.optional(),
  urgency: urgencySchema.optional(),
  /** The first and the last day (Gregorian, inclusive) of the letter's own date, or where it has none, of its draft. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
})

export type SearchFilters = z.infer<typeof searchFiltersSchema>

/** From where to where (exclusive) a found word stands, in UTF-16 units of the text shown. */
export type Mark = readonly [start: number, end: number]

/** A part of one of a letter's texts with the found words marked. */
export interface Snippet {
  readonly field: SearchField
  readonly text: string
  readonly marks: readonly Mark[]
}

/** The highest total that is counted. */
export const MOST_COUNTED = 1000
