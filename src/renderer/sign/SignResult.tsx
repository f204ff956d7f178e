import { Check, CircleCheck, CloudUpload } from 'lucide-react'
import type { SignatureResult } from '../../shared/contract/views.ts'
import { Chip } from '../parts/Chip.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { hashStart } from './PlanFacts.tsx'

/** A finished signature: its number, and whether the server has it. */
export function SignResult({ result, subject }: { result: SignatureResult; subject: string }) {
  const { t, number } = useTexts()
  return (
    <section className="sign-result" role="status" data-testid="sign-result" data-sent={result.sent}>
      <CircleCheck size={44} aria-hidden="true" />
      <h3>{t('sign.done')}</h3>
      <p>{subject}</p>
      <p className="sign-result-number">
        {t('sign.doneNumber', { number: number(result.number.replace(/^ที่\s+/, '')) })}
      </p>
      {result.sent ? (
        <Chip tone="green" icon={Check}>
          {t('sign.doneSent')}
        </Chip>
      ) : (
        <Chip tone="amber" icon={CloudUpload}>
          {t('sign.doneWaiting')}
        </Chip>
      )}
      <p className="sign-result-note">{t(result.sent ? 'sign.doneSentText' : 'sign.doneWaitingText')}</p>
      <p className="code" title={result.sha256}>
        SHA-256 {hashStart(result.sha256)} …
      </p>
    </section>
  )
}
