import './draft.css'
import { useState } from 'react'
import { useNavigation } from '../app/place.ts'
import { ProposeDialog } from '../letter/ProposeDialog.tsx'
import { DraftScreen } from './DraftScreen.tsx'
import { ImportForm } from './ImportForm.tsx'
import { MemoForm } from './MemoForm.tsx'

/** A new letter, from a PDF or written here; after saving, to whom it is proposed. */
export function NewLetter({ kind }: { kind: 'import' | 'memo' }) {
  const { go } = useNavigation()
  const [proposing, setProposing] = useState<string | null>(null)
  const saved = (letterId: string, thenPropose: boolean) => {
    if (thenPropose) setProposing(letterId)
    else go({ screen: 'drafts', folder: 'drafts', letterId })
  }
  if (!proposing) return kind === 'memo' ? <MemoForm onSaved={saved} /> : <ImportForm onSaved={saved} />
  const place = { screen: 'drafts', folder: 'drafts', letterId: proposing } as const
  return (
    <>
      <DraftScreen place={place} />
      <ProposeDialog
        letterId={proposing}
        onClose={() => go(place)}
        onDone={() => go({ ...place, folder: 'followed' })}
      />
    </>
  )
}
