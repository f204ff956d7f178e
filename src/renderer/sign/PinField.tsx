import type { RefObject } from 'react'
import type { TokenState } from '../../shared/contract/views.ts'
import { useTexts } from '../texts/useTexts.ts'

const LADDER = { ok: 3, low: 2, 'final-try': 1, locked: 0, 'not-initialised': 0 } as const

/**
 * The PIN, and before it is typed what tries are left. The value lives in the input alone: no state, no cache; the
 * form reads it once and empties it.
 */
export function PinField(props: {
  input: RefObject<HTMLInputElement | null>
  token: TokenState | undefined
  disabled: boolean
  invalid: boolean
}) {
  const { t } = useTexts()
  const { token } = props
  const unusable = !token || LADDER[token.pinState] === 0
  return (
    <div className="pin-field">
      <div className="pin-words">
        <label htmlFor="pin">{t('sign.pin')}</label>
        {token && (
          <span id="pin-state" className={`pin-state pin-state-${token.pinState}`}>
            <span className="pin-ladder" aria-hidden="true">
              {[1, 2, 3].map((step) => (
                <i key={step} className={step > LADDER[token.pinState] ? 'pin-spent' : undefined} />
              ))}
            </span>
            {t(`sign.pinState.${token.pinState}`)}
          </span>
        )}
      </div>
      <input
        ref={props.input}
        id="pin"
        className="input pin-input"
        type="password"
        autoComplete="off"
        spellCheck={false}
        aria-describedby={token ? 'pin-state' : undefined}
        aria-invalid={props.invalid || undefined}
        maxLength={256}
        disabled={props.disabled || unusable}
        placeholder={unusable ? t(token ? 'sign.pinLocked' : 'sign.pinWaits') : undefined}
      />
    </div>
  )
}
