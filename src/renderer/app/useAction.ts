import { useCallback, useState } from 'react'
import type { Outcome, Refusal } from '../../shared/outcome.ts'

/** An action that may be refused: whether it runs, and the refusal of the last run. */
export interface Action {
  readonly busy: boolean
  readonly refusal: Refusal | null
  /** Runs `request`; gives its value, or undefined when refused. What it was asked with is kept nowhere. */
  run<Value>(request: () => Promise<Outcome<Value>>): Promise<Value | undefined>
  forget(): void
}

/** An action of a form or button. Inputs may hold secrets, so no cache sees them. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const run = useCallback(async <Value>(request: () => Promise<Outcome<Value>>) => {
    setBusy(true)
    setRefusal(null)
    try {
      const outcome = await request()
      if (outcome.ok) return outcome.value
      setRefusal(outcome.refusal)
      return undefined
    } finally {
      setBusy(false)
    }
  }, [])
  const forget = useCallback(() => setRefusal(null), [])
  return { busy, refusal, run, forget }
}
