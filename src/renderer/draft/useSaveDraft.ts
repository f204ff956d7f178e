import { useEffect, useRef, useState } from 'react'
import { useAction } from '../app/useAction.ts'
import { saraban } from '../bridge.ts'
import type { Details } from './DetailFields.tsx'

/** Saves a new letter; marks what is missing and leads there, and never sends an incomplete one. */
export function useSaveDraft() {
  const action = useAction()
  const form = useRef<HTMLFormElement>(null)
  const [checked, setChecked] = useState(0)
  useEffect(() => {
    if (checked > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [checked])

  /** Whether every text has been filled in; otherwise the first that is missing is focused. */
  const complete = (texts: readonly string[]): boolean => {
    const missing = texts.some((text) => text.trim() === '')
    if (missing) setChecked((times) => times + 1)
    return !missing
  }
  const save = (fileSha256: string, details: Details) =>
    action.run(() => saraban.call('letters.draft', { fileSha256, ...details }))
  return { action, form, checked: checked > 0, complete, save }
}
