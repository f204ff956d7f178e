import type { PageInspection } from '../../../pdf/inspect.ts'
import type { Places } from '../../../pdf/places/places.ts'
import { accept, type Outcome } from '../../../shared/outcome.ts'
import type { Documents } from '../processes/documents.ts'

/** What is known of a revision before it is signed. */
interface RevisionPlaces {
  readonly pages: readonly PageInspection[]
  readonly places: Places
}

/** The places of the revision with the hash and bytes. */
export type PlaceCache = (sha256: string, bytes: Uint8Array) => Promise<Outcome<RevisionPlaces>>

const REMEMBERED = 20

/** Finds the places of a revision once; the sign dialog and the signing itself ask for the same. */
export function placeCache(documents: Documents): PlaceCache {
  const known = new Map<string, RevisionPlaces>()
  return async (sha256, bytes) => {
    const remembered = known.get(sha256)
    if (remembered !== undefined) return accept(remembered)
    const inspection = await documents.call('inspect', bytes)
    if (!inspection.ok) return inspection
    const places = await documents.call('findPlaces', bytes)
    if (!places.ok) return places
    const found = { pages: inspection.value.pages, places: places.value }
    known.set(sha256, found)
    const [oldest] = known.keys()
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest)
    return accept(found)
  }
}
