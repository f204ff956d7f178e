import { Worker } from 'node:worker_threads'
import { turns } from './turns.ts'

/** What a worker's script sends back for each request; `broke` when the work itself failed. */
export type WorkerAnswer<Answer> = { readonly answer: Answer } | 'broke'

/** A worker thread that answers one request after another. */
export interface WorkerThread<Request> {
  /** The answer, or `broke` when the work failed, took longer than it may, or the thread died over it. */
  ask(request: Request): Promise<WorkerAnswer<unknown>>
  close(): Promise<void>
}

/**
 * A thread that runs `script`. It is started when it is first needed, and again after it died or was stopped over a
 * request that took longer than `patienceMs`, so that one bad request does not come back for ever.
 */
export function workerThread<Request>(script: URL, patienceMs: number): WorkerThread<Request> {
  const inTurn = turns()
  let worker: Worker | undefined

  const start = () => {
    const started = new Worker(script)
    started.unref()
    const forget = () => {
      if (worker === started) worker = undefined
    }
    started.on('error', forget).on('exit', forget)
    return started
  }

  return {
    ask: (request) =>
      inTurn('worker', () => {
        worker ??= start()
        return askOne(worker, request, patienceMs)
      }),
    close: async () => {
      await worker?.terminate()
    },
  }
}

const askOne = (worker: Worker, request: unknown, patienceMs: number): Promise<WorkerAnswer<unknown>> =>
  new Promise((tell, fail) => {
    const leave = () => {
      clearTimeout(patience)
      worker.off('message', answered).off('error', died).off('exit', ended)
    }
    const answered = (answer: WorkerAnswer<unknown>) => {
      leave()
      tell(answer)
    }
    // What the worker dies over, for want of memory say, would kill the next one too.
    const died = () => answered('broke')
    const ended = () => {
      leave()
      fail(new Error('the worker thread stopped'))
    }
    const patience = setTimeout(() => {
      answered('broke')
      void worker.terminate()
    }, patienceMs)
    worker.on('message', answered).on('error', died).on('exit', ended)
    worker.postMessage(request)
  })
