import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { FileStore } from '../files/store.ts'

/** What somebody brought so lately that a letter may be on its way with it. */
const FRESH_UPLOAD_MS = 30 * 24 * 3600 * 1000

/**
 * Removes the content of letters that are gone (destroyed, or with the National Archives) from the store: files that no
 * letter, nothing of the exchange and no late upload refers to. No other file is ever removed.
 *
 * In two looks: the first takes the right to use a file from those who brought it once, so that no new letter begins
 * with it, and the next one removes it. Returns how many files went.
 */
export async function removeFiles(
  { database, store }: { readonly database: Kysely<Tables>; readonly store: FileStore },
  now: Date,
): Promise<number> {
  const fresh = new Date(now.getTime() - FRESH_UPLOAD_MS)
  let removed = 0
  for (const { sha256, brought } of await unneeded(database, fresh)) {
    await database.transaction().execute(async (transaction) => {
      await transaction.selectFrom('file').select('sha256').where('sha256', '=', sha256).forUpdate().execute()
      if (brought) {
        await transaction
          .deleteFrom('fileUploader')
          .where('sha256', '=', sha256)
          .where('broughtAt', '<', fresh)
          .execute()
        return
      }
      if ((await unneeded(transaction, fresh, sha256)).length === 0) return
      // The content first: where this is cut short, the row is still there to try again by.
      await store.remove(sha256)
      await transaction.deleteFrom('file').where('sha256', '=', sha256).execute()
      removed += 1
    })
  }
  return removed
}

/** Files of letters that are gone to which nothing else refers; `brought` while somebody may still use them. */
async function unneeded(
  database: Kysely<Tables>,
  fresh: Date,
  sha256?: string,
): Promise<{ sha256: string; brought: boolean }[]> {
  const { rows } = await sql<{ sha256: string; brought: boolean }>`
    select distinct file.sha256,
      exists (select from file_uploader where file_uploader.sha256 = file.sha256) as brought
    from letter
    cross join lateral (
      select revision ->> 'sha256' as sha256 from jsonb_array_elements(letter -> 'revisions') as revision
      union all
      select enclosure #>> '{file,sha256}' from jsonb_array_elements(letter -> 'enclosures') as enclosure
    ) as named
    join file on file.sha256 = named.sha256
    where letter.stage = 'gone' and (${sha256 ?? null}::text is null or file.sha256 = ${sha256 ?? null})
      and not exists (select from letter_file where letter_file.sha256 = file.sha256)
      and not exists (select from exchange_item_file where exchange_item_file.sha256 = file.sha256)
      and not exists (select from exchange_item where evidence_sha256 = file.sha256)
      and not exists (select from exchange_confirmation where evidence_sha256 = file.sha256)
      and not exists (select from exchange_outbox
        where state = 'waiting' and position(file.sha256 in exchange_outbox.message::text) > 0)
      and not exists (select from file_uploader where file_uploader.sha256 = file.sha256
        and brought_at >= ${fresh})`.execute(database)
  return rows
}
