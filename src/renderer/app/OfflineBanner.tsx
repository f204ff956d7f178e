import { Check, CloudOff, RefreshCw, X } from 'lucide-react'
import { saraban } from '../bridge.ts'
import { Button } from '../parts/Button.tsx'
import { useNow } from '../texts/useNow.ts'
import { useTexts } from '../texts/useTexts.ts'
import { useAnswer } from './queries.ts'

/** While offline: the age of what is shown, what works and what does not. */
export function OfflineBanner() {
  const { t, when, age } = useTexts()
  const now = useNow()
  const state = useAnswer('sync.state').data
  if (state?.connection !== 'offline') return null
  return (
    <section className="offline-banner" aria-label={t('sync.bannerTitleUnknown')}>
      <CloudOff size={22} aria-hidden="true" />
      <div className="offline-words">
        <strong>
          {state.lastSync
            ? t('sync.bannerTitle', { time: when(state.lastSync, now), age: age(state.lastSync, now) })
            : t('sync.bannerTitleUnknown')}
        </strong>
        <span className="offline-abilities">
          <span className="offline-can">
            <Check size={15} aria-hidden="true" /> {t('sync.bannerCan')}
          </span>
          <span className="offline-cannot">
            <X size={15} aria-hidden="true" /> {t('sync.bannerCannot')}
          </span>
        </span>
      </div>
      <Button icon={RefreshCw} onClick={() => void saraban.call('sync.now')}>
        {t('sync.now')}
      </Button>
    </section>
  )
}
