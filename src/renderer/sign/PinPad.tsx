import { CreditCard } from 'lucide-react'
import { useTexts } from '../texts/useTexts.ts'

/** What a person does at a reader with a PIN pad of its own: before signing, and while it waits for the PIN. */
export function PinPad({ state }: { state: 'before' | 'waits' | 'locked' }) {
  const { t } = useTexts()
  if (state === 'locked') return <p className="pin-pad">{t('sign.pinLocked')}</p>
  return (
    <div className="pin-pad" id="pin-pad" role={state === 'waits' ? 'status' : undefined}>
      <CreditCard size={22} aria-hidden="true" />
      <div>
        <p>{t(state === 'before' ? 'sign.pinPad' : 'sign.pinPadWaits')}</p>
        <p className="pin-pad-hint">{t(state === 'before' ? 'sign.pinPadHint' : 'sign.pinPadStop')}</p>
      </div>
    </div>
  )
}
