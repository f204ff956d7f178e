import type { RefusalCode } from './refusals.ts'

/**
 * An expected failure, as a value. `code` names a row of the one list in refusals.ts, which holds the Thai and
 * the English sentence and the next step; `detail` fills the sentence's {placeholders}. Never put a PIN, a key
 * or a secret subject into `detail`.
 */
export interface Refusal {
  readonly code: RefusalCode
  readonly detail?: Readonly<Record<string, string | number>>
}

/** What a function returns that can be refused: the value, or the refusal. Exceptions are bugs. */
export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal }

/** The accepted outcome that carries `value`. */
export const accept = <Value>(value: Value): Outcome<Value> => ({ ok: true, value })

/** The refused outcome with `code` and what fills its sentence. */
export const refuse = (code: RefusalCode, detail?: Refusal['detail']): Outcome<never> => ({
  ok: false,
  refusal: detail === undefined ? { code } : { code, detail },
})
