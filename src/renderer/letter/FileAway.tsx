import { CloudOff } from 'lucide-react'
import { Empty } from '../parts/Empty.tsx'
import { useTexts } from '../texts/useTexts.ts'

/** Shown instead of the pages while the file is not on this device. */
export function FileAway() {
  const { t } = useTexts()
  return (
    <div className="reader-empty">
      <Empty icon={CloudOff} title={t('letter.fileAway')} />
    </div>
  )
}
