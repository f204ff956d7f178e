import { Worker } from 'node:worker_threads'
import type { Log } from '../log.ts'
import type { StoreAnswer, StoreInput, StoreOperation, StoreReply, StoreRequest } from './operations.ts'

type Arguments<Name extends StoreOperation> = StoreInput<Name> extends undefined ? [] : [StoreInput<Name>]

/** The store of one account, in a worker thread of its own. */
export interface Store {
  /** Performs one operation as one transaction. Throws when the store has a fault; then nothing was kept. */
  call<Name extends StoreOperation>(name: Name, ...input: Arguments<Name>): Promise<StoreAnswer<Name>>
  /** Closes the database after what was asked before, and ends the worker. */
  close(): Promise<void>
}

/** Starts the store worker; `call('open', …)` comes first. */
export function startStore(workerPath: string | URL, log: Log): Store {
  const worker = new Worker(workerPath)
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>()
  let lastId = 0
  let ended: Error | undefined

  const end = (error: Error) => {
    ended = error
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('error', () => end(new Error('the store worker has failed')))
  worker.on('exit', () => end(new Error('the store worker has ended')))
  worker.on('message', (reply: StoreReply) => {
    if ('log' in reply) return log(reply.log, reply.facts)
    const request = waiting.get(reply.id)
    waiting.delete(reply.id)
    if ('answer' in reply) return request?.resolve(reply.answer)
    log('store.fault', reply.fault)
    const error = new Error(`the store could not do ${reply.fault.operation}`)
    request?.reject(Object.assign(error, { code: reply.fault.code }))
  })

  const send = (name: StoreOperation, input: unknown): Promise<unknown> => {
    if (ended !== undefined) return Promise.reject(ended)
    const request: StoreRequest = { id: ++lastId, name, input }
    return new Promise((resolve, reject) => {
      waiting.set(request.id, { resolve, reject })
      worker.postMessage(request)
    })
  }

  return {
    call: <Name extends StoreOperation>(name: Name, ...[input]: Arguments<Name>) =>
      send(name, input) as Promise<StoreAnswer<Name>>,
    close: async () => {
      if (ended === undefined) await send('close', undefined)
      await worker.terminate()
    },
  }
}
