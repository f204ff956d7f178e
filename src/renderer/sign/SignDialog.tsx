import './sign.css'
import { useAnswer } from '../app/queries.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { Panel, RefusalPanel } from '../parts/Panel.tsx'
import { UrgencyChip } from '../parts/UrgencyChip.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { refusalTone } from './refusalTone.ts'
import { SignForm } from './SignForm.tsx'
import { SignResult } from './SignResult.tsx'
import { useSigning } from './useSigning.ts'

/** Signing one letter: what, where, with which token, the PIN, and what came of it. Esc leaves safely. */
export function SignDialog(props: {
  letterId: string
  positionId: string
  onClose: () => void
  onForward: () => void
}) {
  const { letterId, positionId } = props
  const { t } = useTexts()
  const plan = useAnswer('signing.plan', { letterId, positionId }, { fresh: true })
  const letter = useAnswer('letters.get', { letterId }).data
  const signing = useSigning(letterId)
  const leave = () => {
    if (signing.signing.phase === 'signing') signing.cancel()
    else props.onClose()
  }
  const urgency = letter?.ok ? letter.value.urgency : 'normal'

  if (signing.signing.phase === 'done') {
    return (
      <Dialog
        title={t('sign.title')}
        testId="sign-dialog"
        onClose={props.onClose}
        foot={
          <>
            <Button onClick={props.onForward}>{t('sign.forwardNow')}</Button>
            <Button look="filled" keyCap="Esc" data-first-focus onClick={props.onClose}>
              {t('common.close')}
            </Button>
          </>
        }
      >
        <SignResult result={signing.signing.result} subject={letter?.ok ? letter.value.subject : ''} />
      </Dialog>
    )
  }
  if (!plan.data?.ok) {
    return (
      <Dialog
        title={t('sign.title')}
        testId="sign-dialog"
        onClose={props.onClose}
        foot={
          <>
            <Button keyCap="Esc" onClick={props.onClose}>
              {t('common.close')}
            </Button>
            {(plan.data || plan.isError) && (
              <Button look="filled" data-first-focus onClick={() => void plan.refetch()}>
                {t('common.retry')}
              </Button>
            )}
          </>
        }
      >
        {plan.data && <RefusalPanel refusal={plan.data.refusal} tone={refusalTone(plan.data.refusal.code)} />}
        {plan.isError && <Panel tone="red" title={t('common.failed')} />}
        {plan.isPending && <p role="status">{t('common.loading')}</p>}
      </Dialog>
    )
  }
  return (
    <SignForm
      plan={plan.data.value}
      headExtra={<UrgencyChip urgency={urgency} />}
      letterId={letterId}
      positionId={positionId}
      control={signing}
      onLeave={leave}
      onStale={() => void plan.refetch()}
    />
  )
}
