import type { MessagePort } from 'node:worker_threads'
import type Database from 'better-sqlite3-multiple-ciphers'
import { accept } from '../../../shared/outcome.ts'
import { faultFacts, type Log } from '../log.ts'
import { openDatabase } from './database.ts'
import { letterOperations } from './letterOperations.ts'
import { letterRecords } from './letterRecords.ts'
import type { StoreOperation, StoreOperations, StoreReply, StoreRequest } from './operations.ts'
import { outboxOperations } from './outboxOperations.ts'
import { type SearchBackground, searchBackground } from './searchBackground.ts'
import { searchOperations } from './searchOperations.ts'
import { prepareStatements } from './statements.ts'

/** What the server has and gives again: a power cut may take it back, with its cursor. */
const fromServer: ReadonlySet<StoreOperation> = new Set(['applyPage', 'applySnapshot'])
/** While a device gets its first letters, indexing waits until no page has come for so long. */
const SNAPSHOT_REST_MS = 1000

/** Answers the store's requests that come in on `port`, one at a time. */
export function serveStore(port: MessagePort): void {
  const reply = (message: StoreReply) => port.postMessage(message)
  const log: Log = (event, facts = {}) => reply({ log: event, facts })
  let perform: ((name: StoreOperation, input: unknown) => unknown) | undefined
  let database: Database | undefined
  let background: SearchBackground | undefined

  const open: StoreOperations['open'] = ({ path, key, personId }) => {
    const opened = openDatabase(path, key)
    key.fill(0)
    if (!opened.ok) return opened
    database = opened.value
    const statements = prepareStatements(database, log)
    const letters = letterRecords(statements, personId)
    const indexing = searchBackground(statements, letters, log)
    const operations = {
      ...outboxOperations(statements, letters),
      ...letterOperations(statements, letters, personId),
      ...searchOperations(statements, letters, personId, indexing.unindexed),
    } as Record<string, (input: unknown) => unknown>
    perform = (name, input) => {
      const work = () => operations[name]?.(input)
      return fromServer.has(name) ? statements.background(work) : statements.transaction(work)
    }
    background = indexing
    return accept(null)
  }

  const answer = ({ name, input }: StoreRequest): unknown => {
    if (name === 'open') return open(input as Parameters<StoreOperations['open']>[0])
    if (name === 'close') {
      perform = undefined
      background?.stop()
      database?.close()
      return null
    }
    if (perform === undefined) throw new Error('the store is not open')
    return perform(name, input)
  }

  port.on('message', (request: StoreRequest) => {
    try {
      reply({ id: request.id, answer: answer(request) })
    } catch (error) {
      reply({ id: request.id, fault: { ...faultFacts(error), operation: request.name } })
    }
    background?.wake(request.name === 'applySnapshot' ? SNAPSHOT_REST_MS : undefined)
  })
}
