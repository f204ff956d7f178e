import { type Outcome, type Refusal, refuse } from '../../shared/outcome.ts'
import type { RevisionToCheck, SignedRevision } from '../../signing/signedRevision.ts'
import { workerThread } from '../workerThread.ts'

/** No file that people write takes this long to read; one that does was made to. */
const PATIENCE_MS = 60_000

/** Checks a signed revision, as checkSignedRevision of signing/ does. */
export type RevisionCheck = (revision: RevisionToCheck) => Promise<Outcome<SignedRevision>>

/** Looks into PDFs away from the thread that answers requests. */
export interface FileChecks {
  /** Why a file cannot be a letter (file-not-pdf, file-encrypted, file-damaged), or null. */
  readonly whyUnfit: (bytes: Uint8Array) => Promise<Refusal | null>
  readonly revision: RevisionCheck
  close(): Promise<void>
}

/** What the worker is asked. */
export type CheckRequest =
  | { readonly kind: 'fit'; readonly bytes: Uint8Array }
  | { readonly kind: 'revision'; readonly revision: RevisionToCheck }

/** Checks in a worker thread; a file that takes too long, or over which the thread dies, is refused. */
export function workerChecks(): FileChecks {
  const worker = workerThread<CheckRequest>(new URL('./checkWorker.ts', import.meta.url), PATIENCE_MS)
  return {
    whyUnfit: async (bytes) => {
      const told = await worker.ask({ kind: 'fit', bytes })
      return told === 'broke' ? { code: 'file-damaged' } : (told.answer as Refusal | null)
    },
    revision: async (revision) => {
      const told = await worker.ask({ kind: 'revision', revision })
      if (told === 'broke') return refuse('signature-invalid', { reason: 'unreadable' })
      return told.answer as Outcome<SignedRevision>
    },
    close: () => worker.close(),
  }
}
