import { z } from 'zod'
import { sha256Schema } from '../../shared/contract/letter.ts'

/**
 * A backup is a tar archive, in this order: `saraban-backup.json` (openingSchema); for each table, those that others
 * refer to first, `tables/NAME/000001.jsonl.gz` and so on, a row a line as PostgreSQL writes it in JSON; each file as
 * `files/SHA256`; last `manifest.json` (manifestSchema), without which the archive is not whole.
 */
export const OPENING = 'saraban-backup.json'
export const MANIFEST = 'manifest.json'
export const FORMAT = 1

/**
 * What is not taken along: sessions and their tokens, so that a stolen backup lets nobody in and everyone signs in
 * again after a restore; wrong passwords, which mean nothing then; and the schema's version, which the opening tells.
 */
export const leftOut: ReadonlySet<string> = new Set([
  'session',
  'session_token',
  'sign_in_failure',
  'schema_version',
])

/** What an archive begins with. */
export const openingSchema = z.object({
  format: z.literal(FORMAT),
  schema: z.number().int().positive(),
  takenAt: z.iso.datetime(),
})

/** What an archive ends with: all that was put into it. */
export const manifestSchema = openingSchema.extend({
  feedHead: z.number().int().nonnegative(),
  /** For each table its rows and the SHA-256 of all its lines. */
  tables: z.record(z.string(), z.object({ rows: z.number().int(), sha256: sha256Schema })),
  counters: z.array(z.object({ register: z.string(), year: z.number().int(), last: z.number().int() })),
  files: z.object({
    count: z.number().int(),
    bytes: z.number().int(),
    /** Files that the server had lost or that were altered when the backup was taken. */
    lost: z.array(sha256Schema),
    altered: z.array(sha256Schema),
  }),
})

/** What a backup holds. */
export type BackupManifest = z.infer<typeof manifestSchema>
