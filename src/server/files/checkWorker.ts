import { parentPort } from 'node:worker_threads'
import { inspect } from '../../pdf/inspect.ts'
import { checkSignedRevision } from '../../signing/signedRevision.ts'
import type { CheckAnswer, CheckRequest } from './checks.ts'

parentPort?.on('message', async ({ id, request }: { id: number; request: CheckRequest }) => {
  const tell = (answer: CheckAnswer) => parentPort?.postMessage(answer)
  try {
    tell({ id, answer: await check(request) })
  } catch (error) {
    tell({ id, failure: error instanceof Error ? (error.stack ?? error.message) : 'unknown' })
  }
})

async function check(request: CheckRequest): Promise<unknown> {
  if (request.kind === 'revision') return checkSignedRevision(request.revision)
  const inspected = await inspect(request.bytes)
  return inspected.ok ? null : inspected.refusal
}
