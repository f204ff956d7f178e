import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Secrets } from '../../../src/main/client/account/accountKey.ts'
import { type Client, type ClientOptions, createClient } from '../../../src/main/client/client.ts'
import { SAMPLE_PASSWORD } from '../../../src/server/sampleOrganisation.ts'
import { nodeProcesses } from './nodeProcesses.ts'

const pcSecret = Buffer.alloc(32, 7)

/** Stands in for the system's safeStorage: real encryption, under a key that every test's PC shares. */
const testSecrets: Secrets = {
  encrypt: (text) => {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', pcSecret, nonce)
    return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  },
  decrypt: (bytes) => {
    const decipher = createDecipheriv('aes-256-gcm', pcSecret, bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(-16))
    return decipher.update(bytes.subarray(12, -16)).toString('utf8') + decipher.final('utf8')
  },
}

/** What the tests may set; the rest is as on a plain PC. */
export type TestClientOptions = Pick<ClientOptions, 'directory' | 'serverUrl'> & Partial<ClientOptions>

/** A client on the program's own sources: its real store worker, processes and synchroniser. */
export const startClient = (options: TestClientOptions): Client =>
  createClient({
    deviceName: 'เครื่องทดสอบ',
    secrets: testSecrets,
    processes: nodeProcesses(),
    storeWorkerPath: new URL('../../../src/main/processes/storeWorker.ts', import.meta.url),
    ...options,
  })

/** Signs a person of the sample organisation in, and fails loudly when that is refused. */
export async function signInAs(client: Client, username: string, password = SAMPLE_PASSWORD) {
  return accepted(await client.signIn({ username, password }))
}

/** The value of an accepted outcome; a refusal fails the test with its code. */
export function accepted<Value>(
  outcome: { ok: true; value: Value } | { ok: false; refusal: { code: string } },
): Value {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`)
  return outcome.value
}

/** The code of a refusal, or undefined when the outcome was accepted. */
export const codeOf = (outcome: { ok: boolean; refusal?: { code: string } }): string | undefined =>
  outcome.ok ? undefined : outcome.refusal?.code

/** Waits until `probe` gives something, looking every 50 ms. */
export async function eventually<Value>(
  what: string,
  probe: () => Promise<Value | undefined | false | null>,
  milliseconds = 45_000,
): Promise<Value> {
  const end = Date.now() + milliseconds
  for (;;) {
    const found = await probe()
    if (found) return found
    if (Date.now() > end) throw new Error(`${what} did not come about`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
