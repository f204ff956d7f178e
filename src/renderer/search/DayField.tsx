import { useState } from 'react'
import { readDay } from '../../shared/thai/readDay.ts'
import { Field } from '../parts/Field.tsx'
import { useTexts } from '../texts/useTexts.ts'

/** A day typed as people write it, in the Buddhist era: ๑๕ ม.ค. ๒๕๖๙ or 15/1/2569. */
export function DayField(props: {
  label: string
  day: string | undefined
  onChange: (day: string | undefined) => void
}) {
  const { t, day } = useTexts()
  const [typed, setTyped] = useState<string | null>(null)
  const [wrong, setWrong] = useState(false)
  const take = () => {
    if (typed === null) return
    const read = readDay(typed)
    const empty = typed.trim() === ''
    setWrong(read === null && !empty)
    if (read === null && !empty) return
    props.onChange(read ?? undefined)
    setTyped(null)
  }
  return (
    <Field label={props.label} error={wrong ? t('search.dayWrong') : undefined}>
      {(names) => (
        <input
          {...names}
          className="input"
          type="text"
          autoComplete="off"
          placeholder={t('search.dayHint')}
          value={typed ?? (props.day ? day(props.day) : '')}
          onChange={(event) => {
            setTyped(event.target.value)
            setWrong(false)
          }}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === 'Enter') take()
          }}
        />
      )}
    </Field>
  )
}
