import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useTexts } from '../texts/useTexts.ts'
import { Button } from './Button.tsx'

/** Marks what has the focus when a dialog opens; otherwise it is the first control of its body. */
const FIRST = '[data-first-focus], .dialog-body :is(input, textarea, select):not(:disabled)'

/** A modal dialog over the page. Esc and the cross ask to close; the page behind cannot be reached. */
export function Dialog(props: {
  title: string
  onClose: () => void
  children: ReactNode
  foot?: ReactNode
  headExtra?: ReactNode
  className?: string
  testId?: string
}) {
  const { t } = useTexts()
  const element = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const dialog = element.current
    if (dialog && !dialog.open) dialog.showModal()
    return () => dialog?.close()
  }, [])
  // What a dialog asks for may come a moment after it opened, when an answer has arrived.
  const focused = useRef<HTMLElement>(null)
  useEffect(() => {
    if (focused.current?.isConnected) return
    focused.current = element.current?.querySelector<HTMLElement>(FIRST) ?? null
    if (focused.current) focused.current.focus()
    // Where what had the focus has gone, the focus stays in the dialog.
    else if (document.activeElement === document.body) element.current?.focus()
  })
  useEscape(props.onClose)
  return (
    <dialog
      ref={element}
      className={`dialog ${props.className ?? ''}`}
      aria-labelledby={titleId}
      data-testid={props.testId}
      tabIndex={-1}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        props.onClose()
      }}
    >
      <div className="dialog-head">
        <h2 id={titleId}>{props.title}</h2>
        {props.headExtra}
        <Button look="plain" icon={X} aria-label={t('common.close')} onClick={props.onClose} />
      </div>
      <div className="dialog-body">{props.children}</div>
      {props.foot && <div className="dialog-foot">{props.foot}</div>}
    </dialog>
  )
}

/**
 * Esc asks to close, wherever the focus is. The browser's own Esc could be put off only once: a second one would close
 * a dialog whose work is not done.
 */
function useEscape(onClose: () => void) {
  const latest = useRef(onClose)
  useEffect(() => {
    latest.current = onClose
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
      event.preventDefault()
      if (!event.repeat) latest.current()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
