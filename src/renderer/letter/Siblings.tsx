import { ChevronDown, ChevronUp } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { LetterDetail, LetterRow } from '../../shared/contract/views.ts'
import { useKeys } from '../app/keys.ts'
import { neighbour } from '../letters/neighbour.ts'
import { Button } from '../parts/Button.tsx'
import { useTexts } from '../texts/useTexts.ts'

/** The way to the letters before and after; for one that has left the folder, to those where it stood. */
export function Siblings(props: {
  letter: LetterDetail
  siblings: readonly LetterRow[]
  leftAt: number | undefined
  nextIsLikeliest: boolean
  onOpen: (letterId: string) => void
}) {
  const { letter, siblings, leftAt } = props
  const { t, count } = useTexts()
  const index = siblings.findIndex((row) => row.letterId === letter.letterId)
  const gone = index === -1
  const known = !gone || leftAt !== undefined
  const previous = known ? neighbour(siblings, letter.letterId, -1, leftAt) : undefined
  const next = known ? neighbour(siblings, letter.letterId, 1, leftAt) : undefined
  const open = (row: LetterRow | undefined) => (row ? props.onOpen(row.letterId) : false)
  const onward = useRef<HTMLButtonElement>(null)
  const back = useRef<HTMLButtonElement>(null)
  // The button that was pressed went with what could be done: the keyboard goes on at the next letter.
  useEffect(() => {
    if (gone && document.activeElement === document.body) (next ? onward : back).current?.focus()
  })
  useKeys({ keyj: () => open(next), keyk: () => open(previous) })
  if (!known || (!gone && siblings.length < 2)) return null
  return (
    <div className="siblings">
      <span role="status">
        {gone
          ? t('list.left', { count: count(siblings.length) })
          : t('list.position', { index: count(index + 1), count: count(siblings.length) })}
      </span>
      <Button
        ref={back}
        icon={ChevronUp}
        keyCap="K"
        aria-label={t('list.previous')}
        disabled={!previous}
        onClick={() => open(previous)}
      />
      <Button
        ref={onward}
        icon={ChevronDown}
        look={gone && next && props.nextIsLikeliest ? 'filled' : 'outlined'}
        keyCap="J"
        aria-label={t('list.next')}
        disabled={!next}
        onClick={() => open(next)}
      >
        {gone ? t('list.next') : undefined}
      </Button>
    </div>
  )
}
