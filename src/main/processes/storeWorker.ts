import { parentPort } from 'node:worker_threads'
import { serveStore } from '../client/store/serveStore.ts'

if (parentPort === null) throw new Error('the store runs in a worker thread')
serveStore(parentPort)
