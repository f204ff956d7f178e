import type { RefObject } from 'react'
import type { TokenState } from '../../shared/contract/views.ts'
import { useTexts } from '../texts/useTexts.ts'
import { PinPad } from './PinPad.tsx'

const LADDER = { ok: 3, low: 2, 'final-try': 1, locked: 0, 'not-initialised': 0 } as const

/**
 * The PIN, and before it is typed what tries are left. The value lives in the input alone: no state, no cache; the
 * form reads it once and empties it. A reader with a PIN pad has no input here: the PIN is typed there.
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
  const onPad = token?.protectedPath === true
  return (
    <div className="pin-field">
      <div className="pin-words">
        {onPad ? (
          <span className="pin-name">{t('sign.pin')}</span>
        ) : (
          <label className="pin-name" htmlFor="pin">
            {t('sign.pin')}
          </label>
        )}
        {token && <PinState state={token.pinState} />}
      </div>
      {onPad ? (
        <PinPad state={unusable ? 'locked' : 'before'} />
      ) : (
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
      )}
    </div>
  )
}

/** What tries are left, as far as the token tells. */
function PinState({ state }: { state: TokenState['pinState'] }) {
  const { t } = useTexts()
  return (
    <span id="pin-state" className={`pin-state pin-state-${state}`}>
      <span className="pin-ladder" aria-hidden="true">
        {[1, 2, 3].map((step) => (
          <i key={step} className={step > LADDER[state] ? 'pin-spent' : undefined} />
        ))}
      </span>
      {t(`sign.pinState.${state}`)}
    </span>
  )
}
