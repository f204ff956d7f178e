import { BookOpenText, FilePenLine, Inbox } from 'lucide-react'
import { folderName } from '../app/folderName.ts'
import { OWN_FOLDERS, TRAY_FOLDERS, useNavigation } from '../app/place.ts'
import { useTrays } from '../app/useTrays.ts'
import { useLettersOf } from '../letters/useLettersOf.ts'
import { useTexts } from '../texts/useTexts.ts'
import { Tile, type TileRow } from './Tile.tsx'

/** The three modules that people were trained on, in that order, with the trays' own counts. */
export function Tiles() {
  const { t } = useTexts()
  const { go } = useNavigation()
  const { positions, own, firstTray, toSign } = useTrays()
  const trays = own ? [own, ...positions] : positions
  const signed = useLettersOf(
    trays.map((tray) => ({ folder: 'signed' as const, positionId: tray.positionId })),
  ).rows.length

  const draftRows: TileRow[] = own
    ? OWN_FOLDERS.slice(0, 3).map((folder) => ({
        words: t(folderName(folder, true)),
        count: own.counts[folder],
        open: () => go({ screen: 'drafts', folder, letterId: null }),
      }))
    : []
  const trayRows: TileRow[] = firstTray
    ? TRAY_FOLDERS.slice(0, 3).map((folder) => ({
        words: t(folderName(folder, false)),
        count: positions.reduce((sum, tray) => sum + tray.counts[folder], 0),
        open: () => {
          const first = positions.find((tray) => tray.counts[folder] > 0) ?? firstTray
          go({ screen: 'intray', positionId: first.positionId, folder, letterId: null })
        },
      }))
    : []
  const registerRows: TileRow[] = trays.slice(0, 3).map((tray) => ({
    words: tray.positionId === null ? t('portal.own') : tray.title,
    count: tray.counts.signed,
    open: () => go({ screen: 'register', letterId: null }),
  }))

  return (
    <div className="tiles">
      <Tile
        icon={FilePenLine}
        title={t('nav.drafts')}
        lead={t('portal.draftsLead')}
        keyCap="Alt 1"
        count={(own?.counts.drafts ?? 0) + (own?.counts.returned ?? 0)}
        words={t('portal.draftsCount')}
        rows={draftRows}
        onOpen={() => go({ screen: 'drafts', folder: 'drafts', letterId: null })}
      />
      <Tile
        icon={Inbox}
        title={t('nav.intray')}
        lead={t('portal.intrayLead')}
        keyCap="Alt 2"
        count={toSign}
        words={t('portal.intrayCount')}
        rows={trayRows}
        empty={t('portal.noTray')}
        onOpen={() =>
          go({ screen: 'intray', positionId: firstTray?.positionId ?? '', folder: 'to-sign', letterId: null })
        }
      />
      <Tile
        icon={BookOpenText}
        title={t('nav.register')}
        lead={t('portal.registerLead')}
        keyCap="Alt 3"
        count={signed}
        words={t('portal.registerCount')}
        rows={registerRows}
        onOpen={() => go({ screen: 'register', letterId: null })}
      />
    </div>
  )
}
