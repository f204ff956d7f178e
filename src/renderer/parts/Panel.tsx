import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Refusal } from '../../shared/outcome.ts'
import { useTexts } from '../texts/useTexts.ts'

type PanelTone = 'red' | 'amber' | 'green' | 'plain'

const ICONS: Record<PanelTone, LucideIcon> = {
  red: CircleAlert,
  amber: TriangleAlert,
  green: CircleCheck,
  plain: Info,
}

/** A panel that says what happened. Red and amber ones are announced at once, others when there is a pause. */
export function Panel(props: {
  tone: PanelTone
  title: ReactNode
  children?: ReactNode
  code?: ReactNode
  actions?: ReactNode
}) {
  const Icon = ICONS[props.tone]
  const urgent = props.tone === 'red' || props.tone === 'amber'
  return (
    <div className={`panel panel-${props.tone}`} role={urgent ? 'alert' : 'status'}>
      <Icon size={20} aria-hidden="true" />
      <div className="panel-title">{props.title}</div>
      {props.children && <div className="panel-body">{props.children}</div>}
      {props.code && <div className="panel-code">{props.code}</div>}
      {props.actions && <div className="panel-actions">{props.actions}</div>}
    </div>
  )
}

/** A refusal: what happened and did not change, the next step, and the code for the help desk. */
export function RefusalPanel(props: {
  refusal: Refusal
  tone?: 'red' | 'amber' | 'plain'
  actions?: ReactNode
}) {
  const { t, refusal } = useTexts()
  const { what, next } = refusal(props.refusal)
  return (
    <Panel
      tone={props.tone ?? 'red'}
      title={what}
      code={t('refusal.code', { code: props.refusal.code })}
      actions={props.actions}
    >
      {next}
    </Panel>
  )
}
