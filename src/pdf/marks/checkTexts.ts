import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import type { Typeface } from '../text/typeface.ts'

/** More than two full pages: no mark holds that, and nobody should wait for finding out. */
const longest = 10_000

/**
 * Accepts texts that can be set: `wanted` ones say something, by the name of their field. Refuses mark-malformed,
 * mark-overflows for a text that no page holds, and glyph-missing.
 */
export function checkTexts(
  typeface: Typeface,
  wanted: Readonly<Record<string, string>>,
  optional: readonly string[] = [],
): Outcome<undefined> {
  for (const [field, text] of Object.entries(wanted))
    if (text.replace(/[\s\p{Cf}]/gu, '') === '') return refuse('mark-malformed', { field })
  const texts = [...Object.values(wanted), ...optional]
  if (texts.some(({ length }) => length > longest)) return refuse('mark-overflows')
  const character = missingCharacter(texts, typeface)
  return character === undefined ? accept(undefined) : refuse('glyph-missing', { character })
}

/** The first character of `lines` that `typeface` cannot show; one that nobody can see as its code. */
export function missingCharacter(lines: readonly string[], typeface: Typeface): string | undefined {
  for (const line of lines) {
    const missing = typeface.missing(line.replace(/[\n\r]/g, ' '))
    if (missing === undefined) continue
    const code = missing.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')
    return /\p{C}/u.test(missing) ? `U+${code}` : missing
  }
  return undefined
}
