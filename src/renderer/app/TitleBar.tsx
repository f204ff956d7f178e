import { SearchField } from '../search/SearchField.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { useAccount } from './account.ts'
import { SyncIndicator } from './SyncIndicator.tsx'
import { TokenIndicator } from './TokenIndicator.tsx'

/** The one line of chrome: name, search, connection and token, always in the same corner. It drags the window. */
export function TitleBar() {
  const { t } = useTexts()
  const account = useAccount()
  return (
    <header className="title-bar">
      <span className="app-mark" aria-hidden="true">
        ส
      </span>
      <span className="app-name">{t('app.name')}</span>
      <SearchField />
      <span className="title-bar-space" />
      <SyncIndicator />
      {account.held.some((position) => position.executive) && <TokenIndicator />}
    </header>
  )
}
