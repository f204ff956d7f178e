import { X } from 'lucide-react'
import type { SearchFilters } from '../../shared/contract/search.ts'
import type { Directory } from '../../shared/domain/organisation.ts'
import { useDirectory } from '../app/useDirectory.ts'
import type { Texts } from '../texts/texts.ts'
import { useTexts } from '../texts/useTexts.ts'

/** A filter that is on, in words. */
function filterWords(
  name: keyof SearchFilters,
  filters: SearchFilters,
  { t, day }: Pick<Texts, 't' | 'day'>,
  directory: Pick<Directory, 'unit' | 'register'> | undefined,
): string {
  const { unitId = '', registerId = '', kind, stage, urgency, from, to } = filters
  switch (name) {
    case 'unitId':
      return directory?.unit(unitId)?.name ?? unitId
    case 'registerId':
      return directory?.register(registerId)?.title ?? registerId
    case 'kind':
      return kind ? t(`kind.${kind}`) : ''
    case 'stage':
      return stage ? t(`search.stage.${stage}`) : ''
    case 'urgency':
      return urgency ? t('search.urgencyChip', { urgency: t(`urgency.${urgency}`) }) : ''
    case 'from':
      return from ? t('search.fromChip', { day: day(from) }) : ''
    case 'to':
      return to ? t('search.toChip', { day: day(to) }) : ''
  }
}

/** The filters that are on, each of which a press takes off. */
export function FilterChips(props: { filters: SearchFilters; onChange: (filters: SearchFilters) => void }) {
  const texts = useTexts()
  const directory = useDirectory()
  const on = (Object.keys(props.filters) as (keyof SearchFilters)[]).filter(
    (name) => props.filters[name] !== undefined,
  )
  if (on.length === 0) return null
  return (
    <ul className="filter-chips" aria-label={texts.t('search.filtersOn')}>
      {on.map((name) => {
        const words = filterWords(name, props.filters, texts, directory)
        return (
          <li key={name}>
            <button
              type="button"
              className="chip chip-blue filter-chip"
              aria-label={texts.t('search.filterOff', { filter: words })}
              onClick={() => {
                const { [name]: _, ...rest } = props.filters
                props.onChange(rest)
              }}
            >
              <span className="one-line">{words}</span>
              <X size={14} aria-hidden="true" />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
