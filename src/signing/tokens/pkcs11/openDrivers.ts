import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import type { OpenOrder, TokenDescription } from '../tokenHostProtocol.ts'
import type { TokenSigner } from '../tokenSigner.ts'
import { openDriver, type TokenDriver } from './driver.ts'
import { installedModules } from './modules.ts'
import { isSameHardware } from './tokens.ts'

/** The allowed drivers: each is loaded at the first need and stays loaded, as drivers expect. */
export class OpenDrivers {
  readonly #allowed: readonly string[]
  readonly #open = new Map<string, TokenDriver>()

  constructor(allowed: readonly string[]) {
    this.#allowed = allowed
  }

  /** Every token once: through its vendor's driver rather than a general one. Refuses only when no driver works. */
  async tokens(): Promise<Outcome<TokenDescription[]>> {
    const found: TokenDescription[] = []
    let refused: Outcome<TokenDescription[]> | undefined
    let answered = false
    for (const driver of this.#all()) {
      const outcome = driver.ok ? await driver.value.tokens() : driver
      if (!outcome.ok) {
        refused = outcome
        continue
      }
      answered = true
      const isNew = ({ serial }: TokenDescription) =>
        found.every((known) => !isSameHardware(known.serial, serial))
      found.push(...outcome.value.filter(isNew))
    }
    return refused === undefined || answered ? accept(found) : refused
  }

  /** Opens the token with the first driver that shows it; see TokenDriver.open. Overwrites the PIN of a refusal. */
  async open(order: OpenOrder): Promise<Outcome<TokenSigner>> {
    for (const driver of this.#all()) {
      if (driver.ok && driver.value.holds(order.tokenSerial)) return await driver.value.open(order)
    }
    order.pin?.fill(0)
    return refuse('token-absent')
  }

  /** Another text means that a token came or went, or its PIN state changed. */
  presence(): string {
    return this.#all()
      .map((driver) => (driver.ok ? driver.value.presence() : ''))
      .join(';')
  }

  close(): void {
    for (const driver of this.#open.values()) driver.close()
    this.#open.clear()
  }

  #all(): Outcome<TokenDriver>[] {
    return installedModules(this.#allowed).map((path) => {
      const known = this.#open.get(path)
      if (known !== undefined) return accept(known)
      const opened = openDriver(path, this.#allowed)
      if (opened.ok) this.#open.set(path, opened.value)
      return opened
    })
  }
}
