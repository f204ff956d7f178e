import type { Mark } from '../../shared/contract/search.ts'

/** A text with the found words marked. */
export function Marked({ text, marks }: { text: string; marks: readonly Mark[] }) {
  let end = 0
  const parts = marks.map(([start, stop]) => {
    const before = text.slice(end, start)
    end = stop
    return (
      <span key={start}>
        {before}
        <mark>{text.slice(start, stop)}</mark>
      </span>
    )
  })
  return (
    <>
      {parts}
      {text.slice(end)}
    </>
  )
}
