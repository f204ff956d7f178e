import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openDriver } from '../../../src/signing/tokens/pkcs11/driver.ts'
import type { PinState } from '../../../src/signing/tokens/tokenHostProtocol.ts'
import type { TestTokens } from '../pki/tokens.ts'

/** What the first token of a folder says about its PIN, asked by a program beside the app. */
export async function pinStateOf({ env, module }: TestTokens): Promise<PinState | undefined> {
  process.env.SOFTHSM2_CONF = env.SOFTHSM2_CONF
  const driver = openDriver(module, [module])
  if (!driver.ok) throw new Error(driver.refusal.code)
  try {
    const tokens = await driver.value.tokens()
    return tokens.ok ? tokens.value[0]?.pinState : undefined
  } finally {
    driver.value.close()
    delete process.env.SOFTHSM2_CONF
  }
}

/** A PC whose token is not plugged in yet. */
export interface EmptySlot {
  readonly environment: Readonly<Record<string, string>>
  /** Plugs the token in. */
  plugIn(): void
}

/**
 * A slot below `directory` into which `tokens` can be plugged later. SoftHSM looks at its folder only when it is
 * loaded, so the token comes with a copy of the driver that appears together with it.
 */
export function emptySlot(directory: string, tokens: TestTokens): EmptySlot {
  const folder = join(directory, 'tokens')
  const configuration = join(directory, 'softhsm2.conf')
  const driver = join(directory, 'token-driver.so')
  const home = dirname(tokens.env.SOFTHSM2_CONF)
  mkdirSync(folder, { recursive: true })
  writeFileSync(configuration, readFileSync(tokens.env.SOFTHSM2_CONF, 'utf8').replaceAll(home, directory))
  return {
    environment: { SOFTHSM2_CONF: configuration, SARABAN_PKCS11_MODULE: driver },
    plugIn: () => {
      cpSync(join(home, 'tokens'), folder, { recursive: true })
      copyFileSync(tokens.module, driver)
    },
  }
}
