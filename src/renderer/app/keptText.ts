import { useCallback, useState } from 'react'

/** Typed text by the name of its field, kept while the program runs, until it has been used. */
const kept = new Map<string, string>()

/** Keeps `text` for the field `name`, before the field is shown. */
export const keepText = (name: string, text: string): void => {
  kept.set(name, text)
}

/** Forgets every kept text: another person may sit here next. */
export const forgetKeptText = (): void => kept.clear()

/** Text that survives a refusal, a closed dialog and a walk to another screen. `clear` when it has been used. */
export function useKeptText(name: string, initial = ''): [string, (text: string) => void, () => void] {
  const [text, setText] = useState(kept.get(name) ?? initial)
  const change = useCallback(
    (next: string) => {
      kept.set(name, next)
      setText(next)
    },
    [name],
  )
  const clear = useCallback(() => {
    kept.delete(name)
    setText(initial)
  }, [name, initial])
  return [text, change, clear]
}
