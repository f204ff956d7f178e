import { Undo2 } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import type { LetterDetail } from '../../shared/contract/views.ts'
import { useAccount } from '../app/account.ts'
import { useKeptText } from '../app/keptText.ts'
import { useAction } from '../app/useAction.ts'
import { saraban } from '../bridge.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { Field } from '../parts/Field.tsx'
import { RefusalPanel } from '../parts/Panel.tsx'
import { useTexts } from '../texts/useTexts.ts'

/** Returns the letter (ส่งคืน) with a reason, which is required. */
export function ReturnDialog(props: { letter: LetterDetail; positionId: string; onClose: () => void }) {
  const { letterId, subject } = props.letter
  const { t } = useTexts()
  const account = useAccount()
  const action = useAction()
  const formId = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [reason, setReason, clearReason] = useKeptText(`return/${letterId}`)
  const [missing, setMissing] = useState(false)
  const served = account.served.find((position) => position.positionId === props.positionId)

  const submit = async () => {
    if (action.busy) return
    const empty = reason.trim() === ''
    setMissing(empty)
    if (empty) return field.current?.focus()
    const done = await action.run(() =>
      saraban.call('letters.return', { letterId, positionId: props.positionId, reason }),
    )
    if (done === undefined) return
    clearReason()
    props.onClose()
  }

  return (
    <Dialog
      title={t('route.returnTitle')}
      onClose={props.onClose}
      foot={
        <>
          <Button keyCap="Esc" onClick={props.onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" form={formId} look="red" icon={Undo2} aria-disabled={action.busy}>
            {t(action.busy ? 'route.busy' : 'route.return')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <p className="dialog-subject">{subject}</p>
        {served && <p>{t('route.onBehalf', { position: served.title })}</p>}
        {action.refusal && <RefusalPanel refusal={action.refusal} />}
        <Field
          label={t('route.reason')}
          required
          hint={t('route.reasonHint')}
          error={missing && reason.trim() === '' ? t('route.reasonMissing') : undefined}
        >
          {(names) => (
            <textarea
              {...names}
              ref={field}
              className="input"
              rows={4}
              maxLength={2000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  )
}
