import { canonicalThai } from '../../../shared/thai/canonical.ts'
import type { Table } from './readTable.ts'

/** A table's headings may stand below a title, a logo's place, the agency's name. */
const DEEPEST_HEADINGS = 30

/** A row by the names of its columns; empty where the table has no such column. */
export interface NamedRow<Column extends string> {
  /** As a spreadsheet counts it, from 1. */
  readonly row: number
  readonly cells: Readonly<Record<Column, string>>
  /** The texts of the whole row that are not empty. */
  readonly texts: readonly string[]
}

/**
 * The rows below a table's headings, by the columns that `headings` gives the Thai and English names of. Undefined where
 * no row has the headings that are `needed`.
 */
export function namedRows<Column extends string>(
  { rows }: Table,
  headings: Readonly<Record<Column, readonly string[]>>,
  needed: readonly NoInfer<Column>[],
): NamedRow<Column>[] | undefined {
  const columns = Object.keys(headings) as Column[]
  for (const [index, row] of rows.slice(0, DEEPEST_HEADINGS).entries()) {
    const places = new Map<Column, number>()
    for (const column of columns) {
      const names = headings[column].map(bare)
      const place = row.findIndex((cell) => names.includes(bare(cell)))
      if (place >= 0) places.set(column, place)
    }
    if (!needed.every((column) => places.has(column))) continue
    const first = bare(row.find((cell) => cell !== '') ?? '')
    return rows.flatMap((cells, at): NamedRow<Column>[] => {
      const texts = cells.filter((cell) => cell !== '')
      // Headings are repeated where the table was printed page by page.
      if (at <= index || texts.length === 0 || bare(texts[0] ?? '') === first) return []
      const named = columns.map((column) => [column, cells[places.get(column) ?? -1] ?? ''] as const)
      return [{ row: at + 1, cells: Object.fromEntries(named) as Record<Column, string>, texts }]
    })
  }
  return undefined
}

/** A heading as it is compared: without spaces, dots, dashes and brackets. */
const bare = (heading: string): string => canonicalThai(heading).replace(/[\s.:()\-_/*]/g, '')
