import { type Kysely, sql } from 'kysely'
import type { Revision } from '../../shared/contract/letter.ts'
import { currentRevision } from '../../shared/domain/letter.ts'
import type { Tables } from '../database/tables.ts'

/** A signed letter that nobody has, and whose signatures wait for evidence. */
export interface RestingLetter {
  readonly letterId: string
  readonly revision: Revision
}

/**
 * Letters that have rested since `before` without evidence, longest first, besides those in `except`; at most
 * `limit`.
 */
export async function restingLetters(
  database: Kysely<Tables>,
  before: Date,
  except: readonly string[],
  limit: number,
): Promise<RestingLetter[]> {
  const rows = await database
    .selectFrom('letter')
    .select(['id', 'letter'])
    .where('stage', '=', 'signed')
    .where(sql<boolean>`coalesce(letter -> 'augmented', 'null') = 'null'`)
    .where(sql<boolean>`jsonb_array_length(letter -> 'signatures') > 0`)
    .where('changedAt', '<', before)
    .where(sql<boolean>`not (id = any(${[...except]}::uuid[]))`)
    .orderBy('changedAt')
    .limit(limit)
    .execute()
  return rows.flatMap(({ id, letter }) => {
    const revision = currentRevision(letter)
    return revision ? [{ letterId: id, revision }] : []
  })
}
