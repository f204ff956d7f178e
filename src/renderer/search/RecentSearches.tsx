import { useQueryClient } from '@tanstack/react-query'
import { History, Search } from 'lucide-react'
import { keyOf, useAnswer } from '../app/queries.ts'
import { saraban } from '../bridge.ts'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { useTexts } from '../texts/useTexts.ts'

/** What this person searched for on this device before, or what can be searched for. */
export function RecentSearches({ onChoose }: { onChoose: (text: string) => void }) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const searches = useAnswer('search.recent').data ?? []
  if (searches.length === 0)
    return <Empty icon={Search} title={t('search.begin')} next={t('search.beginNext')} />
  const forget = async () => queries.setQueryData(keyOf('search.recent'), await saraban.call('search.forget'))
  return (
    <section className="recent-searches" aria-labelledby="recent-searches">
      <h2 id="recent-searches">{t('search.recent')}</h2>
      <ul>
        {searches.map((text) => (
          <li key={text}>
            <button type="button" className="recent-search ring-inside" onClick={() => onChoose(text)}>
              <History size={16} aria-hidden="true" />
              <span className="one-line">{text}</span>
            </button>
          </li>
        ))}
      </ul>
      <p>{t('search.recentHere')}</p>
      <Button size="small" onClick={() => void forget()}>
        {t('search.forget')}
      </Button>
    </section>
  )
}
