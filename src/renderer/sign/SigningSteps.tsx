import { Check, Circle, LoaderCircle } from 'lucide-react'
import type { SigningStep } from '../../shared/contract/views.ts'
import { useTexts } from '../texts/useTexts.ts'
import { PinPad } from './PinPad.tsx'

const STEPS: readonly SigningStep[] = ['number', 'prepare', 'token', 'embed', 'check', 'keep', 'send']

/** How far the signing is: a count of finished steps, each in words. */
export function SigningSteps(props: { step: SigningStep | null; waitsForPad: boolean }) {
  const { step } = props
  const { t, count } = useTexts()
  const at = step ? STEPS.indexOf(step) : 0
  return (
    <section className="signing-steps" aria-label={t('sign.title')}>
      <p role="status" aria-live="polite">
        {t('sign.progress', { done: count(at), all: count(STEPS.length) })}
        <span className="visually-hidden"> {step && t(`sign.step.${step}`)}</span>
      </p>
      {props.waitsForPad && <PinPad state="waits" />}
      <ol>
        {STEPS.map((one, index) => (
          <li key={one} className={index === at ? 'step-now' : index < at ? 'step-done' : undefined}>
            {index < at && <Check size={16} aria-hidden="true" />}
            {index === at && <LoaderCircle size={16} className="turning" aria-hidden="true" />}
            {index > at && <Circle size={16} aria-hidden="true" />}
            <span>{t(`sign.step.${one}`)}</span>
            <span className="step-state">
              {t(index < at ? 'sign.stepDone' : index === at ? 'sign.stepNow' : 'sign.stepNext')}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
