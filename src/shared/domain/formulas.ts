import type { Policy } from '../contract/organisation.ts'
import { canonicalThai } from '../thai/canonical.ts'

/** The salutation and closing (คำขึ้นต้น, คำลงท้าย) that belong together for an addressee. */
export interface Formula {
  readonly salutation: string
  readonly closing: string
}

/**
 * The formula for an addressee as printed (ภาคผนวก 2): of the first row with a title that the addressee begins with,
 * the longest title first; the usual one otherwise.
 */
export function formulaFor(addressee: string, { formulas, usualFormula }: Policy): Formula {
  const written = canonicalThai(addressee).trim()
  const found = formulas
    .flatMap((formula) => formula.titles.map((title) => ({ formula, title: canonicalThai(title) })))
    .toSorted((one, other) => other.title.length - one.title.length)
    .find(({ title }) => written.startsWith(title))
  const { salutation, closing } = found?.formula ?? usualFormula
  return { salutation, closing }
}
