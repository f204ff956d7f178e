import { FileUp } from 'lucide-react'
import { useTexts } from '../texts/useTexts.ts'

/** Covers the screen while a file is held over it. */
export function DropCover() {
  const { t } = useTexts()
  return (
    <div className="drop-cover" aria-hidden="true">
      <FileUp size={40} />
      <strong>{t('draft.drop')}</strong>
    </div>
  )
}
