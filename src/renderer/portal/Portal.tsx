import './portal.css'
import { useAccount } from '../app/account.ts'
import { useTrays } from '../app/useTrays.ts'
import { NewMemoButton } from '../draft/NewMemoButton.tsx'
import { useNow } from '../texts/useNow.ts'
import { useTexts } from '../texts/useTexts.ts'
import { ConnectionCard } from './ConnectionCard.tsx'
import { RecentChanges } from './RecentChanges.tsx'
import { Tiles } from './Tiles.tsx'

/** The home page: what waits, what changed, and how the connection is. */
export function Portal({ serverName }: { serverName: string }) {
  const { t, fullDay, count } = useTexts()
  const now = useNow()
  const account = useAccount()
  const { own, toSign } = useTrays()
  const forMe = toSign + (own?.counts.drafts ?? 0) + (own?.counts.returned ?? 0)
  return (
    <div className="portal">
      <header className="portal-head">
        <div>
          <h1>{fullDay(now)}</h1>
          <p>{t('portal.summary', { unit: account.unitName, count: count(forMe) })}</p>
        </div>
        <NewMemoButton />
      </header>
      <Tiles />
      <div className="portal-lower">
        <RecentChanges />
        <ConnectionCard serverName={serverName} />
      </div>
    </div>
  )
}
