import { useId } from 'react'

/** One of a few short choices, side by side. */
export function Choice<Value extends string | number>(props: {
  label: string
  value: Value
  options: readonly { value: Value; words: string }[]
  onChoose: (value: Value) => void
}) {
  const name = useId()
  return (
    <fieldset className="choice">
      <legend>{props.label}</legend>
      <div className="choice-row">
        {props.options.map((option) => (
          <label key={option.value} className="choice-option">
            <input
              type="radio"
              className="visually-hidden"
              name={name}
              checked={option.value === props.value}
              onChange={() => props.onChoose(option.value)}
            />
            <span>{option.words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
