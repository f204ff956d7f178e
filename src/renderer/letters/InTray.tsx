import { Inbox } from 'lucide-react'
import type { Folder } from '../../shared/contract/ipc.ts'
import type { LetterRow } from '../../shared/contract/views.ts'
import { folderName } from '../app/folderName.ts'
import { type Place, TRAY_FOLDERS, useNavigation } from '../app/place.ts'
import { useAnswer } from '../app/queries.ts'
import { useLayout } from '../app/useLayout.ts'
import { useTrays } from '../app/useTrays.ts'
import { Empty } from '../parts/Empty.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { FolderTabs } from './FolderTabs.tsx'
import { LetterBrowser } from './LetterBrowser.tsx'
import { listState } from './listState.ts'

const NONE: readonly LetterRow[] = []

/** The in-tray of a position: what waits for a signature, and what came of the rest. */
export function InTray({ place }: { place: Extract<Place, { screen: 'intray' }> }) {
  const { t } = useTexts()
  const { go } = useNavigation()
  const { positions, firstTray } = useTrays()
  const layout = useLayout()
  const tray = positions.find((one) => one.positionId === place.positionId) ?? firstTray
  const positionId = tray?.positionId ?? null
  const letters = useAnswer(
    'letters.list',
    { folder: place.folder, positionId },
    { enabled: positionId !== null },
  )
  if (!tray) {
    return (
      <div className="reader-empty">
        <Empty icon={Inbox} title={t('folder.noTray')} next={t('folder.noTrayNext')} />
      </div>
    )
  }
  const show = (folder: Folder, ofPosition = tray.positionId) =>
    go({ screen: 'intray', positionId: ofPosition, folder, letterId: null })
  return (
    <LetterBrowser
      title={t(folderName(place.folder, false))}
      head={
        layout !== 'wide' && (
          <>
            {positions.length > 1 && (
              <select
                className="input tray-select"
                aria-label={t('nav.tray')}
                value={tray.positionId}
                onChange={(event) => show('to-sign', event.target.value)}
              >
                {positions.map((one) => (
                  <option key={one.positionId} value={one.positionId}>
                    {one.title}
                  </option>
                ))}
              </select>
            )}
            <FolderTabs
              folders={TRAY_FOLDERS}
              tray={tray}
              folder={place.folder}
              onChoose={(folder) => show(folder)}
            />
          </>
        )
      }
      rows={letters.data ?? NONE}
      grouping={place.folder === 'to-sign' ? 'urgency' : 'day'}
      here={tray.title}
      state={listState(letters)}
      openId={place.letterId}
      emptyTitle={t(`folder.empty.${place.folder}`)}
      emptyNext={t('folder.emptyNext')}
      onOpen={(letterId) => go({ ...place, positionId: tray.positionId, letterId })}
    />
  )
}
