import { searchable } from './words.ts'

/** Texts up to this length come again in other letters: names, titles, units. */
const SHORT = 120
const MOST = 4000

/** `searchable`, remembering short texts: the same names stand in letter after letter. */
export function canonicalMemory(): (text: string) => string {
  const memory = new Map<string, string>()
  return (text) => {
    if (text.length > SHORT) return searchable(text)
    const remembered = memory.get(text)
    if (remembered !== undefined) return remembered
    if (memory.size >= MOST) memory.clear()
    const made = searchable(text)
    memory.set(text, made)
    return made
  }
}
