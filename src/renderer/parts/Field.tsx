import { type ReactNode, useId } from 'react'
import { useTexts } from '../texts/useTexts.ts'

/** What a field gives to the control inside it, so that label, hint and error are tied to it. */
export interface ControlNames {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': boolean | undefined
  readonly 'aria-required': boolean | undefined
}

/** A labelled field. `children` draws the control with the names that it is given. */
export function Field(props: {
  label: string
  required?: boolean
  hint?: ReactNode
  error?: string | undefined
  children: (names: ControlNames) => ReactNode
}) {
  const { t } = useTexts()
  const id = useId()
  const described = [props.error ? `${id}-error` : '', props.hint ? `${id}-hint` : '']
    .filter(Boolean)
    .join(' ')
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {props.label}
        {props.required && (
          <span className="field-mark" title={t('common.required')} aria-hidden="true">
            *
          </span>
        )}
      </label>
      {props.children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': props.error ? true : undefined,
        'aria-required': props.required || undefined,
      })}
      {props.error && (
        <span className="field-error" id={`${id}-error`} role="alert">
          {props.error}
        </span>
      )}
      {props.hint && (
        <span className="field-hint" id={`${id}-hint`}>
          {props.hint}
        </span>
      )}
    </div>
  )
}
