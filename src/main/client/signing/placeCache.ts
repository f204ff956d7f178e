import type { PageInspection } from '../../../pdf/inspect.ts'
import type { Places } from '../../../pdf/places.ts'
import { accept, type Outcome } from '../../../shared/outcome.ts'
import type { Documents } from '../processes/documents.ts'

/** What is known of a revision before it is signed. */
export interface RevisionPlaces {
  readonly pages: readonly PageInspection[]
  readonly places: Places
}

const REMEMBERED = 20
const MARGIN = 36

/**
 * Places for a file that can be read and signed but not drawn here in time: number and date at the top right, the
 * block at the bottom right, all said to overlap so that a person looks.
 */
function plainPlaces(pages: readonly PageInspection[]): Places {
  const first = pages[0] ?? { width: 595, height: 842 }
  const last = pages[pages.length - 1] ?? first
  const x = Math.max(first.width - 220, MARGIN)
  return {
    number: { page: 1, place: { x, y: first.height - MARGIN }, fontSize: 14, form: 'withLabel' },
    date: { page: 1, place: { x, y: first.height - MARGIN - 20 }, fontSize: 14, form: 'withLabel' },
    block: {
      page: Math.max(pages.length, 1),
      place: { x: Math.max(last.width - 204 - MARGIN, 0), y: MARGIN, width: 204, height: 58 },
    },
    overlaps: { number: 1, date: 1, block: 1 },
  }
}

/** Finds the places of a revision once; the sign dialog and the signing itself ask for the same. */
export function placeCache(documents: Documents) {
  const known = new Map<string, RevisionPlaces>()
  return async (sha256: string, bytes: Uint8Array): Promise<Outcome<RevisionPlaces>> => {
    const remembered = known.get(sha256)
    if (remembered !== undefined) return accept(remembered)
    const inspection = await documents.call('inspect', bytes)
    if (!inspection.ok) return inspection
    const { pages } = inspection.value
    const proposed = await documents.call('findPlaces', bytes)
    const found = { pages, places: proposed.ok ? proposed.value : plainPlaces(pages) }
    known.set(sha256, found)
    const [oldest] = known.keys()
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest)
    return accept(found)
  }
}
