import './signIn.css'
import { useQueryClient } from '@tanstack/react-query'
import { Eye, EyeOff, Server } from 'lucide-react'
import { useRef, useState } from 'react'
import { useAnswer } from '../app/queries.ts'
import { useSettings } from '../app/settings.ts'
import { useAction } from '../app/useAction.ts'
import { saraban } from '../bridge.ts'
import { Button } from '../parts/Button.tsx'
import { Field } from '../parts/Field.tsx'
import { LanguageChoice } from '../parts/LanguageChoice.tsx'
import { Panel, RefusalPanel } from '../parts/Panel.tsx'
import { useTexts } from '../texts/useTexts.ts'

/** Sign-in. The password lives in its field only, and is read when the form is sent. */
export function SignIn({ serverName, ended }: { serverName: string; ended: boolean }) {
  const { t } = useTexts()
  const { settings, change } = useSettings()
  const queries = useQueryClient()
  const action = useAction()
  const username = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  const [shown, setShown] = useState(false)
  const [capsLock, setCapsLock] = useState(false)

  const submit = async () => {
    const name = username.current
    const secret = password.current
    if (!name || !secret || action.busy) return
    if (name.value.trim() === '') return name.focus()
    if (secret.value === '') return secret.focus()
    const account = await action.run(() =>
      saraban.call('session.sign-in', { username: name.value, password: secret.value }),
    )
    secret.value = ''
    if (account) await queries.resetQueries()
    else secret.focus()
  }
  const watchCapsLock = (event: React.KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))

  return (
    <div className="sign-in">
      <header className="title-bar">
        <span className="title-bar-space" />
      </header>
      <main className="sign-in-card">
        <div className="sign-in-head">
          <span className="sign-in-mark" aria-hidden="true">
            ส
          </span>
          <div>
            <h1>{t('app.name')}</h1>
            <p>{t('signIn.lead')}</p>
          </div>
        </div>
        <form
          className="stack"
          aria-label={t('signIn.title')}
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          {ended && !action.refusal && <Panel tone="plain" title={t('signIn.ended')} />}
          {action.refusal && <RefusalPanel refusal={action.refusal} />}
          <Field label={t('signIn.username')}>
            {(names) => (
              <input {...names} ref={username} className="input" autoComplete="username" spellCheck={false} />
            )}
          </Field>
          <Field label={t('signIn.password')} hint={capsLock ? <CapsLockHint /> : undefined}>
            {(names) => (
              <span className="sign-in-secret">
                <input
                  {...names}
                  ref={password}
                  className="input"
                  type={shown ? 'text' : 'password'}
                  autoComplete="current-password"
                  spellCheck={false}
                  onKeyDown={watchCapsLock}
                  onKeyUp={watchCapsLock}
                />
                <Button
                  look="plain"
                  size="small"
                  icon={shown ? EyeOff : Eye}
                  aria-label={t(shown ? 'signIn.hide' : 'signIn.show')}
                  aria-pressed={shown}
                  onClick={() => setShown(!shown)}
                />
              </span>
            )}
          </Field>
          <Button type="submit" look="filled" size="main" keyCap="Enter" aria-disabled={action.busy}>
            {t(action.busy ? 'signIn.busy' : 'signIn.submit')}
          </Button>
        </form>
        <footer className="sign-in-foot">
          <ServerLine serverName={serverName} />
          <LanguageChoice language={settings.language} onChoose={(language) => void change({ language })} />
        </footer>
      </main>
    </div>
  )
}

function CapsLockHint() {
  const { t } = useTexts()
  return (
    <span className="caps-lock" role="status">
      {t('signIn.capsLock')}
    </span>
  )
}

const WORDS = {
  online: 'signIn.serverOnline',
  offline: 'signIn.serverOffline',
  connecting: 'signIn.serverConnecting',
} as const

function ServerLine({ serverName }: { serverName: string }) {
  const { t } = useTexts()
  const connection = useAnswer('sync.state', undefined, { every: 5_000 }).data?.connection ?? 'connecting'
  return (
    <div className="server-line">
      <Server size={18} aria-hidden="true" />
      <div>
        <span>{t('signIn.server')}</span>
        <strong>{serverName}</strong>
        <span
          className={`server-${connection}`}
          role="status"
          data-testid="sync-state"
          data-connection={connection}
        >
          {t(WORDS[connection])}
        </span>
      </div>
    </div>
  )
}
