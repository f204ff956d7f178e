import { KeyRound, LoaderCircle, ScanEye, ShieldCheck, Signature, Square } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { SigningPlan, TokenState } from '../../shared/contract/views.ts'
import { useAnswer } from '../app/queries.ts'
import { useLayout } from '../app/useLayout.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { Panel, RefusalPanel } from '../parts/Panel.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { PinField } from './PinField.tsx'
import { type BlockPlace, PlaceEditor } from './PlaceEditor.tsx'
import { PlanFacts } from './PlanFacts.tsx'
import { aboutPin, endsWithToken, refusalTone } from './refusalTone.ts'
import { SigningSteps } from './SigningSteps.tsx'
import { TokenRows } from './TokenRows.tsx'
import type { useSigning } from './useSigning.ts'
import { maySign, useTokenChoice, waitsForPad } from './useTokenChoice.ts'

/** The sign dialog while a plan is there: place, token, what you will sign, PIN; then the steps. */
export function SignForm(props: {
  plan: SigningPlan
  headExtra: ReactNode
  letterId: string
  positionId: string
  control: ReturnType<typeof useSigning>
  onLeave: () => void
  onStale: () => void
}) {
  const { plan, control } = props
  const { t } = useTexts()
  const formId = useId()
  const pin = useRef<HTMLInputElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const submitButton = useRef<HTMLButtonElement>(null)
  const [pinMissing, setPinMissing] = useState(false)
  // Where the place and the form do not fit side by side, one is shown at a time.
  const narrow = useLayout() === 'single'
  const [placeShown, setPlaceShown] = useState(false)
  const [moved, setMoved] = useState<BlockPlace | null>(null)
  const block: BlockPlace = moved ?? { ...plan.block, moved: false, overlaps: plan.overlaps }
  const tokens = useAnswer('tokens.list', undefined, { fresh: true }).data
  const choice = useTokenChoice(tokens?.ok ? tokens.value : [])
  const { token, certificate } = choice
  const { signing } = control
  const busy = signing.phase === 'signing'
  const refusal = signing.phase === 'ready' ? signing.refusal : null
  const able = !busy && token !== undefined && maySign(token, certificate)

  // The token is back: nothing was lost, so the dialog goes on at the PIN.
  const waited = refusal !== null && endsWithToken(refusal.code)
  const { forget } = control
  useEffect(() => {
    if (waited && token) forget()
  }, [waited, token, forget])
  useEffect(() => {
    if (able && !placeShown) (pin.current ?? submitButton.current)?.focus()
  }, [able, placeShown])
  useEffect(() => {
    if (placeShown)
      form.current?.parentElement?.querySelector('.place-block')?.scrollIntoView({ block: 'center' })
  }, [placeShown])
  useEffect(() => {
    if (refusal) form.current?.querySelector('.panel')?.scrollIntoView({ block: 'nearest' })
  }, [refusal])

  const submit = () => {
    if (!able || !token) return
    const field = pin.current
    if (field?.value === '') {
      setPinMissing(true)
      setPlaceShown(false)
      return field.focus()
    }
    const request = control.sign({
      letterId: props.letterId,
      positionId: props.positionId,
      tokenSerial: token.serial,
      ...(certificate && { certificateId: certificate.id }),
      ...(field && { pin: field.value }),
      sha256: plan.sha256,
      block: { page: block.page, place: block.place },
    })
    if (field) field.value = ''
    setPinMissing(false)
    void request.then((signed) => {
      if (!signed) props.onStale()
    })
  }

  return (
    <Dialog
      title={t('sign.title')}
      headExtra={props.headExtra}
      className="sign-dialog"
      testId="sign-dialog"
      onClose={props.onLeave}
      foot={
        <>
          {narrow && (
            <Button
              size="main"
              icon={placeShown ? KeyRound : ScanEye}
              onClick={() => setPlaceShown(!placeShown)}
            >
              {t(placeShown ? 'sign.showForm' : 'sign.showPlace')}
            </Button>
          )}
          <span className="foot-note">
            {token || busy ? (
              <ShieldCheck size={17} aria-hidden="true" />
            ) : (
              <LoaderCircle size={17} className="turning" aria-hidden="true" />
            )}
            {t(footNote(token, busy))}
          </span>
          <Button size="main" icon={busy ? Square : undefined} keyCap="Esc" onClick={props.onLeave}>
            {t(busy ? 'sign.cancelSigning' : 'common.cancel')}
          </Button>
          <Button
            ref={submitButton}
            aria-describedby={token?.protectedPath ? 'pin-pad' : undefined}
            type="submit"
            form={formId}
            size="main"
            look="filled"
            icon={Signature}
            keyCap="Enter"
            disabled={!able}
          >
            {t(refusal && aboutPin(refusal.code) ? 'sign.again' : 'sign.submit')}
          </Button>
        </>
      }
    >
      <div className={narrow && placeShown ? 'sign-columns sign-columns-place' : 'sign-columns'}>
        <PlaceEditor plan={plan} block={block} disabled={busy} onChange={setMoved} />
        <form
          ref={form}
          id={formId}
          className="sign-form"
          aria-label={t('sign.title')}
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
        >
          <h3>{t('sign.how')}</h3>
          <TokenRows
            fault={tokens !== undefined && !tokens.ok}
            tokens={tokens?.ok ? tokens.value : []}
            token={token}
            certificate={certificate}
            disabled={busy}
            onToken={choice.chooseToken}
            onCertificate={choice.chooseCertificate}
          />
          <PlanFacts plan={plan} page={block.page} />
          {busy ? (
            <SigningSteps step={signing.step} waitsForPad={waitsForPad(token, signing.step)} />
          ) : (
            <PinField
              input={pin}
              token={token}
              disabled={!able}
              invalid={pinMissing || (refusal !== null && aboutPin(refusal.code))}
            />
          )}
          {pinMissing && !busy && (
            <span className="field-error" role="alert">
              {t('sign.pinMissing')}
            </span>
          )}
          {narrow && block.overlaps && <Panel tone="amber" title={t('sign.overlap')} />}
          {refusal && <RefusalPanel refusal={refusal} tone={refusalTone(refusal.code)} />}
          {tokens && !tokens.ok && <RefusalPanel refusal={tokens.refusal} tone="amber" />}
          {tokens?.ok && !token && !refusal && (
            <Panel tone="amber" title={t('sign.tokenAbsentTitle')}>
              {t('sign.tokenAbsentText')}
            </Panel>
          )}
          {token?.pinState === 'locked' && refusal?.code !== 'pin-locked' && (
            <RefusalPanel refusal={{ code: 'pin-locked' }} />
          )}
        </form>
      </div>
    </Dialog>
  )
}

/** What the foot of the dialog says about the PIN, or what is waited for. */
function footNote(token: TokenState | undefined, busy: boolean) {
  if (token?.protectedPath) return 'sign.pinOnReader'
  return token || busy ? 'sign.pinLocal' : 'sign.tokenWaiting'
}
