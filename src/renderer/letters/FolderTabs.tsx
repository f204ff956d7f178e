import type { Folder } from '../../shared/contract/ipc.ts'
import type { Tray } from '../../shared/contract/views.ts'
import { folderName } from '../app/folderName.ts'
import { useTexts } from '../texts/useTexts.ts'

/** The folders above the list, where the window has no room for the side bar. */
export function FolderTabs(props: {
  folders: readonly Folder[]
  tray: Tray
  folder: Folder
  onChoose: (folder: Folder) => void
}) {
  const { t, count } = useTexts()
  const own = props.tray.positionId === null
  return (
    <nav className="folder-tabs" aria-label={t('nav.folders')}>
      {props.folders.map((folder) => (
        <button
          key={folder}
          type="button"
          className="folder-tab ring-inside"
          aria-current={folder === props.folder ? 'true' : undefined}
          onClick={() => props.onChoose(folder)}
        >
          {t(folderName(folder, own))}
          <span data-testid={`tray-count-${props.tray.positionId ?? 'own'}-${folder}`}>
            {count(props.tray.counts[folder])}
          </span>
        </button>
      ))}
    </nav>
  )
}
