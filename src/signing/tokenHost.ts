import { accept, type Outcome } from '../shared/outcome.ts'
import { openDriver, type TokenDriver } from './pkcs11/driver.ts'
import { installedModules, knownModules } from './pkcs11/modules.ts'
import type {
  SignedBatch,
  SignOrder,
  TokenDescription,
  TokenHostMessage,
  TokenHostRequest,
} from './tokenHostProtocol.ts'

/** Where the requests come from: Electron's parentPort, a MessagePort, or a child process's channel. */
export interface TokenHostPort {
  on(event: 'message', listener: (message: unknown) => void): unknown
  postMessage(message: TokenHostMessage): void
}

/** How often watched tokens are looked at, in milliseconds. */
const watchInterval = 2000

/**
 * Answers token requests one at a time until the process ends. `additions` are drivers that this computer's
 * administrator allows beside the known ones. It runs in a process of its own: a driver's crash ends it.
 */
export function serveTokenHost(port: TokenHostPort, additions: readonly string[] = []): void {
  const drivers = new OpenDrivers(additions)
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
    const { id } = request
    switch (request.kind) {
      case 'tokens':
        return port.postMessage({ id, kind: 'tokens', outcome: await drivers.tokens() })
      case 'watch':
        return port.postMessage({ id, kind: 'watch', outcome: watch(request.on) })
      case 'sign': {
        const onSigned = (index: number): void => port.postMessage({ kind: 'signed', id, index })
        return port.postMessage({ id, kind: 'sign', outcome: await drivers.sign(request, onSigned) })
      }
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

/** The drivers in use: each is loaded at the first need and stays loaded, as drivers expect. */
class OpenDrivers {
  readonly #additions: readonly string[]
  readonly #open = new Map<string, Outcome<TokenDriver>>()

  constructor(additions: readonly string[]) {
    this.#additions = additions
  }

  /** Every token once: through its vendor's driver rather than a general one. Refuses only when no driver works. */
  async tokens(): Promise<Outcome<TokenDescription[]>> {
    const found = new Map<string, TokenDescription>()
    let refused: Outcome<TokenDescription[]> | undefined
    let answered = false
    for (const driver of this.#all()) {
      const outcome = driver.ok ? await driver.value.tokens() : driver
      if (!outcome.ok) {
        refused = outcome
        continue
      }
      answered = true
      for (const token of outcome.value) if (!found.has(token.serial)) found.set(token.serial, token)
    }
    return refused === undefined || answered ? accept([...found.values()]) : refused
  }

  async sign(order: SignOrder, onSigned: (index: number) => void): Promise<Outcome<SignedBatch>> {
    try {
      for (const driver of this.#all()) {
        if (!driver.ok || !driver.value.holds(order.tokenSerial)) continue
        return await driver.value.sign(order, onSigned)
      }
      return { ok: false, refusal: { code: 'token-absent' } }
    } finally {
      order.pin.fill(0)
    }
  }

  presence(): string {
    return this.#all()
      .map((driver) => (driver.ok ? driver.value.presence() : ''))
      .join(';')
  }

  #all(): Outcome<TokenDriver>[] {
    const allowed = knownModules(process.platform, this.#additions)
    return installedModules(process.platform, this.#additions).map((path) => {
      const known = this.#open.get(path)
      if (known?.ok) return known
      const opened = openDriver(path, allowed)
      this.#open.set(path, opened)
      return opened
    })
  }
}
