import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mustRun } from '../pki/run.ts'
import type { TestTokens } from '../pki/tokens.ts'

/** What differs from SoftHSM; see shim.c. Numbers are PKCS #11's own. */
interface Behaviour {
  readonly label?: string
  readonly serial?: string
  /** The PIN that is typed on the reader. */
  readonly pad?: string
  /** Wrong PINs until the token locks. */
  readonly tries?: number
  readonly flags?: number
  readonly mechanisms?: readonly number[]
  /** What the call returns without doing anything; with a second number, only the first so many times. */
  readonly 'login-returns'?: readonly [number, number?]
  readonly 'begin-returns'?: readonly [number, number?]
  /** What C_Sign returns; with a second number, only the call of that number. */
  readonly 'sign-returns'?: readonly [number, number?]
  /** Certificates have no CKA_LABEL, and asking for it is an error. */
  readonly 'no-labels'?: true
  readonly 'pull-at'?: number
  readonly 'sign-ms'?: number
  readonly crash?: DriverCall
  readonly hang?: DriverCall
}

type DriverCall = 'C_GetSlotList' | 'C_Login' | 'C_Sign'

/** A PKCS #11 driver that behaves as it is told, with SoftHSM behind it. */
export interface BehavingToken {
  /** Path of the driver. */
  readonly module: string
  /** Behaves so from the next call on, and in nothing else. */
  behave(behaviour: Behaviour): void
  /** Pulls the token out; sessions and logins are lost. */
  pull(): void
  /** Plugs it in again. */
  insert(): void
  /** The calls that matter since the last look, such as "C_Login NULL 0x1" or "C_Sign 0x2". */
  calls(): string[]
}

/** A driver of its own for the tokens, with a SoftHSM of its own: several may be loaded into one process. */
export function behavingToken(directory: string, { env, module }: TestTokens): BehavingToken {
  const driver = join(directory, 'token-driver.so')
  const softHsm = join(directory, 'softhsm.so')
  copyFileSync(shim(), driver)
  copyFileSync(module, softHsm)
  const at = (ending: string): string => `${driver}${ending}`
  const behave = (behaviour: Behaviour): void => {
    const lines = Object.entries({ driver: softHsm, configuration: env.SOFTHSM2_CONF, ...behaviour })
    // The driver may be reading it: a whole file takes the old one's place.
    writeFileSync(at('.new'), lines.map(([key, value]) => `${key} ${[value].flat().join(' ')}\n`).join(''))
    renameSync(at('.new'), at('.behaviour'))
  }
  behave({})
  return {
    module: driver,
    behave,
    pull: () => writeFileSync(at('.pulled'), ''),
    insert: () => rmSync(at('.pulled'), { force: true }),
    calls: () => {
      if (!existsSync(at('.calls'))) return []
      const calls = readFileSync(at('.calls'), 'utf8').trimEnd().split('\n')
      rmSync(at('.calls'))
      return calls
    },
  }
}

const source = join(import.meta.dirname, 'shim.c')
const headers = join(import.meta.dirname, '../../../node_modules/pkcs11js/includes')

/** Path of the compiled shim, which is kept for as long as its source stays the same. */
function shim(): string {
  const digest = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 16)
  const compiled = join(tmpdir(), `saraban-token-shim-${digest}.so`)
  if (existsSync(compiled)) return compiled
  const fresh = `${compiled}.${process.pid}`
  mustRun('gcc', ['-shared', '-fPIC', '-O1', `-I${headers}`, '-o', fresh, source, '-ldl'])
  renameSync(fresh, compiled)
  return compiled
}
