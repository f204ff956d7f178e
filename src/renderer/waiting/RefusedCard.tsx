import { CircleAlert, Copy, FileText } from 'lucide-react'
import { useState } from 'react'
import type { WaitingCommand } from '../../shared/contract/views.ts'
import { useAction } from '../app/useAction.ts'
import { saraban } from '../bridge.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { RefusalPanel } from '../parts/Panel.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { useOpenLetter } from './useOpenLetter.ts'

/** A command that the server refused: why, what to do, and what the user typed, until it is given up. */
export function RefusedCard({ command }: { command: WaitingCommand }) {
  const { t, refusal, dayAndTime } = useTexts()
  const openLetter = useOpenLetter()
  const [asking, setAsking] = useState(false)
  const [copied, setCopied] = useState(false)
  const words = command.refusal && refusal(command.refusal)
  const copy = async () => {
    await navigator.clipboard.writeText(command.text)
    setCopied(true)
  }
  return (
    <section className="card refused-card" data-testid="refused-card" aria-label={t('waiting.refused')}>
      <header className="refused-head">
        <CircleAlert size={22} aria-hidden="true" />
        <div>
          <h2>{t('waitingWork.refusedTitle', { command: t(`command.${command.type}`) })}</h2>
          <p>{t('waitingWork.refusedSub')}</p>
        </div>
      </header>
      <div className="refused-body">
        <div className="refused-words">
          <h3>{command.subject}</h3>
          <p className="refused-since">{t('waitingWork.since', { time: dayAndTime(command.since) })}</p>
          {words && (
            <>
              <p className="refused-why">{words.what}</p>
              <p>{words.next}</p>
              <p className="refused-since">
                {command.refusal && t('refusal.code', { code: command.refusal.code })}
              </p>
            </>
          )}
        </div>
        {command.text && (
          <blockquote className="refused-kept">
            <span>{t('waitingWork.kept')}</span>
            {command.text}
          </blockquote>
        )}
      </div>
      <footer className="refused-foot">
        <Button look="filled" icon={FileText} onClick={() => openLetter(command.letterId)}>
          {t('waitingWork.open')}
        </Button>
        {command.text && (
          <Button icon={Copy} onClick={() => void copy()}>
            {t(copied ? 'common.copied' : 'common.copyText')}
          </Button>
        )}
        <span className="refused-space" />
        <Button look="red" onClick={() => setAsking(true)}>
          {t('waitingWork.discard')}
        </Button>
      </footer>
      {asking && <DiscardDialog command={command} onClose={() => setAsking(false)} />}
    </section>
  )
}

function DiscardDialog({ command, onClose }: { command: WaitingCommand; onClose: () => void }) {
  const { t } = useTexts()
  const action = useAction()
  const discard = async () => {
    const done = await action.run(() => saraban.call('outbox.discard', { commandId: command.commandId }))
    if (done !== undefined) onClose()
  }
  return (
    <Dialog
      title={t('waitingWork.discardTitle')}
      onClose={onClose}
      foot={
        <>
          <Button keyCap="Esc" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button look="red" disabled={action.busy} onClick={() => void discard()}>
            {t('waitingWork.discard')}
          </Button>
        </>
      }
    >
      <div className="stack">
        {action.refusal && <RefusalPanel refusal={action.refusal} />}
        <p>
          {t('waitingWork.discardText', {
            command: t(`command.${command.type}`),
            subject: command.subject,
          })}
        </p>
      </div>
    </Dialog>
  )
}
