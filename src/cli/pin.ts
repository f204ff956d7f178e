import { accept, type Outcome, refuse } from '../shared/outcome.ts'
import type { TokenDescription } from '../signing/tokens/tokenHostProtocol.ts'
import { usage } from './flags.ts'
import { shownName } from './words.ts'

/** Where the PIN comes from: the environment, the first line of standard input, or whoever sits at the terminal. */
export type PinSource =
  | { readonly kind: 'given'; readonly pin: Uint8Array }
  | { readonly kind: 'stdin' }
  | { readonly kind: 'terminal' }
  /** Only a reader with a PIN pad will do. */
  | { readonly kind: 'nowhere' }

/** Longer than any token's PIN. */
const longestPin = 256

/**
 * Takes what the command line says of the PIN. The variable is removed from the environment, so that no program
 * started later inherits it. Refuses usage.
 */
export function choosePinSource(
  {
    'pin-env': name,
    'pin-stdin': fromInput = false,
  }: { 'pin-env'?: string | undefined; 'pin-stdin'?: boolean | undefined },
  environment: NodeJS.ProcessEnv,
): Outcome<PinSource> {
  if (name !== undefined && fromInput) return usage('--pin-env --pin-stdin')
  if (fromInput) return accept({ kind: 'stdin' })
  if (name === undefined) {
    return accept({ kind: process.stdin.isTTY && process.stderr.isTTY ? 'terminal' : 'nowhere' })
  }
  const pin = environment[name]
  if (pin === undefined || pin === '') return usage(`--pin-env ${name}`)
  delete environment[name]
  return accept({ kind: 'given', pin: Buffer.from(pin) })
}

/**
 * The PIN for the token; undefined when it is typed on the reader. Refuses pin-locked before anyone types, usage for
 * an empty PIN or when nobody is there to type it, and signature-cancelled.
 */
export async function readPin(
  source: PinSource,
  token: TokenDescription,
  signal: AbortSignal,
): Promise<Outcome<Uint8Array | undefined>> {
  if (token.pinState === 'locked') return refuse('pin-locked')
  if (token.protectedPath) {
    console.error('พิมพ์ PIN ที่เครื่องอ่าน · Type the PIN on the reader.')
    return accept(undefined)
  }
  if (source.kind === 'given') return accept(source.pin)
  if (source.kind === 'nowhere') return usage('--pin-env')
  const pin = source.kind === 'stdin' ? await firstLine(signal) : await askTerminal(token, signal)
  if (signal.aborted) return refuse('signature-cancelled')
  return pin.ok && pin.value.length === 0 ? usage('PIN') : pin
}

/** Waits no longer once `signal` is aborted. */
async function firstLine(signal: AbortSignal): Promise<Outcome<Uint8Array>> {
  const typed = new Uint8Array(longestPin)
  let length = 0
  const stop = (): void => void process.stdin.push(null)
  signal.addEventListener('abort', stop)
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    const end = chunk.findIndex((byte) => byte === enter || byte === newline)
    const part = end < 0 ? chunk : chunk.subarray(0, end)
    typed.set(part.subarray(0, longestPin - length), length)
    length = Math.min(longestPin, length + part.length)
    chunk.fill(0)
    if (end >= 0) break
  }
  signal.removeEventListener('abort', stop)
  return accept(typed.subarray(0, length))
}

const enter = 0x0d
const newline = 0x0a
const keys = { interrupt: 0x03, endOfInput: 0x04, backspace: 0x08, clear: 0x15, delete: 0x7f }

const warnings: Partial<Record<TokenDescription['pinState'], string>> = {
  'final-try': 'เหลืออีก 1 ครั้งก่อนโทเคนล็อก · One try is left before the token locks.',
  low: 'เคยใส่ PIN ผิดมาแล้ว · A wrong PIN was entered before.',
}

/** Asks at the terminal and shows nothing of what is typed. Ctrl-C refuses signature-cancelled. */
function askTerminal(
  { label, pinState }: TokenDescription,
  signal: AbortSignal,
): Promise<Outcome<Uint8Array>> {
  const warning = warnings[pinState]
  if (warning !== undefined) console.error(warning)
  const { stdin } = process
  stdin.setRawMode(true)
  process.stderr.write(`PIN ${shownName(label)}: `)
  return new Promise((tell) => {
    const typed = new Uint8Array(longestPin)
    let length = 0
    const cancel = (): void => {
      typed.fill(0)
      end(refuse('signature-cancelled'))
    }
    const end = (outcome: Outcome<Uint8Array>): void => {
      signal.removeEventListener('abort', cancel)
      stdin.off('data', read)
      stdin.setRawMode(false)
      stdin.pause()
      process.stderr.write('\n')
      tell(outcome)
    }
    const read = (chunk: Buffer): void => {
      for (const byte of chunk) {
        if (byte === enter || byte === newline || byte === keys.endOfInput) {
          end(accept(typed.subarray(0, length)))
          break
        }
        if (byte === keys.interrupt) {
          cancel()
          break
        }
        if (byte === keys.clear) length = 0
        else if (byte === keys.backspace || byte === keys.delete) length = Math.max(0, length - 1)
        else if (byte >= 0x20 && length < longestPin) typed[length++] = byte
      }
      chunk.fill(0)
    }
    signal.addEventListener('abort', cancel)
    stdin.on('data', read)
    stdin.resume()
  })
}
