import { Worker } from 'node:worker_threads'
import { type Outcome, type Refusal, refuse } from '../../shared/outcome.ts'
import type { RevisionToCheck, SignedRevision } from '../../signing/signedRevision.ts'
import { turns } from '../turns.ts'

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

/** What the worker answers; `broke` when the check itself failed on this file. */
export type CheckAnswer = { readonly answer: unknown } | 'broke'

/**
 * Checks in a worker thread, one file after another. It is started when it is first needed, and again after it died
 * or was stopped over a file that took too long; such a file is refused, so that it does not come back for ever.
 */
export function workerChecks(): FileChecks {
  const inTurn = turns()
  let worker: Worker | undefined

  const start = () => {
    const started = new Worker(new URL('./checkWorker.ts', import.meta.url))
    started.unref()
    const forget = () => {
      if (worker === started) worker = undefined
    }
    started.on('error', forget).on('exit', forget)
    return started
  }

  const ask = (request: CheckRequest): Promise<CheckAnswer> =>
    inTurn('worker', () => {
      worker ??= start()
      return askOne(worker, request)
    })

  return {
    whyUnfit: async (bytes) => {
      const told = await ask({ kind: 'fit', bytes })
      return told === 'broke' ? { code: 'file-damaged' } : (told.answer as Refusal | null)
    },
    revision: async (revision) => {
      const told = await ask({ kind: 'revision', revision })
      if (told === 'broke') return refuse('signature-invalid', { reason: 'unreadable' })
      return told.answer as Outcome<SignedRevision>
    },
    close: async () => {
      await worker?.terminate()
    },
  }
}

const askOne = (worker: Worker, request: CheckRequest): Promise<CheckAnswer> =>
  new Promise((tell, fail) => {
    const leave = () => {
      clearTimeout(patience)
      worker.off('message', answered).off('error', died).off('exit', ended)
    }
    const answered = (answer: CheckAnswer) => {
      leave()
      tell(answer)
    }
    // A file over which the worker dies, for want of memory say, would kill the next one too.
    const died = () => answered('broke')
    const ended = () => {
      leave()
      fail(new Error('the file check stopped'))
    }
    const patience = setTimeout(() => {
      answered('broke')
      void worker.terminate()
    }, PATIENCE_MS)
    worker.on('message', answered).on('error', died).on('exit', ended)
    worker.postMessage(request)
  })
