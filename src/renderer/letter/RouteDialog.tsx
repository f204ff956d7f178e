import type { LucideIcon } from 'lucide-react'
import { useId } from 'react'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { RefusalPanel } from '../parts/Panel.tsx'
import type { TextKey } from '../texts/texts.ts'
import { useTexts } from '../texts/useTexts.ts'
import { RouteFields } from './RouteFields.tsx'
import type { useRouting } from './useRouting.ts'

/** The dialog of proposing and forwarding. */
export function RouteDialog(props: {
  title: TextKey
  submit: TextKey
  icon: LucideIcon
  subject: string
  without: readonly string[]
  routing: ReturnType<typeof useRouting>
  onClose: () => void
  onSubmit: () => void
}) {
  const { t } = useTexts()
  const formId = useId()
  const { action, fields } = props.routing
  return (
    <Dialog
      title={t(props.title)}
      onClose={props.onClose}
      foot={
        <>
          <Button keyCap="Esc" onClick={props.onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" form={formId} look="filled" icon={props.icon} aria-disabled={action.busy}>
            {t(action.busy ? 'route.busy' : props.submit)}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          props.onSubmit()
        }}
      >
        <p className="dialog-subject">{props.subject}</p>
        {action.refusal && <RefusalPanel refusal={action.refusal} />}
        <RouteFields {...fields} without={props.without} />
      </form>
    </Dialog>
  )
}
