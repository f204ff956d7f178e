import { useTexts } from '../texts/useTexts.ts'
import { Button } from './Button.tsx'
import { Panel } from './Panel.tsx'

/** A list or letter that could not be read: says so, and tries again. */
export function Failed({ onRetry }: { onRetry: () => void }) {
  const { t } = useTexts()
  return (
    <div className="failed">
      <Panel
        tone="red"
        title={t('common.failed')}
        actions={<Button onClick={onRetry}>{t('common.retry')}</Button>}
      />
    </div>
  )
}
