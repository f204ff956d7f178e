import pkcs11 from 'pkcs11js'
import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import type { OpenOrder, TokenDescription } from '../tokenHostProtocol.ts'
import type { TokenSigner } from '../tokenSigner.ts'
import { calling, refusalFor, TokenFault } from './faults.ts'
import { allowedModule } from './modules.ts'
import { openSigner } from './signer.ts'
import { attempt, describeToken, type TokenSlot, tokenSlots } from './tokens.ts'

/** An open PKCS #11 driver. Its calls must not overlap: a driver keeps one operation for each session. */
export interface TokenDriver {
  readonly module: string
  /** The tokens plugged in, with their certificates; needs no PIN. Refuses token-failed. */
  tokens(at?: Date): Promise<Outcome<TokenDescription[]>>
  /** Serial numbers and flags of the tokens plugged in: another text means that something changed. */
  presence(): string
  /** Whether the token with this serial number is plugged in. */
  holds(tokenSerial: string): boolean
  /**
   * Logs in, once for all letters that are signed until the signer is closed. Refuses token-absent when no such token
   * is plugged in, signing-busy while another signer of it is open, and what openSigner refuses.
   */
  open(order: OpenOrder): Promise<Outcome<TokenSigner>>
  close(): void
}

/** Loads a driver. Refuses token-module-refused, token-module-missing, token-module-broken, token-failed. */
export function openDriver(path: string, allowed: readonly string[]): Outcome<TokenDriver> {
  const module = allowedModule(path, allowed)
  if (!module.ok) return module
  const driver = new pkcs11.PKCS11()
  if (!load(driver, path)) return refuse('token-module-broken', { module: path })
  try {
    initialise(driver)
  } catch (error) {
    if (!(error instanceof TokenFault)) throw error
    return { ok: false, refusal: refusalFor(error) }
  }
  const busy = new Set<string>()
  const open = async (order: OpenOrder): Promise<Outcome<TokenSigner>> => {
    const { tokenSerial } = order
    const opened = await guarded(async () => {
      if (busy.has(tokenSerial)) return refuse('signing-busy')
      const token = tokenSlots(driver).find(({ serial }) => serial === tokenSerial)
      if (token === undefined) return refuse('token-absent')
      busy.add(tokenSerial)
      return openSigner(driver, token, order, () => busy.delete(tokenSerial))
    })
    if (!opened.ok) order.pin?.fill(0)
    return opened
  }
  return accept({
    module: path,
    tokens: (at = new Date()) => guarded(async () => accept(await describeAll(driver, path, at))),
    presence: () =>
      slotsOrNone(driver)
        .map(({ serial, info }) => `${serial}:${info.flags}`)
        .join(),
    holds: (tokenSerial) => slotsOrNone(driver).some(({ serial }) => serial === tokenSerial),
    open,
    close: () => {
      attempt(() => driver.C_Finalize())
      driver.close()
    },
  })
}

/** Whether the system could load it: a file for another processor, or a damaged one, fails in many words. */
function load(driver: pkcs11.PKCS11, path: string): boolean {
  try {
    driver.load(path)
    return true
  } catch {
    return false
  }
}

function initialise(driver: pkcs11.PKCS11): void {
  try {
    calling(() => driver.C_Initialize({ flags: pkcs11.CKF_OS_LOCKING_OK }))
  } catch (error) {
    if (!(error instanceof TokenFault && error.returned === 'CKR_CRYPTOKI_ALREADY_INITIALIZED')) throw error
  }
}

function slotsOrNone(driver: pkcs11.PKCS11): TokenSlot[] {
  try {
    return tokenSlots(driver)
  } catch (error) {
    if (error instanceof TokenFault) return []
    throw error
  }
}

/** A token that fails, or is pulled out just then, does not hide the others. */
async function describeAll(driver: pkcs11.PKCS11, path: string, at: Date): Promise<TokenDescription[]> {
  const tokens: TokenDescription[] = []
  let failed: TokenFault | undefined
  for (const token of tokenSlots(driver)) {
    try {
      tokens.push(await describeToken(driver, path, token, at))
    } catch (error) {
      if (!(error instanceof TokenFault)) throw error
      failed = error
    }
  }
  if (failed !== undefined && tokens.length === 0) throw failed
  return tokens
}

async function guarded<Value>(work: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof TokenFault) return { ok: false, refusal: refusalFor(error) }
    throw error
  }
}
