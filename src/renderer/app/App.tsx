import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Settings } from '../../shared/contract/ipc.ts'
import { saraban } from '../bridge.ts'
import { SignIn } from '../session/SignIn.tsx'
import { textsFor } from '../texts/texts.ts'
import { TextsContext } from '../texts/useTexts.ts'
import { Broken } from './Broken.tsx'
import { forgetKeptText } from './keptText.ts'
import { keyOf, useAnswer, usePushes } from './queries.ts'
import { Shell } from './Shell.tsx'
import { SettingsContext } from './settings.ts'

/** A file dropped beside a target must not replace the page. */
function refuseStrayDrops() {
  const stop = (event: Event) => event.preventDefault()
  window.addEventListener('dragover', stop)
  window.addEventListener('drop', stop)
  return () => {
    window.removeEventListener('dragover', stop)
    window.removeEventListener('drop', stop)
  }
}

const FIRST: Settings = { language: 'th', digits: 'arabic', zoom: 1 }

/** The whole window: sign-in, or the shell with its screens. */
export function App() {
  const queries = useQueryClient()
  const [ended, setEnded] = useState(false)
  const session = useAnswer('session.state')
  const settings = useAnswer('settings.get').data ?? FIRST
  const texts = useMemo(() => textsFor(settings), [settings])

  const endSession = useCallback(() => {
    forgetKeptText()
    setEnded(true)
    void queries.resetQueries()
  }, [queries])
  usePushes(endSession)

  const change = useCallback(
    async (part: Partial<Settings>) => {
      queries.setQueryData(keyOf('settings.get'), await saraban.call('settings.set', part))
    },
    [queries],
  )

  useEffect(refuseStrayDrops, [])
  useEffect(() => {
    document.documentElement.lang = settings.language
    document.title = texts.t('app.name')
  }, [settings.language, texts])

  const account = session.data?.account
  return (
    <TextsContext value={texts}>
      <SettingsContext value={{ settings, change }}>
        <Broken>
          {session.data && !account && <SignIn serverName={session.data.serverName} ended={ended} />}
          {account && (
            <Shell key={account.personId} account={account} serverName={session.data?.serverName ?? ''} />
          )}
        </Broken>
      </SettingsContext>
    </TextsContext>
  )
}
