import { parentPort } from 'node:worker_threads'
import { inspect } from '../../pdf/inspect.ts'
import { checkSignedRevision } from '../../signing/signedRevision.ts'
import type { CheckAnswer, CheckRequest } from './checks.ts'

parentPort?.on('message', async (request: CheckRequest) => {
  const tell = (answer: CheckAnswer) => parentPort?.postMessage(answer)
  try {
    tell({ answer: await check(request) })
  } catch (error) {
    // Where it broke, for whoever mends it; never what the file says.
    const at = error instanceof Error ? error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) : []
    console.error(JSON.stringify({ level: 50, msg: 'file check broke', kind: request.kind, at }))
    tell('broke')
  }
})

async function check(request: CheckRequest): Promise<unknown> {
  if (request.kind === 'revision') return checkSignedRevision(request.revision)
  const inspected = await inspect(request.bytes)
  return inspected.ok ? null : inspected.refusal
}
