import { fill } from '../shared/fill.ts'
import type { Refusal } from '../shared/outcome.ts'
import { refusals } from '../shared/refusals.ts'

/**
 * Tells a refusal in Thai and English: as {code, message, next} on standard output with --json, or else on standard
 * error. Returns the exit code given.
 */
export function tellRefusal({ code, detail }: Refusal, json: boolean, exitCode: number): number {
  const { th, en, nextTh, nextEn } = refusals[code]
  const message = `${fill(th, detail)} · ${fill(en, detail)}`
  const next = `${fill(nextTh, detail)} · ${fill(nextEn, detail)}`
  if (json) console.log(JSON.stringify({ code, message, next }))
  else console.error(`${message}\n${next}`)
  return exitCode
}

/** Tells what was done: the result as JSON, or else the sentences in Thai and English. */
export function tellDone(result: object, json: boolean, sentences: { th: string; en: string }): number {
  console.log(json ? JSON.stringify(result) : `${sentences.th}\n${sentences.en}`)
  return 0
}
