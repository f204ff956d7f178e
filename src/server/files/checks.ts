import { Worker } from 'node:worker_threads'
import type { Outcome, Refusal } from '../../shared/outcome.ts'
import type { RevisionToCheck, SignedRevision } from '../../signing/signedRevision.ts'

/** Checks a signed revision, as checkSignedRevision of signing/ does. */
export type RevisionCheck = (revision: RevisionToCheck) => Promise<Outcome<SignedRevision>>

/** Looks into PDFs away from the thread that answers requests. */
export interface FileChecks {
  /** Why a file cannot be a letter (file-not-pdf, file-encrypted, file-damaged), or null. */
  readonly whyUnfit: (bytes: Uint8Array) => Promise<Refusal | null>
  readonly revision: RevisionCheck
  close(): Promise<void>
}

/** What the worker is asked, and what it answers. */
export type CheckRequest =
  | { readonly kind: 'fit'; readonly bytes: Uint8Array }
  | { readonly kind: 'revision'; readonly revision: RevisionToCheck }
export type CheckAnswer =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failure: string }

/** Checks in a worker thread, started when it is first needed and again after it died. */
export function workerChecks(): FileChecks {
  let worker: Worker | undefined
  let lastId = 0
  const asked = new Map<number, { answer: (value: unknown) => void; fail: (error: Error) => void }>()

  const start = () => {
    const started = new Worker(new URL('./checkWorker.ts', import.meta.url))
    started.unref()
    started.on('message', (message: CheckAnswer) => {
      const request = asked.get(message.id)
      asked.delete(message.id)
      if ('failure' in message) request?.fail(new Error(message.failure))
      else request?.answer(message.answer)
    })
    const died = (error?: Error) => {
      if (worker === started) worker = undefined
      for (const { fail } of asked.values()) fail(error ?? new Error('the file check stopped'))
      asked.clear()
    }
    started.on('error', died)
    started.on('exit', () => died())
    return started
  }

  const ask = (request: CheckRequest): Promise<unknown> =>
    new Promise((answer, fail) => {
      worker ??= start()
      lastId += 1
      asked.set(lastId, { answer, fail })
      worker.postMessage({ id: lastId, request })
    })

  return {
    whyUnfit: async (bytes) => (await ask({ kind: 'fit', bytes })) as Refusal | null,
    revision: async (revision) => (await ask({ kind: 'revision', revision })) as Outcome<SignedRevision>,
    close: async () => {
      await worker?.terminate()
    },
  }
}
