import './portal.css'
import { FilePenLine } from 'lucide-react'
import { useAccount } from '../app/account.ts'
import { useNavigation } from '../app/place.ts'
import { useTrays } from '../app/useTrays.ts'
import { Button } from '../parts/Button.tsx'
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
  const { go } = useNavigation()
  const { own, toSign } = useTrays()
  const forMe = toSign + (own?.counts.drafts ?? 0) + (own?.counts.returned ?? 0)
  return (
    <div className="portal">
      <header className="portal-head">
        <div>
          <h1>{fullDay(now)}</h1>
          <p>{t('portal.summary', { unit: account.unitName, count: count(forMe) })}</p>
        </div>
        <Button
          look="filled"
          icon={FilePenLine}
          keyCap="Ctrl N"
          onClick={() => go({ screen: 'new-letter', kind: 'memo' })}
        >
          {t('draft.memo')}
        </Button>
      </header>
      <Tiles />
      <div className="portal-lower">
        <RecentChanges />
        <ConnectionCard serverName={serverName} />
      </div>
    </div>
  )
}
