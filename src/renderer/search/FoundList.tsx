import { SearchX } from 'lucide-react'
import { useCallback, useEffect, useRef } from 'react'
import { useKeys } from '../app/keys.ts'
import { useLayout } from '../app/useLayout.ts'
import { neighbour } from '../letters/neighbour.ts'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { FoundRow } from './FoundRow.tsx'
import { FIELD_ID, FOUND_ID, focusField, foundButton } from './focus.ts'
import type { Found } from './useFound.ts'

/** What was found. J, K and the arrows move as in other lists; above the first stands the field; Esc goes to it. */
export function FoundList(props: {
  found: Found
  openId: string | null
  onOpen: (letterId: string) => void
}) {
  const { t } = useTexts()
  const single = useLayout() === 'single'
  const { found, openId } = props
  const { rows } = found

  const move = (step: 1 | -1) => {
    if (document.activeElement?.closest('.viewer, [role="tablist"], .route-pane')) return false
    const focused = document.activeElement?.getAttribute('data-letter-id') ?? null
    if (step === -1 && focused !== null && rows[0]?.letterId === focused) return focusField()
    const next = neighbour(rows, focused ?? openId, step)
    if (!next) return found.more ? found.more() : false
    foundButton(next.letterId)?.focus()
    if (!single) props.onOpen(next.letterId)
    return true
  }
  useKeys({
    keyj: () => move(1),
    keyk: () => move(-1),
    arrowdown: () => move(1),
    arrowup: () => move(-1),
    escape: () => (document.activeElement?.id === FIELD_ID ? false : focusField()),
  })

  const open = useRef(props.onOpen)
  useEffect(() => {
    open.current = props.onOpen
  })
  const onOpen = useCallback((letterId: string) => open.current(letterId), [])

  if (found.state === 'failed') return <Failed onRetry={found.retry} />
  if (found.state === 'loading') return <p className="list-loading">{t('search.loading')}</p>
  if (rows.length === 0) {
    return <Empty icon={SearchX} title={t('search.none')} next={t('search.noneNext')} />
  }
  const stop = rows.find((row) => row.letterId === openId) ?? rows[0]
  return (
    <>
      <ul className="found-list" id={FOUND_ID} aria-label={t('search.results')}>
        {rows.map((row) => (
          <li key={row.letterId}>
            <FoundRow
              row={row}
              open={row.letterId === openId}
              tabStop={row.letterId === stop?.letterId}
              onOpen={onOpen}
            />
          </li>
        ))}
      </ul>
      {found.more && (
        <div className="found-more">
          <Button onClick={found.more}>{t('search.more')}</Button>
        </div>
      )}
    </>
  )
}
