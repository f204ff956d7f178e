import { ChevronRight, type LucideIcon } from 'lucide-react'
import { useTexts } from '../texts/useTexts.ts'

/** A row of a tile: it opens the list that its count is of. */
export interface TileRow {
  readonly words: string
  readonly count: number
  open(): void
}

/** One module: a large count of what waits, and rows that open the filtered lists. */
export function Tile(props: {
  icon: LucideIcon
  title: string
  lead: string
  keyCap: string
  count: number
  words: string
  rows: readonly TileRow[]
  empty?: string
  onOpen: () => void
}) {
  const { count } = useTexts()
  const Icon = props.icon
  return (
    <section className="tile" aria-label={props.title}>
      <button type="button" className="tile-head ring-inside" onClick={props.onOpen}>
        <span className="tile-icon" aria-hidden="true">
          <Icon size={22} />
        </span>
        <span className="tile-words">
          <strong>{props.title}</strong>
          <span className="one-line">{props.lead}</span>
        </span>
        <span className="key-cap" aria-hidden="true">
          {props.keyCap}
        </span>
      </button>
      <p className="tile-count">
        <strong>{count(props.count)}</strong> {props.words}
      </p>
      <ul className="tile-rows">
        {props.rows.map((row) => (
          <li key={row.words}>
            <button type="button" className="tile-row ring-inside" onClick={row.open}>
              <span className="one-line">{row.words}</span>
              <strong>{count(row.count)}</strong>
              <ChevronRight size={16} aria-hidden="true" />
            </button>
          </li>
        ))}
        {props.rows.length === 0 && props.empty && <li className="tile-none">{props.empty}</li>}
      </ul>
    </section>
  )
}
