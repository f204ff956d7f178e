import { Check, CircleX, Clock, CloudOff, RefreshCw, Server, Timer, Upload } from 'lucide-react'
import type { ReactNode } from 'react'
import { useNavigation } from '../app/place.ts'
import { useAnswer } from '../app/queries.ts'
import { saraban } from '../bridge.ts'
import { Button } from '../parts/Button.tsx'
import { Chip } from '../parts/Chip.tsx'
import { useNow } from '../texts/useNow.ts'
import { useTexts } from '../texts/useTexts.ts'

/** Connection and sync as plain values: the help desk can ask for this card by its name. */
export function ConnectionCard({ serverName }: { serverName: string }) {
  const { t, count, when, age } = useTexts()
  const now = useNow()
  const { go } = useNavigation()
  const state = useAnswer('sync.state').data
  if (!state) return null
  const seconds =
    state.roundTrip === null ? null : (state.roundTrip / 1000).toFixed(state.roundTrip < 100 ? 2 : 1)
  const items = (number: number) =>
    number === 0 ? t('common.none') : t('portal.items', { count: count(number) })
  return (
    <section className="portal-card" aria-labelledby="connection-title">
      <header className="portal-card-head">
        <h2 id="connection-title">{t('portal.connection')}</h2>
        {state.connection === 'online' && (
          <Chip tone="green" icon={Check}>
            {t('portal.normal')}
          </Chip>
        )}
        {state.connection === 'offline' && (
          <Chip tone="amber" icon={CloudOff}>
            {t('portal.offline')}
          </Chip>
        )}
        {state.connection === 'connecting' && <Chip icon={RefreshCw}>{t('portal.connecting')}</Chip>}
      </header>
      <dl className="connection">
        <Value icon={<Server size={17} />} name={t('portal.server')}>
          {serverName}
        </Value>
        <Value icon={<RefreshCw size={17} />} name={t('portal.lastSync')}>
          {state.lastSync ? when(state.lastSync, now) : t('time.never')}
        </Value>
        <Value icon={<Upload size={17} />} name={t('portal.waiting')}>
          {items(state.waiting)}
        </Value>
        {state.oldestWaiting && (
          <Value icon={<Clock size={17} />} name={t('portal.oldest')}>
            {age(state.oldestWaiting, now)}
          </Value>
        )}
        <Value icon={<CircleX size={17} />} name={t('portal.refused')}>
          {items(state.refused)}
        </Value>
        <Value icon={<Timer size={17} />} name={t('portal.roundTrip')}>
          {seconds === null ? t('common.none') : t('portal.seconds', { seconds })}
        </Value>
      </dl>
      <div className="connection-actions">
        {state.waiting + state.refused > 0 && (
          <Button onClick={() => go({ screen: 'waiting' })}>{t('sync.open')}</Button>
        )}
        <Button icon={RefreshCw} onClick={() => void saraban.call('sync.now')}>
          {t('sync.now')}
        </Button>
      </div>
    </section>
  )
}

function Value({ icon, name, children }: { icon: ReactNode; name: string; children: ReactNode }) {
  return (
    <div className="connection-value">
      <dt>
        <span aria-hidden="true">{icon}</span>
        {name}
      </dt>
      <dd>{children}</dd>
    </div>
  )
}
