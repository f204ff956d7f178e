import type { CodeTexts } from './toUnicode.ts'

/** Codes and the text that they are together. */
interface Span {
  readonly codes: readonly number[]
  readonly text: string
}

/** Text that stands for nothing outside one font: NUL, the private use area, the replacement character. */
const meaningless = /[\0\ue000-\uf8ff\ufffd]/

const mostPasses = 8

/**
 * What each code stands for, learnt from spans whose text is known: a code that `known` has a sensible text for keeps
 * it, and the others share what is left of their spans. Returns only what is new.
 */
export function learnCodes(spans: readonly Span[], known: CodeTexts): Map<number, string> {
  const all = new Map([...known].filter(([, text]) => text !== '' && !meaningless.test(text)))
  const learnt = new Map<number, string>()
  const learn = (isCertain: boolean): boolean => {
    const votes = new Map<number, Map<string, number>>()
    for (const span of spans)
      for (const [code, text] of shares(span, all, isCertain)) {
        const texts = votes.get(code) ?? new Map<string, number>()
        votes.set(code, texts.set(text, (texts.get(text) ?? 0) + 1))
      }
    for (const [code, texts] of votes) {
      const [best] = [...texts].sort(([, one], [, other]) => other - one)
      if (best === undefined) continue
      all.set(code, best[0])
      learnt.set(code, best[0])
    }
    return votes.size > 0
  }
  // What was learnt from one span settles others; at the end, what is left is shared out as it comes.
  for (let pass = 0; pass < mostPasses && learn(true); pass++) {}
  learn(false)
  return learnt
}

/** The unknown codes of a span with what is left for them; with `isCertain`, only when there is but one way. */
function shares({ codes, text }: Span, known: CodeTexts, isCertain: boolean): [number, string][] {
  const left = [...inGlyphOrder(text)]
  const unknown = codes.filter((code) => !known.has(code))
  for (const code of codes) {
    for (const character of inGlyphOrder(known.get(code) ?? '')) {
      const at = left.indexOf(character)
      if (at >= 0) left.splice(at, 1)
    }
  }
  if (unknown.length === 0 || left.length === 0) return []
  if (unknown.length === 1) return [[unknown[0] ?? 0, left.join('')]]
  if (isCertain && unknown.length !== left.length) return []
  return unknown.flatMap((code, index): [number, string][] => {
    const isLast = index === unknown.length - 1
    const share = isLast ? left.slice(index).join('') : (left[index] ?? '')
    return share === '' ? [] : [[code, share]]
  })
}

/** ำ is set as the ring, the tone mark over it, and า. */
const inGlyphOrder = (text: string): string => text.replace(/([\u0e48-\u0e4b]?)\u0e33/g, '\u0e4d$1\u0e32')
