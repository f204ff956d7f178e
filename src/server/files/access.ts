import { type Kysely, sql } from 'kysely'
import type { AudienceToken } from '../../shared/domain/audience.ts'
import type { Tables } from '../database/tables.ts'

/** A stored file that someone may use. */
export interface UsableFile {
  readonly sha256: string
  readonly bytes: number
}

/**
 * The stored file `sha256`, if the person may use it: who brought it, who may see a letter that it belongs to, or who
 * registers what other agencies sent.
 * Undefined both when it is not stored and when it is not theirs to see.
 */
export async function usableFile(
  database: Kysely<Tables>,
  personId: string,
  tokens: readonly string[],
  sha256: string,
): Promise<UsableFile | undefined> {
  const registryTokens = ['', ...tokens].filter((token) => /^(registry.*)?$/.test(token)) as AudienceToken[]
  return database
    .selectFrom('file')
    .select(['file.sha256', 'file.bytes'])
    .where('file.sha256', '=', sha256)
    .where(({ or, exists, selectFrom }) =>
      or([
        // The central registry reads what other agencies sent before it is anybody's letter.
        exists(
          selectFrom('exchangeItemFile')
            .select(sql`1`.as('one'))
            .whereRef('exchangeItemFile.sha256', '=', 'file.sha256')
            .where('exchangeItemFile.audience', 'in', registryTokens),
        ),
        exists(
          selectFrom('fileUploader')
            .select(sql`1`.as('one'))
            .whereRef('fileUploader.sha256', '=', 'file.sha256')
            .where('fileUploader.personId', '=', personId),
        ),
        exists(
          selectFrom('letterFile')
            .innerJoin('letter', 'letter.id', 'letterFile.letterId')
            .select(sql`1`.as('one'))
            .whereRef('letterFile.sha256', '=', 'file.sha256')
            .where('letter.audience', '&&', sql<string[]>`${[...tokens]}`),
        ),
      ]),
    )
    .executeTakeFirst()
}
