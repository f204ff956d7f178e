import { setTimeout as wait } from 'node:timers/promises'
import type { FileStore } from '../files/store.ts'
import { carryOutDisposals, type DisposalParts } from './carryOutDisposals.ts'
import { expireReservations } from './expireReservations.ts'
import { removeFiles } from './removeFiles.ts'

const LOOK_EVERY_MS = 60_000

/** What the office's own work is done with. */
interface OfficeWorkParts extends DisposalParts {
  readonly store: FileStore
}

/** Work in the background that goes on until it is stopped. */
export interface OfficeWork {
  /** Says that there is something to be done now. */
  wake(): void
  stop(): Promise<void>
}

/**
 * What nobody has to ask for: reserved numbers run out, disposals that were decided are carried out, and the content of
 * what is gone is removed. Goes on until it is stopped; what one look misses the next one finds.
 */
export function startOfficeWork(parts: OfficeWorkParts): OfficeWork {
  const stopping = new AbortController()
  let resting = new AbortController()
  const work = async () => {
    while (!stopping.signal.aborted) {
      resting = new AbortController()
      const signal = AbortSignal.any([stopping.signal, resting.signal])
      // The database may be away for a moment.
      await lookOnce(parts, () => stopping.signal.aborted).catch(() => undefined)
      await wait(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined)
    }
  }
  const working = work()
  return {
    wake: () => resting.abort(),
    stop: async () => {
      stopping.abort()
      await working
    },
  }
}

async function lookOnce(parts: OfficeWorkParts, isStopping: () => boolean): Promise<void> {
  await expireReservations(parts)
  await carryOutDisposals(parts, isStopping)
  await removeFiles(parts, parts.clock())
}
