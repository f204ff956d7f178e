import { Worker } from 'node:worker_threads'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import type { LibraryAnswer } from './libraryRebuilder.ts'
import type { Rebuilt } from './repair.ts'

/** A file that makes the library take more is refused. */
const mostMegabytes = 2048

/**
 * Rebuilds a file with pdf-lib, in a thread that can be stopped. Undefined when it finds no file in the bytes, takes
 * too long or too much memory. Refuses file-needs-password.
 */
export async function rebuildWithLibrary(
  bytes: Uint8Array,
  { signal, milliseconds }: { readonly signal?: AbortSignal; readonly milliseconds: number },
): Promise<Outcome<Rebuilt> | undefined> {
  const worker = new Worker(new URL('./libraryRebuilder.ts', import.meta.url), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    stderr: true,
    stdout: true,
  })
  const stop = (): void => void worker.terminate()
  const timer = setTimeout(stop, milliseconds)
  signal?.addEventListener('abort', stop)
  try {
    const answer = await new Promise<LibraryAnswer | undefined>((tell) => {
      worker.once('message', tell)
      worker.once('error', () => tell(undefined))
      worker.once('exit', () => tell(undefined))
    })
    if (answer === undefined) return undefined
    return answer.kind === 'locked' ? refuse('file-needs-password') : accept(answer)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
    await worker.terminate()
  }
}
