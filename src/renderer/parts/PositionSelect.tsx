import { useId, useRef, useState } from 'react'
import { useTexts } from '../texts/useTexts.ts'
import type { ControlNames } from './Field.tsx'
import { matchingChoices, type PositionChoice } from './positionChoices.ts'

/** Chooses a position by typing a part of its title, unit or holder; arrows move, Enter takes. */
export function PositionSelect(props: {
  names: ControlNames
  choices: readonly PositionChoice[]
  chosen: string | null
  onChoose: (positionId: string | null) => void
}) {
  const { t } = useTexts()
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState<string | null>(null)
  const [cursor, setCursor] = useState(0)
  const chosen = props.choices.find((choice) => choice.positionId === props.chosen)
  const shown = matchingChoices(props.choices, typed ?? '')

  const take = (choice: PositionChoice | undefined) => {
    if (!choice?.holderName) return
    props.onChoose(choice.positionId)
    setTyped(null)
    setOpen(false)
  }
  const move = (step: number) => {
    const next = Math.min(Math.max(cursor + step, 0), Math.max(shown.length - 1, 0))
    setOpen(true)
    setCursor(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }
  const press = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown') move(open ? 1 : 0)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Enter' && open) take(shown[cursor])
    else if (event.key === 'Escape' && open) setOpen(false)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="combobox">
      <input
        {...props.names}
        className="input"
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open && shown[cursor] ? `${listId}-${cursor}` : undefined}
        placeholder={t('route.positionHint')}
        value={typed ?? chosen?.title ?? ''}
        onFocus={(event) => event.target.select()}
        onClick={() => setOpen(true)}
        onBlur={() => {
          setOpen(false)
          setTyped(null)
        }}
        onChange={(event) => {
          setTyped(event.target.value)
          if (event.target.value === '') props.onChoose(null)
          setCursor(0)
          setOpen(true)
        }}
        onKeyDown={press}
      />
      {open && (
        <div
          ref={list}
          id={listId}
          role="listbox"
          aria-label={t('route.position')}
          className="combobox-list combobox-list-inline"
        >
          {shown.map((choice, index) => (
            // The input keeps the focus and its keys; the pointer is a second way.
            // biome-ignore lint/a11y/useFocusableInteractive: active descendant of the input
            <div
              key={choice.positionId}
              id={`${listId}-${index}`}
              role="option"
              className="combobox-option"
              aria-selected={index === cursor}
              aria-disabled={choice.holderName === null}
              onPointerDown={(event) => {
                event.preventDefault()
                take(choice)
              }}
            >
              <strong>{choice.title}</strong>
              <span>{choice.holderName ?? t('route.vacant')}</span>
            </div>
          ))}
          {shown.length === 0 && (
            <div
              role="option"
              aria-selected="false"
              aria-disabled="true"
              tabIndex={-1}
              className="combobox-option"
            >
              {t('route.positionNone')}
            </div>
          )}
        </div>
      )}
    </div>
  )
}
