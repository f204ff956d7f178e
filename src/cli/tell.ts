import type { Refusal } from '../shared/outcome.ts'
import { refusals } from '../shared/refusals.ts'

/**
 * Tells a refusal: as {code, message, next} on standard output with --json, or else in Thai and English on standard
 * error. Returns the exit code given.
 */
export function tellRefusal({ code, detail }: Refusal, json: boolean, exitCode: number): number {
  const { th, en, nextTh, nextEn } = refusals[code]
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => String(detail?.[name] ?? ''))
  if (json) console.log(JSON.stringify({ code, message: fill(en), next: fill(nextEn) }))
  else console.error(`${fill(th)} — ${fill(nextTh)}\n${fill(en)} ${fill(nextEn)}`)
  return exitCode
}

/** Tells what was done: the result as JSON, or else the sentences in Thai and English. */
export function tellDone(result: object, json: boolean, sentences: { th: string; en: string }): number {
  console.log(json ? JSON.stringify(result) : `${sentences.th}\n${sentences.en}`)
  return 0
}
