import { useState } from 'react'
import type { ImportedFile } from '../../shared/contract/views.ts'
import { refuse } from '../../shared/outcome.ts'
import { useAnswer } from '../app/queries.ts'
import { useAction } from '../app/useAction.ts'
import { saraban } from '../bridge.ts'

/** Brings a PDF in, from the system's file dialog or dropped; `onFile` gets it when it has passed its checks. */
export function useImport(onFile: (file: ImportedFile) => void) {
  const action = useAction()
  const [over, setOver] = useState(false)
  const maximum = useAnswer('organisation.get').data?.policy.maximumFileBytes

  const choose = async () => {
    if (action.busy) return
    const file = await action.run(() => saraban.call('files.choose'))
    if (file) onFile(file)
  }
  const drop = async (dropped: File) => {
    if (action.busy) return
    const file = await action.run(async () => {
      if (maximum !== undefined && dropped.size > maximum) {
        return refuse('file-too-large', {
          megabytes: Math.ceil(dropped.size / 1e6),
          limit: Math.floor(maximum / 1e6),
        })
      }
      const bytes = new Uint8Array(await dropped.arrayBuffer())
      return saraban.call('files.drop', { name: dropped.name, bytes })
    })
    if (file) onFile(file)
  }

  const target = {
    onDragOver: (event: React.DragEvent) => {
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: (event: React.DragEvent) => {
      const inside = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)
      if (!inside) setOver(false)
    },
    onDrop: (event: React.DragEvent) => {
      event.preventDefault()
      setOver(false)
      const [file] = event.dataTransfer.files
      if (file) void drop(file)
    },
  }
  return { action, choose, over, target }
}
