import '../letters/letters.css'
import { useQueryClient } from '@tanstack/react-query'
import { MailOpen, SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { MOST_COUNTED } from '../../shared/contract/search.ts'
import { type Place, useNavigation } from '../app/place.ts'
import { keyOf } from '../app/queries.ts'
import { useLayout } from '../app/useLayout.ts'
import { saraban } from '../bridge.ts'
import { LetterView } from '../letter/LetterView.tsx'
import { Empty } from '../parts/Empty.tsx'
import type { Texts } from '../texts/texts.ts'
import { useTexts } from '../texts/useTexts.ts'
import { FilterChips } from './FilterChips.tsx'
import { FilterForm } from './FilterForm.tsx'
import { FoundList } from './FoundList.tsx'
import { focusField } from './focus.ts'
import { RecentSearches } from './RecentSearches.tsx'
import { type Found, useFound } from './useFound.ts'

const grouped = (count: string) => count.replace(/(\p{Nd})(?=(\p{Nd}{3})+$)/gu, '$1,')

/** How many were found; above what is counted, that there are more. */
function totalWords(found: Pick<Found, 'state' | 'total'>, { t, count }: Pick<Texts, 't' | 'count'>): string {
  if (found.state !== 'here') return ''
  return found.total > MOST_COUNTED
    ? t('search.totalMore', { count: grouped(count(MOST_COUNTED)) })
    : t('search.total', { count: grouped(count(found.total)) })
}

/** ค้นหา: the letters on this device that have the words of the title bar's field, and the reader beside them. */
export function SearchScreen({ place }: { place: Extract<Place, { screen: 'search' }> }) {
  const texts = useTexts()
  const { t, count } = texts
  const { go } = useNavigation()
  const queries = useQueryClient()
  const single = useLayout() === 'single'
  const [filtering, setFiltering] = useState(false)
  const found = useFound(place.text, place.filters)
  const { letterId } = place
  const open = async (opened: string) => {
    go({ ...place, letterId: opened })
    if (place.text.trim() !== '' && letterId === null)
      queries.setQueryData(
        keyOf('search.recent'),
        await saraban.call('search.remember', { text: place.text }),
      )
  }
  const narrow = (filters: typeof place.filters) => go({ ...place, filters, letterId: null })

  return (
    <div className="browser">
      {!(single && letterId) && (
        <section className="list-pane" aria-label={t('search.title')}>
          <header className="list-head">
            <div className="search-head">
              <h1>{t('search.title')}</h1>
              <span className="list-head-count" role="status" data-testid="search-total">
                {totalWords(found, texts)}
              </span>
              <button
                type="button"
                className="button button-small"
                aria-expanded={filtering}
                aria-controls="search-filters"
                onClick={() => setFiltering(!filtering)}
              >
                <SlidersHorizontal size={16} aria-hidden="true" />
                <span>{t('search.filters')}</span>
              </button>
            </div>
            <FilterChips filters={place.filters} onChange={narrow} />
            {found.unindexed > 0 && found.state !== 'idle' && (
              <p className="search-indexing">
                {t('search.indexing', { count: grouped(count(Math.min(found.unindexed, MOST_COUNTED))) })}
              </p>
            )}
          </header>
          <div className="list-scroll">
            {filtering && <FilterForm filters={place.filters} onChange={narrow} />}
            {found.state === 'idle' ? (
              <RecentSearches
                onChoose={(text) => {
                  go({ ...place, text })
                  focusField()
                }}
              />
            ) : (
              <FoundList found={found} openId={letterId} onOpen={(opened) => void open(opened)} />
            )}
          </div>
        </section>
      )}
      {letterId ? (
        <LetterView
          key={letterId}
          letterId={letterId}
          siblings={found.rows}
          leftAt={undefined}
          onOpen={(next) => go({ ...place, letterId: next })}
          back={single ? () => go({ ...place, letterId: null }) : undefined}
        />
      ) : (
        !single && (
          <div className="reader-empty">
            <Empty icon={MailOpen} title={t('list.choose')} next={t('list.chooseKeys')} />
          </div>
        )
      )}
    </div>
  )
}
