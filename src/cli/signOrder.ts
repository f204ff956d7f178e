import type { Rectangle } from '../pdf/geometry.ts'
import { accept, type Outcome } from '../shared/outcome.ts'
import { numberList, onlyFile, pageNumber, readFlags, required, usage } from './flags.ts'

/** What `saraban sign` was told. */
export interface SignCommand {
  readonly file: string
  readonly out: string
  readonly module: string
  /** Label or serial number. */
  readonly token: string
  readonly pin: Uint8Array
  /** Label of the certificate; absent when the token's only fit one is meant. */
  readonly key?: string
  /** Address of the time-stamp service; present for level B-T. */
  readonly timestampService?: string
  readonly block?: { readonly page: number; readonly place: Rectangle }
}

/** Reads the command line and takes the PIN out of the environment. Refuses usage. */
export function readSignCommand(argv: string[], environment: NodeJS.ProcessEnv): Outcome<SignCommand> {
  const flags = readFlags(argv, {
    out: { type: 'string' },
    module: { type: 'string' },
    token: { type: 'string' },
    'pin-env': { type: 'string' },
    key: { type: 'string' },
    level: { type: 'string' },
    tsa: { type: 'string' },
    page: { type: 'string' },
    rect: { type: 'string' },
    json: { type: 'boolean' },
  })
  if (!flags.ok) return flags
  const { positionals, values } = flags.value
  const file = onlyFile(positionals)
  if (!file.ok) return file
  const out = required('out', values.out)
  if (!out.ok) return out
  const module = required('module', values.module)
  if (!module.ok) return module
  const token = required('token', values.token)
  if (!token.ok) return token
  const service = readService(values.level, values.tsa)
  if (!service.ok) return service
  const block = readBlock(values.page, values.rect)
  if (!block.ok) return block
  const pin = takePin(values['pin-env'], environment)
  if (!pin.ok) return pin
  return accept({
    file: file.value,
    out: out.value,
    module: module.value,
    token: token.value,
    pin: pin.value,
    ...(service.value === undefined ? {} : { timestampService: service.value }),
    ...(values.key === undefined ? {} : { key: values.key }),
    ...(block.value === undefined ? {} : { block: block.value }),
  })
}

/** Level B-T needs a service, and a service makes it B-T. Higher levels are not made here. */
function readService(level: string | undefined, service: string | undefined): Outcome<string | undefined> {
  if (level !== undefined && level !== 'B-B' && level !== 'B-T') return usage(`--level ${level}`)
  if (level === 'B-T' && service === undefined) return usage('--level B-T --tsa')
  if (level === 'B-B' && service !== undefined) return usage('--level B-B --tsa')
  const isAddress = service === undefined || /^https?:\/\//.test(service)
  return isAddress ? accept(service) : usage(`--tsa ${service}`)
}

function readBlock(page: string | undefined, rect: string | undefined): Outcome<SignCommand['block']> {
  if (page === undefined && rect === undefined) return accept(undefined)
  const number = pageNumber(page)
  if (!number.ok) return number
  const sides = numberList('rect', rect, 4)
  if (!sides.ok) return sides
  const [x = 0, y = 0, width = 0, height = 0] = sides.value
  if (width <= 0 || height <= 0) return usage(`--rect ${rect}`)
  return accept({ page: number.value, place: { x, y, width, height } })
}

/** The variable is removed, so that no program started later inherits the PIN. */
function takePin(name: string | undefined, environment: NodeJS.ProcessEnv): Outcome<Uint8Array> {
  const pin = name === undefined ? undefined : environment[name]
  if (name === undefined || pin === undefined || pin === '') return usage(`--pin-env ${name ?? ''}`)
  delete environment[name]
  return accept(Buffer.from(pin))
}
