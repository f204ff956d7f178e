import { inspect } from '../../pdf/inspect.ts'
import { checkSignedRevision } from '../../signing/signedRevision.ts'
import { serveThread } from '../serveThread.ts'
import type { CheckRequest } from './checks.ts'

serveThread<CheckRequest>('file check', async (request) => {
  if (request.kind === 'revision') return checkSignedRevision(request.revision)
  const inspected = await inspect(request.bytes)
  return inspected.ok ? null : inspected.refusal
})
