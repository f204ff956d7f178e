import { parentPort } from 'node:worker_threads'
import type { WorkerAnswer } from './workerThread.ts'

/** Answers what workerThread asks. What broke is told to whoever mends it, by where; never what a file says. */
export function serveThread<Request>(name: string, work: (request: Request) => Promise<unknown>): void {
  const tell = (answer: WorkerAnswer<unknown>) => parentPort?.postMessage(answer)
  parentPort?.on('message', async (request: Request) => {
    try {
      tell({ answer: await work(request) })
    } catch (error) {
      const at = error instanceof Error ? error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) : []
      console.error(JSON.stringify({ level: 50, msg: `${name} broke`, at }))
      tell('broke')
    }
  })
}
