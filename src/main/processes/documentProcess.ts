import { parentPort } from '../client/processes/parentPort.ts'
import { serveDocuments } from '../client/processes/serveDocuments.ts'

serveDocuments(parentPort())
