import type { ReactNode } from 'react'
import type { SearchFilters } from '../../shared/contract/search.ts'
import { useDirectory } from '../app/useDirectory.ts'
import { Field } from '../parts/Field.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { DayField } from './DayField.tsx'

const KINDS = ['external', 'internal', 'stamped', 'directive', 'publicity', 'record'] as const
const URGENCIES = ['normal', 'urgent', 'very-urgent', 'most-urgent', 'within'] as const
const STAGES = [
  'draft',
  'checking',
  'proposed',
  'returned',
  'registered',
  'signed',
  'ordered',
  'closed',
  'stored',
  'cancelled',
  'gone',
] as const

/** What a search is narrowed to: unit, register, kind, state, urgency and the letter's date. */
export function FilterForm(props: { filters: SearchFilters; onChange: (filters: SearchFilters) => void }) {
  const { t } = useTexts()
  const directory = useDirectory()
  const { filters } = props
  const organisation = directory?.organisation
  const registers = (organisation?.registers ?? []).filter(
    ({ unitId }) => filters.unitId === undefined || unitId === filters.unitId,
  )
  const set = (part: Partial<SearchFilters>) => {
    const changed = Object.entries({ ...filters, ...part }).filter(([, value]) => value !== undefined)
    props.onChange(Object.fromEntries(changed) as SearchFilters)
  }
  return (
    <div className="filter-form" id="search-filters">
      <Choices
        label={t('search.unit')}
        value={filters.unitId}
        options={organisation?.units ?? []}
        words={({ name }) => name}
        idOf={({ id }) => id}
        onChoose={(unitId) => set({ unitId, registerId: undefined })}
      />
      <Choices
        label={t('search.register')}
        value={filters.registerId}
        options={registers}
        words={({ title }) => title}
        idOf={({ id }) => id}
        onChoose={(registerId) => set({ registerId })}
      />
      <Choices
        label={t('search.kind')}
        value={filters.kind}
        options={KINDS}
        words={(kind) => t(`kind.${kind}`)}
        idOf={(kind) => kind}
        onChoose={(kind) => set({ kind: KINDS.find((one) => one === kind) })}
      />
      <Choices
        label={t('search.stage')}
        value={filters.stage}
        options={STAGES}
        words={(stage) => t(`search.stage.${stage}`)}
        idOf={(stage) => stage}
        onChoose={(stage) => set({ stage: STAGES.find((one) => one === stage) })}
      />
      <DayField label={t('search.from')} day={filters.from} onChange={(from) => set({ from })} />
      <DayField label={t('search.to')} day={filters.to} onChange={(to) => set({ to })} />
      <Choices
        label={t('search.urgency')}
        value={filters.urgency}
        options={URGENCIES}
        words={(urgency) => t(`urgency.${urgency}`)}
        idOf={(urgency) => urgency}
        onChoose={(urgency) => set({ urgency: URGENCIES.find((one) => one === urgency) })}
      />
    </div>
  )
}

function Choices<Option>(props: {
  label: string
  value: string | undefined
  options: readonly Option[]
  words: (option: Option) => ReactNode
  idOf: (option: Option) => string
  onChoose: (id: string | undefined) => void
}) {
  const { t } = useTexts()
  return (
    <Field label={props.label}>
      {(names) => (
        <select
          {...names}
          className="input"
          value={props.value ?? ''}
          onChange={(event) => props.onChoose(event.target.value || undefined)}
        >
          <option value="">{t('search.any')}</option>
          {props.options.map((option) => (
            <option key={props.idOf(option)} value={props.idOf(option)}>
              {props.words(option)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
