import type { PermittedChanges } from '../pdf/fieldLock.ts'
import type { Rectangle } from '../pdf/geometry.ts'
import { accept, type Outcome } from '../shared/outcome.ts'
import type { WantedAlgorithm } from '../signing/algorithm.ts'
import type { TimestampService } from '../signing/timestampClient.ts'
import { numberList, pageNumber, readFlags, usage } from './flags.ts'
import { type Errand, outputFlags, planOutputs } from './outputs.ts'
import { expandPatterns } from './patterns.ts'
import { choosePinSource, type PinSource } from './pin.ts'
import type { TokenNames } from './signToken.ts'

/** What `saraban sign` was told. */
export interface SignOrder {
  readonly errands: readonly Errand[]
  readonly names: TokenNames
  readonly pin: PinSource
  readonly algorithm: WantedAlgorithm
  readonly level: 'B-B' | 'B-T'
  readonly timestampServices?: readonly TimestampService[]
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
  resume: { type: 'boolean' },
  module: { type: 'string' },
  token: { type: 'string' },
  key: { type: 'string' },
  'pin-env': { type: 'string' },
  'pin-stdin': { type: 'boolean' },
  level: { type: 'string' },
  tsa: { type: 'string', multiple: true },
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
  const level = readLevel(values.level, values.tsa)
  if (!level.ok) return level
  const algorithm = readAlgorithm(values.digest, values.pss)
  if (!algorithm.ok) return algorithm
  const look = readLook(values)
  if (!look.ok) return look
  const files = await expandPatterns(positionals)
  if (!files.ok) return files
  const errands = await planOutputs(files.value, values)
  if (!errands.ok) return errands
  const { module, token, key, resume = false } = values
  return accept({
    errands: errands.value,
    names: {
      ...(module === undefined ? {} : { module }),
      ...(token === undefined ? {} : { token }),
      ...(key === undefined ? {} : { key }),
    },
    pin: pin.value,
    algorithm: algorithm.value,
    ...level.value,
    resume,
    look: look.value,
  })
}

/** Level B-T needs a service, and a service makes it B-T. */
function readLevel(
  level: string | undefined,
  services: readonly string[] = [],
): Outcome<Pick<SignOrder, 'level' | 'timestampServices'>> {
  if (level !== undefined && level !== 'B-B' && level !== 'B-T') return usage(`--level ${level}`)
  if (level === 'B-T' && services.length === 0) return usage('--level B-T --tsa')
  if (level === 'B-B' && services.length > 0) return usage('--level B-B --tsa')
  const wrong = services.find((service) => !/^https?:\/\//.test(service))
  if (wrong !== undefined) return usage(`--tsa ${wrong}`)
  if (services.length === 0) return accept({ level: 'B-B' })
  return accept({ level: 'B-T', timestampServices: services.map((url) => ({ url })) })
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
