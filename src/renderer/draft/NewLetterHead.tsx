import { ArrowLeft, Check, Send } from 'lucide-react'
import { useNavigation } from '../app/place.ts'
import { Button } from '../parts/Button.tsx'
import type { TextKey } from '../texts/texts.ts'
import { useTexts } from '../texts/useTexts.ts'

const STEPS = [
  'draft.stepFile',
  'draft.stepDetails',
  'draft.stepPropose',
] as const satisfies readonly TextKey[]

/** The head of a new letter: what it is, which step one is at, and saving. */
export function NewLetterHead(props: {
  title: string
  /** The steps that are done. */
  done: number
  formId: string
  busy: boolean
}) {
  const { t, count } = useTexts()
  const { back } = useNavigation()
  return (
    <header className="new-head">
      <Button look="plain" icon={ArrowLeft} aria-label={t('common.back')} onClick={back} />
      <h1 className="one-line">{props.title}</h1>
      <ol className="new-steps" aria-label={t('draft.steps')}>
        {STEPS.map((step, index) => (
          <li
            key={step}
            className={index < props.done ? 'new-step-done' : undefined}
            aria-current={index === props.done ? 'step' : undefined}
          >
            {index < props.done ? <Check size={16} aria-hidden="true" /> : count(index + 1)} {t(step)}
          </li>
        ))}
      </ol>
      <Button type="submit" form={props.formId} name="then" value="save" aria-disabled={props.busy}>
        {t(props.busy ? 'draft.saving' : 'draft.save')}
      </Button>
      <Button
        type="submit"
        form={props.formId}
        name="then"
        value="propose"
        look="filled"
        icon={Send}
        aria-disabled={props.busy}
      >
        {t('draft.saveAndPropose')}
      </Button>
    </header>
  )
}

/** Whether a form was sent by its "save and propose" button. */
export const sentToPropose = (event: React.SubmitEvent<HTMLFormElement>): boolean =>
  (event.nativeEvent as SubmitEvent).submitter?.getAttribute('value') === 'propose'
