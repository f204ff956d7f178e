import { homedir } from 'node:os'
import { join } from 'node:path'
import { accept, type Outcome } from '../shared/outcome.ts'
import type { RevocationServices } from '../signing/revocation/services.ts'
import type { TimestampService } from '../signing/timestampClient.ts'
import { usage } from './flags.ts'

/** The flags that say whom to trust and whom to ask. */
export const serviceFlags = {
  trust: { type: 'string', multiple: true },
  tsa: { type: 'string', multiple: true },
  proxy: { type: 'string' },
} as const

/** The time-stamp services that `--tsa` names, in the order in which they are asked. Refuses usage. */
export function readTimestampServices(
  addresses: readonly string[] = [],
  proxy: string | undefined,
): Outcome<TimestampService[]> {
  const wrong = addresses.find((url) => !isAddress(url))
  if (wrong !== undefined) return usage(`--tsa ${wrong}`)
  const through = readProxy(proxy)
  if (!through.ok) return through
  return accept(addresses.map((url) => (proxy === undefined ? { url } : { url, proxy })))
}

/** The address that `--proxy` names. Refuses usage. */
export const readProxy = (proxy: string | undefined): Outcome<string | undefined> =>
  proxy === undefined || isAddress(proxy) ? accept(proxy) : usage(`--proxy ${proxy}`)

const isAddress = (text: string): boolean => /^https?:\/\//.test(text) && URL.canParse(text)

/** Where revocation is asked for: at the addresses that certificates name; answers are kept in the user's folder. */
export const revocationServices = (proxy: string | undefined): RevocationServices => ({
  cacheFolder: join(
    process.env.LOCALAPPDATA || process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
    'saraban',
    'evidence',
  ),
  ...(proxy === undefined ? {} : { proxy }),
})
