import './shell.css'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Account } from '../../shared/contract/views.ts'
import { DraftScreen } from '../draft/DraftScreen.tsx'
import { NewLetter } from '../draft/NewLetter.tsx'
import { InTray } from '../letters/InTray.tsx'
import { RegisterScreen } from '../letters/RegisterScreen.tsx'
import { Portal } from '../portal/Portal.tsx'
import { prepareViewer } from '../reader/LazyPdfView.tsx'
import { SearchScreen } from '../search/SearchScreen.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { WaitingWork } from '../waiting/WaitingWork.tsx'
import { AccountContext } from './account.ts'
import { OfflineBanner } from './OfflineBanner.tsx'
import { NavigationContext, type Place } from './place.ts'
import { SideBar } from './SideBar.tsx'
import { useScreenKeys } from './screenKeys.ts'
import { TitleBar } from './TitleBar.tsx'

/** The signed-in window: title bar, side bar, and the screen of the place. */
export function Shell({ account, serverName }: { account: Account; serverName: string }) {
  const { t } = useTexts()
  const [place, setPlace] = useState<Place>({ screen: 'portal' })
  const trail = useRef<Place[]>([])
  const go = useCallback((next: Place) => {
    setPlace((current) => {
      if (current.screen !== next.screen) trail.current = [...trail.current.slice(-20), current]
      return next
    })
  }, [])
  const back = useCallback(() => setPlace(trail.current.pop() ?? { screen: 'portal' }), [])
  const navigation = useMemo(() => ({ place, go, back }), [place, go, back])

  useEffect(() => {
    const timer = setTimeout(prepareViewer, 500)
    return () => clearTimeout(timer)
  }, [])

  return (
    <AccountContext value={account}>
      <NavigationContext value={navigation}>
        <a className="skip-link" href="#screen">
          {t('app.skip')}
        </a>
        <div className="shell">
          <TitleBar />
          <SideBar />
          <main className="screen" id="screen" tabIndex={-1}>
            {place.screen !== 'portal' && <OfflineBanner />}
            <Screen place={place} serverName={serverName} />
          </main>
        </div>
        <ScreenKeys />
      </NavigationContext>
    </AccountContext>
  )
}

function ScreenKeys() {
  useScreenKeys()
  return null
}

function Screen({ place, serverName }: { place: Place; serverName: string }) {
  switch (place.screen) {
    case 'portal':
      return <Portal serverName={serverName} />
    case 'intray':
      return <InTray place={place} />
    case 'drafts':
      return <DraftScreen place={place} />
    case 'register':
      return <RegisterScreen place={place} />
    case 'new-letter':
      return <NewLetter key={place.kind} kind={place.kind} />
    case 'waiting':
      return <WaitingWork />
    case 'search':
      return <SearchScreen place={place} />
  }
}
