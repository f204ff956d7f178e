import { Download, Forward, Send, Signature, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { LetterDetail, LetterRow } from '../../shared/contract/views.ts'
import { useKeys } from '../app/keys.ts'
import { useAction } from '../app/useAction.ts'
import { saraban } from '../bridge.ts'
import { Button } from '../parts/Button.tsx'
import { RefusalPanel } from '../parts/Panel.tsx'
import { SignDialog } from '../sign/SignDialog.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { ForwardDialog } from './ForwardDialog.tsx'
import { mainAction } from './mainAction.ts'
import { ProposeDialog } from './ProposeDialog.tsx'
import { ReturnDialog } from './ReturnDialog.tsx'
import { Siblings } from './Siblings.tsx'

type Dialog = 'sign' | 'forward' | 'return' | 'propose'

/** What may be done with the letter now. The most likely action is the only filled button. */
export function ActionBar(props: {
  letter: LetterDetail
  siblings: readonly LetterRow[]
  /** Where among them the letter stood, should it have left them. */
  leftAt: number | undefined
  onOpen: (letterId: string) => void
}) {
  const { letter } = props
  const { t } = useTexts()
  const { may } = letter
  // The position stays with an open dialog: signing changes what may be done while its result is being read.
  const [open, setOpen] = useState<{ dialog: Dialog; positionId: string } | null>(null)
  const close = () => setOpen(null)
  const show = (dialog: Dialog, positionId: string | null | boolean) =>
    positionId ? setOpen({ dialog, positionId: positionId === true ? '' : positionId }) : false
  const filled = mainAction(letter)
  useKeys({
    keyl: () => show('sign', may.sign),
    keyf: () => show('forward', may.forward),
    keyr: () => show('return', may.return),
    keyp: () => show('propose', may.propose),
  })
  const look = (action: Dialog) => (filled === action ? 'filled' : 'outlined')

  return (
    <footer className="action-bar">
      <div className="action-bar-buttons" role="toolbar" aria-label={t('letter.actions')}>
        {may.sign && (
          <Button
            size="main"
            look={look('sign')}
            icon={Signature}
            keyCap="L"
            onClick={() => show('sign', may.sign)}
          >
            {t('letter.sign')}
          </Button>
        )}
        {may.propose && (
          <Button
            size="main"
            look={look('propose')}
            icon={Send}
            keyCap="P"
            onClick={() => show('propose', may.propose)}
          >
            {t('letter.propose')}
          </Button>
        )}
        {may.forward && (
          <Button
            size="main"
            look={look('forward')}
            icon={Forward}
            keyCap="F"
            onClick={() => show('forward', may.forward)}
          >
            {t('letter.forward')}
          </Button>
        )}
        {may.return && (
          <Button size="main" look="red" icon={Undo2} keyCap="R" onClick={() => show('return', may.return)}>
            {t('letter.return')}
          </Button>
        )}
        <SaveCopy letterId={letter.letterId} enabled={letter.fileHere} />
      </div>
      <Siblings {...props} nextIsLikeliest={filled === null} />
      {open?.dialog === 'sign' && (
        <SignDialog
          letterId={letter.letterId}
          positionId={open.positionId}
          onClose={close}
          onForward={() => show('forward', open.positionId)}
        />
      )}
      {open?.dialog === 'forward' && (
        <ForwardDialog letter={letter} positionId={open.positionId} onClose={close} />
      )}
      {open?.dialog === 'return' && (
        <ReturnDialog letter={letter} positionId={open.positionId} onClose={close} />
      )}
      {open?.dialog === 'propose' && (
        <ProposeDialog letterId={letter.letterId} onClose={close} onDone={close} />
      )}
    </footer>
  )
}

function SaveCopy({ letterId, enabled }: { letterId: string; enabled: boolean }) {
  const { t } = useTexts()
  const action = useAction()
  const [saved, setSaved] = useState(false)
  const save = async () => {
    setSaved(false)
    const answer = await action.run(() => saraban.call('letters.save-copy', { letterId }))
    setSaved(answer?.saved ?? false)
  }
  return (
    <>
      <Button size="main" icon={Download} disabled={!enabled || action.busy} onClick={() => void save()}>
        {t('letter.saveCopy')}
      </Button>
      <span className="action-note" role="status">
        {saved && t('letter.saved')}
      </span>
      {action.refusal && (
        <div className="action-refusal">
          <RefusalPanel
            refusal={action.refusal}
            actions={<Button onClick={action.forget}>{t('common.close')}</Button>}
          />
        </div>
      )}
    </>
  )
}
