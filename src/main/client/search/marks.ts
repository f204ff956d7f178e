import type { Mark, Snippet } from '../../../shared/contract/search.ts'
import { canonicalThai } from '../../../shared/thai/canonical.ts'
import type { SearchedText } from './texts.ts'

const UNSEEN = '\\u200B-\\u200D\\u2060\\uFEFF\\u00AD'
/** Pieces of text that keep their canonical form whatever stands beside them: white space, แ as typed, a character with its marks. */
const PIECE = new RegExp(
  `[\\s\\u00A0](?:[\\s\\u00A0]|[${UNSEEN}])*|เ(?:[${UNSEEN}]*เ)*[\\p{M}${UNSEEN}]*|[^][\\p{M}\\u0E33${UNSEEN}]*(?:(?<=\\u0E4D[\\u0E48-\\u0E4B${UNSEEN}]*)\\u0E32)?`,
  'gu',
)

/** A single character that is its own canonical form. */
const PLAIN = /^[ก-ฮa-z0-9/.,()-]$/

/** A text with the place in it of each UTF-16 unit of its canonical form. */
interface Aligned {
  readonly canonical: string
  /** Of each unit of the canonical form: where its piece begins and ends. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

function align(text: string): Aligned {
  const starts: number[] = []
  const ends: number[] = []
  let canonical = ''
  for (const match of text.matchAll(PIECE)) {
    const piece = match[0]
    const form = PLAIN.test(piece) ? piece : canonicalThai(piece)
    canonical += form
    for (let unit = 0; unit < form.length; unit += 1) {
      starts.push(match.index)
      ends.push(match.index + piece.length)
    }
  }
  if (canonical === canonicalThai(text)) return { canonical, starts, ends }
  // A form that only the whole gives: then only the whole can be marked.
  const whole = canonicalThai(text)
  return {
    canonical: whole,
    starts: Array(whole.length).fill(0),
    ends: Array(whole.length).fill(text.length),
  }
}

/** Where `words` stand in `text` as it is written, in order and without overlaps; never inside a character's marks. */
export function marksIn(text: string, words: readonly string[]): Mark[] {
  const form = canonicalThai(text)
  if (!words.some((word) => form.includes(word))) return []
  const { canonical, starts, ends } = align(text)
  const found: Mark[] = []
  for (const word of words) {
    for (let at = canonical.indexOf(word); at !== -1; at = canonical.indexOf(word, at + word.length)) {
      found.push([starts[at] ?? 0, ends[at + word.length - 1] ?? text.length])
    }
  }
  return merged(found)
}

function merged(marks: Mark[]): Mark[] {
  const result: [number, number][] = []
  for (const [start, end] of marks.sort((one, other) => one[0] - other[0])) {
    const last = result[result.length - 1]
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else result.push([start, end])
  }
  return result
}

const graphemes = new Intl.Segmenter('th', { granularity: 'grapheme' })
/** Characters of a snippet before its first mark, and in all. */
const BEFORE = 30
const LENGTH = 120
/** How much of a long text is looked at around the first word. */
const AROUND = 2000

/** Why a letter was found, as far as its subject does not say it. */
export interface Reason {
  /** The text that has the most of the words which the subject has not; null when the subject has all. */
  readonly snippet: Snippet | null
  /** Whether every word occurs in one of the texts. */
  readonly complete: boolean
}

/** Looks in a letter's texts for why it was found. `canonical` is `searchable`, perhaps remembering. */
export function reasonOf(
  texts: readonly SearchedText[],
  words: readonly string[],
  canonical: (text: string) => string,
): Reason {
  const subject = canonical(texts.find(({ field }) => field === 'subject')?.text ?? '')
  const missing = words.filter((word) => !subject.includes(word))
  if (missing.length === 0) return { snippet: null, complete: true }
  const left = new Set(missing)
  let best: { readonly searched: SearchedText; readonly has: readonly string[] } | undefined
  for (const searched of texts) {
    const form = canonical(searched.text)
    const has = missing.filter((word) => form.includes(word))
    for (const word of has) left.delete(word)
    if (has.length > (best?.has.length ?? 0)) best = { searched, has }
  }
  const [first] = best?.has ?? []
  return {
    snippet:
      best && first !== undefined
        ? { field: best.searched.field, ...cut(near(best.searched.text, first), words, first) }
        : null,
    complete: left.size === 0,
  }
}

/** The part of a long text that has the word, so that marking costs no more in a long document than in a note. */
function near(text: string, word: string): string {
  if (text.length <= AROUND) return text
  for (let start = 0; start < text.length; start += AROUND / 2) {
    const part = text.slice(start, start + AROUND)
    if (canonicalThai(part).includes(word)) return part
  }
  return text.slice(0, AROUND)
}

/** A line of `text` around the first `word`, cut between characters as people see them. */
function cut(text: string, words: readonly string[], word: string): Omit<Snippet, 'field'> {
  const line = text.replace(/\s+/g, ' ').trim()
  const first = marksIn(line, [word])[0]?.[0] ?? 0
  const borders = [...graphemes.segment(line)].map(({ index }) => index)
  const at = Math.max(
    0,
    borders.findLastIndex((border) => border <= first),
  )
  const from = Math.max(0, at - BEFORE)
  const start = borders[from] ?? 0
  const end = borders[from + LENGTH] ?? line.length
  const shown = `${start > 0 ? '…' : ''}${line.slice(start, end)}${end < line.length ? '…' : ''}`
  return { text: shown, marks: marksIn(shown, words) }
}
