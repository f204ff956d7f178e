import type { MessagePort } from 'node:worker_threads'
import type Database from 'better-sqlite3-multiple-ciphers'
import { accept } from '../../../shared/outcome.ts'
import { faultFacts, type Log } from '../log.ts'
import { openDatabase } from './database.ts'
import type { StoreOperations, StoreReply, StoreRequest } from './operations.ts'
import { type Performer, performer } from './performer.ts'

/** While a device gets its first letters, indexing waits until no page has come for so long. */
const SNAPSHOT_REST_MS = 1000

/** Answers the store's requests that come in on `port`, one at a time. */
export function serveStore(port: MessagePort): void {
  const reply = (message: StoreReply) => port.postMessage(message)
  const log: Log = (event, facts = {}) => reply({ log: event, facts })
  let performing: Performer | undefined
  let database: Database | undefined

  const open: StoreOperations['open'] = ({ path, key, personId }) => {
    const opened = openDatabase(path, key)
    key.fill(0)
    if (!opened.ok) return opened
    database = opened.value
    performing = performer(opened.value, personId, log)
    return accept(null)
  }

  const answer = ({ name, input }: StoreRequest): unknown => {
    if (name === 'open') return open(input as Parameters<StoreOperations['open']>[0])
    if (name === 'close') {
      performing?.background.stop()
      performing = undefined
      database?.close()
      return null
    }
    if (performing === undefined) throw new Error('the store is not open')
    return performing.perform(name, input)
  }

  port.on('message', (request: StoreRequest) => {
    try {
      reply({ id: request.id, answer: answer(request) })
    } catch (error) {
      reply({ id: request.id, fault: { ...faultFacts(error), operation: request.name } })
    }
    performing?.background.wake(request.name === 'applySnapshot' ? SNAPSHOT_REST_MS : undefined)
  })
}
