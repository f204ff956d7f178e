import './search.css'
import { useQueryClient } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useRef } from 'react'
import { useKeys } from '../app/keys.ts'
import { useNavigation } from '../app/place.ts'
import { keyOf } from '../app/queries.ts'
import { saraban } from '../bridge.ts'
import { useTexts } from '../texts/useTexts.ts'
import { FIELD_ID, focusFirstFound } from './focus.ts'

/**
 * The search field of the title bar. What is typed is searched at once; the arrow goes to what was found, Enter opens
 * the first, Esc empties the field and then goes back to where the person was.
 */
export function SearchField() {
  const { t } = useTexts()
  const { place, go, back } = useNavigation()
  const queries = useQueryClient()
  const field = useRef<HTMLInputElement>(null)
  const here = place.screen === 'search' ? place : undefined
  const text = here?.text ?? ''

  const focus = () => {
    field.current?.focus()
    field.current?.select()
  }
  useKeys({ 'ctrl+keyf': focus, slash: focus })

  const show = (typed: string) =>
    go({ screen: 'search', text: typed, filters: here?.filters ?? {}, letterId: null })
  const press = async (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      event.preventDefault()
      if (text !== '') return show('')
      if (here) back()
      return field.current?.blur()
    }
    if (event.key !== 'Enter' && event.key !== 'ArrowDown') return
    event.preventDefault()
    if (!here) return show(text)
    focusFirstFound(event.key === 'Enter')
    if (event.key === 'Enter' && text.trim() !== '')
      queries.setQueryData(keyOf('search.recent'), await saraban.call('search.remember', { text }))
  }

  return (
    <search className="title-search">
      <Search size={17} aria-hidden="true" />
      <input
        ref={field}
        id={FIELD_ID}
        type="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        aria-label={t('search.label')}
        aria-keyshortcuts="Control+F /"
        placeholder={t('search.placeholder')}
        value={text}
        onChange={(event) => show(event.target.value)}
        onKeyDown={(event) => void press(event)}
      />
      <span className="key-cap" aria-hidden="true">
        Ctrl F
      </span>
    </search>
  )
}
