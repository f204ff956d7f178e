import { useState } from 'react'
import type { Outcome } from '../../shared/outcome.ts'
import { useKeptText } from '../app/keptText.ts'
import { useAction } from '../app/useAction.ts'

/** The state of a dialog that sends a letter on; what is typed is kept until the sending has been accepted. */
export function useRouting(name: string, onDone: () => void) {
  const action = useAction()
  const [to, setTo, clearTo] = useKeptText(`${name}/to`)
  const [note, setNote, clearNote] = useKeptText(`${name}/note`)
  const [missing, setMissing] = useState(false)
  const send = async (request: (to: string) => Promise<Outcome<null>>) => {
    if (action.busy) return
    setMissing(to === '')
    if (to === '') return
    const done = await action.run(() => request(to))
    if (done === undefined) return
    clearTo()
    clearNote()
    onDone()
  }
  const fields = {
    to: to || null,
    onTo: (positionId: string | null) => setTo(positionId ?? ''),
    note,
    onNote: setNote,
    missing: missing && to === '',
  }
  return { action, fields, send }
}
