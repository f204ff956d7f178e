import { CloudOff, RefreshCw } from 'lucide-react'
import type { SyncState } from '../../shared/contract/views.ts'
import type { Texts } from '../texts/texts.ts'
import { useNow } from '../texts/useNow.ts'
import { useTexts } from '../texts/useTexts.ts'
import { useNavigation } from './place.ts'
import { useAnswer } from './queries.ts'

/** The state of connection and waiting work in one line. */
export function syncWords(state: SyncState, texts: Texts, now: string): string {
  const { t, count, when } = texts
  const waiting = state.waiting > 0
  const values = {
    count: count(state.waiting),
    time: state.lastSync ? when(state.lastSync, now) : t('time.never'),
  }
  const words = t(waiting ? `sync.${state.connection}Waiting` : `sync.${state.connection}`, values)
  return state.refused > 0 ? `${words} · ${t('sync.refused', { count: count(state.refused) })}` : words
}

/** The connection and the waiting work, in the title bar of every screen. Opens the list of waiting work. */
export function SyncIndicator() {
  const texts = useTexts()
  const now = useNow()
  const { go } = useNavigation()
  const state = useAnswer('sync.state').data
  if (!state) return null
  const { connection, waiting, refused } = state
  return (
    <button
      type="button"
      className={`indicator indicator-${refused > 0 ? 'refused' : connection}`}
      title={texts.t('sync.open')}
      onClick={() => go({ screen: 'waiting' })}
    >
      {connection === 'online' && <span className="dot" aria-hidden="true" />}
      {connection === 'offline' && <CloudOff size={16} aria-hidden="true" />}
      {connection === 'connecting' && <RefreshCw className="turning" size={16} aria-hidden="true" />}
      <span
        className="one-line"
        role="status"
        data-testid="sync-state"
        data-connection={connection}
        data-waiting={waiting}
      >
        {syncWords(state, texts, now)}
      </span>
    </button>
  )
}
