import type { Kysely } from 'kysely'
import { refuse } from '../../shared/outcome.ts'
import type { ExtensionOrder } from '../../signing/extend.ts'
import type { Tables } from '../database/tables.ts'
import { trustedRoots } from '../trustedRoots.ts'
import { workerThread } from '../workerThread.ts'
import type { Augment } from './augmentation.ts'

/** What the thread is asked. */
export interface AugmentRequest {
  readonly file: Uint8Array
  readonly order: ExtensionOrder
}

/** Services are waited for one after another, each for its own time. */
const PATIENCE_MS = 180_000

/** Augments in a thread of its own: waiting for services holds up neither requests nor the checks of files. */
export function augmentInThread(
  database: Kysely<Tables>,
  order: Omit<ExtensionOrder, 'trust'>,
): { readonly augment: Augment; close(): Promise<void> } {
  const worker = workerThread<AugmentRequest>(new URL('./augmentWorker.ts', import.meta.url), PATIENCE_MS)
  return {
    augment: async (file) => {
      const trust = await trustedRoots(database)
      const told = await worker.ask({ file, order: { ...order, trust } })
      return told === 'broke' ? refuse('server-fault') : (told.answer as Awaited<ReturnType<Augment>>)
    },
    close: () => worker.close(),
  }
}
