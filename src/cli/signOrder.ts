import type { Rectangle } from '../pdf/geometry.ts'
import type { PermittedChanges } from '../pdf/signature/fieldLock.ts'
import { accept, type Outcome } from '../shared/outcome.ts'
import type { WantedAlgorithm } from '../signing/cms/algorithm.ts'
import type { RevocationServices } from '../signing/revocation/services.ts'
import type { TimestampService } from '../signing/timestampClient.ts'
import { trustedRoots } from '../signing/trust/trustedRoots.ts'
import { numberList, pageNumber, readFlags, usage } from './flags.ts'
import { type Errand, outputFlags, planOutputs } from './outputs.ts'
import { expandPatterns } from './patterns.ts'
import { choosePinSource, type PinSource } from './pin.ts'
import { readTimestampServices, revocationServices, serviceFlags } from './services.ts'
import { type SignedLevel, signedLevels } from './signedLevels.ts'
import type { TokenNames } from './signToken.ts'

/** What `saraban sign` was told. */
export interface SignOrder {
  readonly errands: readonly Errand[]
  readonly names: TokenNames
  readonly pin: PinSource
  readonly algorithm: WantedAlgorithm
  readonly level: SignedLevel
  /** None for level B-B. */
  readonly timestampServices: readonly TimestampService[]
  /** For levels above B-T: whom to trust and whom to ask for revocation. */
  readonly trust: readonly Uint8Array[]
  readonly services: RevocationServices
  /** Leaves out what an earlier run has signed. */
  readonly resume: boolean
  readonly look: SignatureLook
}

/** What is written into the file beside the signature, and what is seen of it. */
export interface SignatureLook {
  readonly reason: string
  readonly location?: string
  readonly certifies?: PermittedChanges
  /** An empty field of the file that is signed in place of a new one. */
  readonly existingField?: string
  readonly block?: { readonly page: number; readonly place: Rectangle }
}

const flagsOfSign = {
  ...outputFlags,
  ...serviceFlags,
  resume: { type: 'boolean' },
  module: { type: 'string' },
  token: { type: 'string' },
  key: { type: 'string' },
  'pin-env': { type: 'string' },
  'pin-stdin': { type: 'boolean' },
  level: { type: 'string' },
  digest: { type: 'string' },
  pss: { type: 'boolean' },
  certify: { type: 'string' },
  field: { type: 'string' },
  reason: { type: 'string' },
  location: { type: 'string' },
  page: { type: 'string' },
  rect: { type: 'string' },
  json: { type: 'boolean' },
} as const

/** Reads the command line and takes the PIN out of the environment. Refuses usage and what planOutputs refuses. */
export async function readSignOrder(
  argv: string[],
  environment: NodeJS.ProcessEnv,
): Promise<Outcome<SignOrder>> {
  const flags = readFlags(argv, flagsOfSign)
  if (!flags.ok) return flags
  const { positionals, values } = flags.value
  const pin = choosePinSource(values, environment)
  if (!pin.ok) return pin
  const timestampServices = readTimestampServices(values.tsa, values.proxy)
  if (!timestampServices.ok) return timestampServices
  const level = readLevel(values.level, timestampServices.value.length > 0)
  if (!level.ok) return level
  const algorithm = readAlgorithm(values.digest, values.pss)
  if (!algorithm.ok) return algorithm
  const look = readLook(values)
  if (!look.ok) return look
  const files = await expandPatterns(positionals)
  if (!files.ok) return files
  const errands = await planOutputs(files.value, values)
  if (!errands.ok) return errands
  const trust = await trustedRoots(values.trust)
  if (!trust.ok) return trust
  const { module, token, key, proxy, resume = false } = values
  return accept({
    errands: errands.value,
    names: {
      ...(module === undefined ? {} : { module }),
      ...(token === undefined ? {} : { token }),
      ...(key === undefined ? {} : { key }),
    },
    pin: pin.value,
    algorithm: algorithm.value,
    level: level.value,
    timestampServices: timestampServices.value,
    trust: trust.value,
    services: revocationServices(proxy),
    resume,
    look: look.value,
  })
}

/** All levels but B-B need a time-stamp service, and a service makes it B-T unless more is wanted. */
function readLevel(level: string | undefined, hasServices: boolean): Outcome<SignedLevel> {
  const known = signedLevels.find((name) => name === (level ?? (hasServices ? 'B-T' : 'B-B')))
  if (known === undefined) return usage(`--level ${level}`)
  return (known === 'B-B') === hasServices ? usage(`--level ${known} --tsa`) : accept(known)
}

function readAlgorithm(digest: string | undefined, pss: boolean | undefined): Outcome<WantedAlgorithm> {
  const names = ['sha256', 'sha384', 'sha512'] as const
  const name = names.find((known) => known === digest?.toLowerCase().replace('-', ''))
  if (digest !== undefined && name === undefined) return usage(`--digest ${digest}`)
  return accept({
    ...(name === undefined ? {} : { digest: name }),
    ...(pss === undefined ? {} : { pss }),
  })
}

const permissions: Readonly<Record<string, PermittedChanges>> = { none: 1, fill: 2, annotate: 3 }

function readLook(
  values: {
    readonly [Name in 'reason' | 'location' | 'certify' | 'field' | 'page' | 'rect']?: string | undefined
  },
): Outcome<SignatureLook> {
  const { reason = 'ลงนามในหนังสือ', location, certify, field } = values
  const certifies = certify === undefined ? undefined : permissions[certify]
  if (certify !== undefined && certifies === undefined) return usage(`--certify ${certify}`)
  const block = readBlock(values.page, values.rect)
  if (!block.ok) return block
  if (field !== undefined && block.value !== undefined) return usage('--field --rect')
  return accept({
    reason,
    ...(location === undefined ? {} : { location }),
    ...(certifies === undefined ? {} : { certifies }),
    ...(field === undefined ? {} : { existingField: field }),
    ...(block.value === undefined ? {} : { block: block.value }),
  })
}

function readBlock(page: string | undefined, rect: string | undefined): Outcome<SignatureLook['block']> {
  if (page === undefined && rect === undefined) return accept(undefined)
  const number = pageNumber(page)
  if (!number.ok) return number
  const sides = numberList('rect', rect, 4)
  if (!sides.ok) return sides
  const [x = 0, y = 0, width = 0, height = 0] = sides.value
  if (width <= 0 || height <= 0) return usage(`--rect ${rect}`)
  return accept({ page: number.value, place: { x, y, width, height } })
}
