import { FilePenLine } from 'lucide-react'
import { useNavigation } from '../app/place.ts'
import { Button } from '../parts/Button.tsx'
import { useTexts } from '../texts/useTexts.ts'

/** Begins a new memo. */
export function NewMemoButton() {
  const { t } = useTexts()
  const { go } = useNavigation()
  return (
    <Button
      look="filled"
      icon={FilePenLine}
      keyCap="Ctrl N"
      onClick={() => go({ screen: 'new-letter', kind: 'memo' })}
    >
      {t('draft.memo')}
    </Button>
  )
}
