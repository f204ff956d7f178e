import { type Organisation, organisationSchema } from '../../../shared/contract/organisation.ts'
import { type FeedEntry, feedPageSchema } from '../../../shared/contract/sync.ts'
import { accept, type Outcome } from '../../../shared/outcome.ts'
import type { Store } from '../store/store.ts'
import { beginEpoch } from './beginEpoch.ts'
import type { ServerConnection } from './connection.ts'
import { pullSnapshot } from './pullSnapshot.ts'

/** What pulling works with, and whom it tells. */
export interface Pulling {
  readonly connection: ServerConnection
  readonly store: Store
  /** Letters changed; the store knows it already. */
  readonly changed: (letterIds: readonly string[]) => void
  readonly organisationChanged: (organisation: Organisation) => void
  /** Asked before more than a tenth of all letters (and more than ten) would go. */
  readonly mayRetract: (retracts: number, letters: number) => Promise<boolean>
}

const PAGE = 500
const RETRACTS_UNASKED = 10
const PART_UNASKED = 0.1

/**
 * Pulls the snapshot where there is no letter yet, then the feed to its end, page by page; a page and the cursor after
 * it are kept together. A feed of another epoch,
 * of a server that was restored from a backup, is pulled from its start in place of all that was pulled before. Returns
 * 'held' when it stopped because it would have taken too many letters away. Refuses server-unreachable and
 * session-ended.
 */
export async function pullFeed(pulling: Pulling): Promise<Outcome<'done' | 'held'>> {
  const { connection, store, changed, mayRetract } = pulling
  const snapshot = await pullSnapshot(pulling)
  if (!snapshot.ok) return snapshot
  const letters = await store.call('letterCount')
  let retracts = 0
  let allowed = false
  for (;;) {
    const after = await store.call('cursor')
    const page = await connection.json(`/v1/feed?after=${after}&limit=${PAGE}`, feedPageSchema)
    if (!page.ok) return page
    const { epoch, entries, next, head } = page.value
    const known = await store.call('epoch')
    if (known === null) await store.call('keepEpoch', epoch)
    else if (known !== epoch) {
      const begun = await beginEpoch(pulling, epoch)
      return begun.ok ? pullFeed(pulling) : begun
    }
    retracts += entries.filter(({ kind }) => kind === 'retract').length
    if (!allowed && retracts > RETRACTS_UNASKED && retracts > letters * PART_UNASKED) {
      if (!(await mayRetract(retracts, letters))) return accept('held')
      allowed = true
    }
    const organisation = await organisationFor(entries, connection)
    if (!organisation.ok) return organisation
    if (next > after) {
      const { letterIds } = await store.call('applyPage', { entries, next, organisation: organisation.value })
      if (organisation.value !== null) pulling.organisationChanged(organisation.value)
      if (letterIds.length > 0 || organisation.value !== null) changed(letterIds)
    }
    if (next >= head || next <= after) return accept('done')
  }
}

async function organisationFor(
  entries: readonly FeedEntry[],
  connection: ServerConnection,
): Promise<Outcome<Organisation | null>> {
  if (!entries.some(({ kind }) => kind === 'organisation')) return accept(null)
  return connection.json('/v1/organisation', organisationSchema)
}
