import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { IpcInput } from '../../../src/shared/contract/ipc.ts'
import type { SigningStep } from '../../../src/shared/contract/views.ts'

/** What the process that signs is told. */
export interface SigningErrand {
  readonly directory: string
  readonly serverUrl: string
  readonly person: string
  readonly environment: Readonly<Record<string, string>>
  readonly order: IpcInput<'signing.sign'>
}

/** What the process that signs tells. */
export type ErrandNews = { readonly step: SigningStep } | { readonly signed: boolean }

/**
 * Signs in a process of its own, which is killed without warning as soon as it tells `step`. Returns the steps
 * that were told.
 */
export async function signUntilKilled(errand: SigningErrand, step: SigningStep): Promise<SigningStep[]> {
  const entry = fileURLToPath(new URL('./signingErrand.ts', import.meta.url))
  const child = fork(entry, [], { serialization: 'advanced', execArgv: [] })
  const steps: SigningStep[] = []
  child.on('message', (message) => {
    const news = message as ErrandNews
    if (!('step' in news)) return
    steps.push(news.step)
    if (news.step === step) child.kill('SIGKILL')
  })
  const ended = once(child, 'exit')
  child.send(errand)
  const [code, signal] = await ended
  if (signal !== 'SIGKILL') throw new Error(`the client ended by itself (${code}) after ${steps.join()}`)
  return steps
}
