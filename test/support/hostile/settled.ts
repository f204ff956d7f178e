import type { TestPki } from '../pki/authority.ts'

/** A file to be read by everything that reads files. */
export interface Case {
  readonly bytes: Uint8Array
  /** The sound file that it was made from, as whose revision the server is to check it. */
  readonly base: Uint8Array
  readonly pki: TestPki
}

/** What became of a case. */
export interface Settled {
  /** `accepted` or the refusal's code: inspect, stamp, prepareSignature. */
  readonly outcomes: readonly string[]
  readonly verdict: string
  /** What should never be: an exception, or readers that contradict each other. */
  readonly broken: readonly string[]
  /** Of the processor's time, for all of it together. */
  readonly milliseconds: number
  /** Most of the process's memory until now. */
  readonly megabytes: number
}
