import {
  BadgeCheck,
  CloudUpload,
  FilePenLine,
  Hourglass,
  type LucideIcon,
  Signature,
  Undo2,
  UserCheck,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { Folder } from '../../shared/contract/ipc.ts'
import { useTexts } from '../texts/useTexts.ts'
import { folderName } from './folderName.ts'
import { OWN_FOLDERS, type Place, TRAY_FOLDERS, useNavigation } from './place.ts'
import { useAnswer } from './queries.ts'
import { type PositionTray, useTrays } from './useTrays.ts'

const ICONS: Record<Folder, LucideIcon> = {
  'to-sign': Signature,
  followed: Hourglass,
  drafts: FilePenLine,
  returned: Undo2,
  signed: BadgeCheck,
}

/** Below the screens: the folders of the tray or of one's own letters, and the positions held and served. */
export function SideFolders() {
  const { t } = useTexts()
  const { place } = useNavigation()
  const { positions, own } = useTrays()
  const sync = useAnswer('sync.state').data
  const current =
    place.screen === 'intray' ? positions.find((tray) => tray.positionId === place.positionId) : undefined
  const waiting = (sync?.waiting ?? 0) + (sync?.refused ?? 0)
  const inFolders = place.screen === 'intray' || place.screen === 'drafts'

  return (
    <div className="side-folders">
      {place.screen === 'intray' && current && (
        <Group title={t('nav.trayOf', { position: current.title })}>
          {TRAY_FOLDERS.map((folder) => (
            <FolderLink
              key={folder}
              icon={ICONS[folder]}
              count={current.counts[folder]}
              testId={`tray-count-${current.positionId}-${folder}`}
              here={place.folder === folder}
              to={{ screen: 'intray', positionId: current.positionId, folder, letterId: null }}
            >
              {t(folderName(folder, false))}
            </FolderLink>
          ))}
        </Group>
      )}
      {place.screen === 'drafts' && own && (
        <Group title={t('draft.title')}>
          {OWN_FOLDERS.map((folder) => (
            <FolderLink
              key={folder}
              icon={ICONS[folder]}
              count={own.counts[folder]}
              testId={`tray-count-own-${folder}`}
              here={place.folder === folder}
              to={{ screen: 'drafts', folder, letterId: null }}
            >
              {t(folderName(folder, true))}
            </FolderLink>
          ))}
        </Group>
      )}
      {inFolders && waiting > 0 && (
        <Group title={t('nav.onDevice')}>
          <FolderLink icon={CloudUpload} count={waiting} here={false} to={{ screen: 'waiting' }}>
            {t('nav.waiting')}
          </FolderLink>
        </Group>
      )}
      <Positions title={t('nav.positionsHeld')} trays={positions.filter((tray) => tray.role === 'holder')} />
      <Positions
        title={t('nav.positionsDelegated')}
        trays={positions.filter((tray) => tray.role === 'delegate')}
      />
      <Positions
        title={t('nav.positionsServed')}
        trays={positions.filter((tray) => tray.role === 'secretary')}
      />
    </div>
  )
}

function Positions({ title, trays }: { title: string; trays: readonly PositionTray[] }) {
  const { place } = useNavigation()
  if (trays.length === 0) return null
  return (
    <Group title={title}>
      {trays.map((tray) => (
        <FolderLink
          key={tray.positionId}
          icon={UserCheck}
          count={tray.counts['to-sign']}
          here={place.screen === 'intray' && place.positionId === tray.positionId}
          to={{ screen: 'intray', positionId: tray.positionId, folder: 'to-sign', letterId: null }}
        >
          {tray.title}
        </FolderLink>
      ))}
    </Group>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="side-group">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function FolderLink(props: {
  icon: LucideIcon
  count: number
  here: boolean
  to: Place
  testId?: string
  children: string
}) {
  const { count } = useTexts()
  const { go } = useNavigation()
  const Icon = props.icon
  return (
    <button
      type="button"
      className="side-folder ring-inside"
      aria-current={props.here ? 'true' : undefined}
      title={props.children}
      onClick={() => go(props.to)}
    >
      <Icon size={18} aria-hidden="true" />
      <span className="one-line">{props.children}</span>
      <span className="side-count" data-testid={props.testId}>
        {count(props.count)}
      </span>
    </button>
  )
}
