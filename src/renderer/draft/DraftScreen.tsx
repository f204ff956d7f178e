import './draft.css'
import { FileUp } from 'lucide-react'
import type { LetterRow } from '../../shared/contract/views.ts'
import { folderName } from '../app/folderName.ts'
import { keepText } from '../app/keptText.ts'
import { OWN_FOLDERS, type Place, useNavigation } from '../app/place.ts'
import { useAnswer } from '../app/queries.ts'
import { useLayout } from '../app/useLayout.ts'
import { useTrays } from '../app/useTrays.ts'
import { FolderTabs } from '../letters/FolderTabs.tsx'
import { LetterBrowser } from '../letters/LetterBrowser.tsx'
import { listState } from '../letters/listState.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { RefusalPanel } from '../parts/Panel.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { DropCover } from './DropCover.tsx'
import { NewMemoButton } from './NewMemoButton.tsx'
import { useImport } from './useImport.ts'
import { IMPORTED_FILE } from './useImportedFile.ts'

const NONE: readonly LetterRow[] = []

/** Draft: one's own letters, and the two ways to begin a new one. */
export function DraftScreen({ place }: { place: Extract<Place, { screen: 'drafts' }> }) {
  const { t } = useTexts()
  const { go } = useNavigation()
  const { own } = useTrays()
  const wide = useLayout() === 'wide'
  const letters = useAnswer('letters.list', { folder: place.folder, positionId: null })
  const { action, choose, over, target } = useImport((file) => {
    keepText(IMPORTED_FILE, JSON.stringify(file))
    go({ screen: 'new-letter', kind: 'import' })
  })
  return (
    <div className="drop-target" {...target}>
      <LetterBrowser
        title={t(folderName(place.folder, true))}
        head={
          <>
            <div className="list-head-actions">
              <Button icon={FileUp} aria-disabled={action.busy} onClick={() => void choose()}>
                {t(action.busy ? 'draft.importing' : 'draft.import')}
              </Button>
              <NewMemoButton />
            </div>
            {!wide && own && (
              <FolderTabs
                folders={OWN_FOLDERS}
                tray={own}
                folder={place.folder}
                onChoose={(folder) => go({ screen: 'drafts', folder, letterId: null })}
              />
            )}
          </>
        }
        rows={letters.data ?? NONE}
        grouping="day"
        state={listState(letters)}
        openId={place.letterId}
        emptyTitle={t(`folder.empty.${place.folder}`)}
        emptyNext={t(place.folder === 'drafts' ? 'folder.emptyDrafts' : 'folder.emptyNext')}
        onOpen={(letterId) => go({ ...place, letterId })}
      />
      {over && <DropCover />}
      {action.refusal && (
        <Dialog
          title={t('draft.import')}
          onClose={action.forget}
          foot={
            <>
              <Button keyCap="Esc" onClick={action.forget}>
                {t('common.close')}
              </Button>
              <Button look="filled" onClick={() => void choose()}>
                {t('draft.chooseAnother')}
              </Button>
            </>
          }
        >
          <RefusalPanel refusal={action.refusal} />
        </Dialog>
      )}
    </div>
  )
}
