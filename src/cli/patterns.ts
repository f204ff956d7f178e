import { existsSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { accept, type Outcome, refuse } from '../shared/outcome.ts'

/**
 * The files of a command line. Windows shells leave patterns such as `*.pdf` to the program: they are expanded here,
 * in order of name, unless a file bears that very name. Refuses file-unreadable for a pattern that nothing matches.
 */
export async function expandPatterns(words: readonly string[]): Promise<Outcome<string[]>> {
  const files: string[] = []
  for (const word of words) {
    if (!/[*?[]/.test(word) || existsSync(word)) {
      files.push(word)
      continue
    }
    const found: string[] = []
    for await (const entry of glob(word, { withFileTypes: false })) found.push(entry)
    if (found.length === 0) return refuse('file-unreadable', { file: word })
    files.push(...found.sort())
  }
  return accept(files)
}
