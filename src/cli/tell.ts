import { fill } from '../shared/fill.ts'
import type { Refusal } from '../shared/outcome.ts'
import { type RefusalCode, refusals } from '../shared/refusals.ts'
import { shownName } from './words.ts'

/** A refusal as the command line prints it, in Thai and English. */
export interface RefusalTexts {
  readonly code: string
  readonly message: string
  readonly next: string
}

/** What can be had here besides what the refusal's own next step says. */
const repairs: readonly RefusalCode[] = ['file-encrypted', 'file-damaged']

/** What a refusal says. */
export function refusalTexts({ code, detail }: Refusal): RefusalTexts {
  const { th, en, nextTh, nextEn } = refusals[code]
  const next = `${fill(nextTh, detail)} · ${fill(nextEn, detail)}`
  return {
    code,
    message: `${fill(th, detail)} · ${fill(en, detail)}`,
    next: repairs.includes(code) ? `${next} (saraban repair FILE --out FILE)` : next,
  }
}

/**
 * Tells a refusal in Thai and English: as {code, message, next} on standard output with --json, or else on standard
 * error. Returns the exit code given.
 */
export function tellRefusal(refusal: Refusal, json: boolean, exitCode: number): number {
  const texts = refusalTexts(refusal)
  if (json) console.log(JSON.stringify(texts))
  else console.error(inWords(texts))
  return exitCode
}

/** The refusal for people. A file's name in it may hold anything. */
export const inWords = ({ message, next }: RefusalTexts): string =>
  `${shownName(message)}\n${shownName(next)}`
