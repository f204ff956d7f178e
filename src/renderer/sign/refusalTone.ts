import type { RefusalCode } from '../../shared/refusals.ts'

const WAITS: readonly RefusalCode[] = [
  'token-absent',
  'token-removed',
  'token-failed',
  'token-host-stopped',
  'token-busy',
  'token-login-lost',
  'number-needs-server',
  'server-unreachable',
  'signing-busy',
]

/** Amber where nothing is lost and one only waits or repeats, plain for one's own stop, else red. */
export function refusalTone(code: RefusalCode): 'red' | 'amber' | 'plain' {
  if (code === 'signature-cancelled') return 'plain'
  return WAITS.includes(code) ? 'amber' : 'red'
}

/** Whether the PIN itself was refused, so that its field is marked. */
export const aboutPin = (code: RefusalCode): boolean => code.startsWith('pin-')

/** Whether the refusal ends by itself when a token is in again. */
export const endsWithToken = (code: RefusalCode): boolean =>
  code === 'token-absent' || code === 'token-removed'
