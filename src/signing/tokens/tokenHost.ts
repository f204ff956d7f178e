import { randomUUID } from 'node:crypto'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { OpenDrivers } from './pkcs11/openDrivers.ts'
import type { OpenedSigner, OpenOrder, TokenHostMessage, TokenHostRequest } from './tokenHostProtocol.ts'
import type { TokenSigner } from './tokenSigner.ts'

/** Where the requests come from: Electron's parentPort, a MessagePort, or a child process's channel. */
export interface TokenHostPort {
  on(event: 'message', listener: (message: unknown) => void): unknown
  postMessage(message: TokenHostMessage): void
}

/** How often watched tokens are looked at, in milliseconds. */
const watchInterval = 2000

/**
 * Answers token requests one at a time until the process ends, with the drivers that may be loaded. It runs in a
 * process of its own: a driver's crash ends it.
 */
export function serveTokenHost(port: TokenHostPort, allowed: readonly string[]): void {
  const drivers = new OpenDrivers(allowed)
  const signers = new OpenSigners(drivers)
  let queue: Promise<void> = Promise.resolve()
  let watching: NodeJS.Timeout | undefined
  let presence = ''

  const look = (): void => {
    queue = queue.then(() => {
      const now = drivers.presence()
      if (watching !== undefined && now !== presence) port.postMessage({ kind: 'tokens-changed' })
      presence = now
    })
  }
  const watch = (on: boolean): Outcome<void> => {
    clearInterval(watching)
    watching = on ? setInterval(look, watchInterval) : undefined
    presence = on ? drivers.presence() : ''
    return accept(undefined)
  }
  const answer = async (request: TokenHostRequest): Promise<void> => {
    const { id, kind } = request
    switch (kind) {
      case 'tokens':
        return port.postMessage({ id, kind, outcome: await drivers.tokens() })
      case 'open':
        return port.postMessage({ id, kind, outcome: await signers.open(request) })
      case 'sign':
        return port.postMessage({ id, kind, outcome: await signers.sign(request) })
      case 'close':
        return port.postMessage({ id, kind, outcome: await signers.close(request.signer) })
      case 'watch':
        return port.postMessage({ id, kind, outcome: watch(request.on) })
    }
  }
  port.on('message', (message) => {
    const request = requestIn(message)
    queue = queue.then(() => answer(request))
  })
}

/** Electron wraps what it delivers into an event; other channels deliver it bare. */
function requestIn(message: unknown): TokenHostRequest {
  const isEvent = typeof message === 'object' && message !== null && 'data' in message && !('kind' in message)
  return (isEvent ? message.data : message) as TokenHostRequest
}

type SignRequest = Extract<TokenHostRequest, { readonly kind: 'sign' }>

/** The signers that were opened and not closed yet, by the name that requests use. */
class OpenSigners {
  readonly #drivers: OpenDrivers
  readonly #open = new Map<string, TokenSigner>()

  constructor(drivers: OpenDrivers) {
    this.#drivers = drivers
  }

  async open(order: OpenOrder): Promise<Outcome<OpenedSigner>> {
    const opened = await this.#drivers.open(order)
    if (!opened.ok) return opened
    const { certificate, chain } = opened.value
    // Another token host, after a crash of this one, must not take its name for one of its own.
    const signer = randomUUID()
    this.#open.set(signer, opened.value)
    return accept({ signer, certificate: certificate.der, chain })
  }

  async sign({ signer, attributes, algorithm }: SignRequest): Promise<Outcome<Uint8Array>> {
    return (await this.#open.get(signer)?.sign(attributes, algorithm)) ?? refuse('token-login-lost')
  }

  async close(signer: string): Promise<Outcome<void>> {
    await this.#open.get(signer)?.close()
    this.#open.delete(signer)
    return accept(undefined)
  }
}
