import { z } from 'zod'
import { organisationSchema } from '../../../shared/contract/organisation.ts'
import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import type { SnapshotPlace } from '../store/operations.ts'
import { beginEpoch } from './beginEpoch.ts'
import { readJson, type ServerConnection } from './connection.ts'
import type { Pulling } from './pullFeed.ts'

const PAGE = 1000
const TIMEOUT_MS = 120_000

/**
 * Brings all letters to a store that has none yet: first those that are with somebody now, so that the trays can be
 * worked with at once, then all, the latest first. Goes on where it stopped, and does nothing once it is through. While
 * a page is being kept, the next one is on its way. Refuses server-unreachable and session-ended.
 */
export async function pullSnapshot(pulling: Pulling): Promise<Outcome<null>> {
  const { connection, store } = pulling
  let ahead: Ahead | undefined
  for (;;) {
    const place = await store.call('snapshotPlace')
    if (place === null) return accept(null)
    const asked = ahead !== undefined && isSame(ahead.place, place) ? ahead.page : askFor(connection, place)
    const answer = await asked
    if (!answer.ok) return answer
    const { page, next } = answer.value
    ahead = next === null ? undefined : { place: next, page: askFor(connection, next) }
    if (place.open) {
      // Read after the page: the organisation is at least as new as the cursor that comes with it.
      const organisation = await connection.json('/v1/organisation', organisationSchema)
      if (!organisation.ok) return organisation
      await store.call('keepOrganisation', organisation.value)
      pulling.organisationChanged(organisation.value)
    }
    const applied = await store.call('applySnapshot', { page, place })
    if (applied === null) return refuse('server-unreachable')
    if ('otherEpoch' in applied) {
      const begun = await beginEpoch(pulling, applied.otherEpoch)
      if (!begun.ok) return begun
    } else pulling.changed(applied.letterIds)
  }
}

/** A page as it came, and the place of the one after it as far as the answer's head says it. */
interface Asked {
  readonly page: Uint8Array
  readonly next: SnapshotPlace | null
}

/** A page that was asked for before the one in front of it was kept. */
interface Ahead {
  readonly place: SnapshotPlace
  readonly page: Promise<Outcome<Asked>>
}

const isSame = (one: SnapshotPlace, other: SnapshotPlace): boolean =>
  one.open ? other.open : !other.open && one.before === other.before

async function askFor(connection: ServerConnection, place: SnapshotPlace): Promise<Outcome<Asked>> {
  const before = place.open || place.before === null ? '' : `&before=${place.before}`
  const path = `/v1/snapshot?open=${place.open}${before}&limit=${PAGE}`
  const response = await connection.send(path, { timeoutMs: TIMEOUT_MS })
  if (!response.ok) return response
  if (!response.value.ok) return readJson(response.value, z.never())
  try {
    const page = new Uint8Array(await response.value.arrayBuffer())
    return accept({ page, next: place.open ? firstOfAll : nextIn(response.value) })
  } catch {
    return refuse('server-unreachable')
  }
}

const firstOfAll: SnapshotPlace = { open: false, before: null }

function nextIn(response: Response): SnapshotPlace | null {
  const [, before] = /[?&]before=([0-9a-f-]{36})[&>]/.exec(response.headers.get('link') ?? '') ?? []
  return before === undefined ? null : { open: false, before }
}
