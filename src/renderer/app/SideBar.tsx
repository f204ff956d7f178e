import { BookOpenText, CloudUpload, FilePenLine, House, Inbox, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTexts } from '../texts/useTexts.ts'
import { PersonMenu } from './PersonMenu.tsx'
import { type Place, useNavigation } from './place.ts'
import { useAnswer } from './queries.ts'
import { SideFolders } from './SideFolders.tsx'
import { useLayout } from './useLayout.ts'
import { useTrays } from './useTrays.ts'

/** The side bar, or on a narrow window the rail with words under its icons. */
export function SideBar() {
  const { t } = useTexts()
  const { place } = useNavigation()
  const { own, firstTray, toSign } = useTrays()
  const sync = useAnswer('sync.state').data
  const rail = useLayout() !== 'wide' || place.screen === 'new-letter'
  const waiting = (sync?.waiting ?? 0) + (sync?.refused ?? 0)
  const tray: Place = {
    screen: 'intray',
    positionId: firstTray?.positionId ?? '',
    folder: 'to-sign',
    letterId: null,
  }

  return (
    <nav className={rail ? 'side-bar side-rail' : 'side-bar'} aria-label={t('nav.label')}>
      <div className="side-screens">
        <ScreenLink icon={House} to={{ screen: 'portal' }}>
          {t('nav.portal')}
        </ScreenLink>
        <ScreenLink
          icon={FilePenLine}
          to={{ screen: 'drafts', folder: 'drafts', letterId: null }}
          also="new-letter"
          count={(own?.counts.drafts ?? 0) + (own?.counts.returned ?? 0)}
        >
          {t('nav.drafts')}
        </ScreenLink>
        <ScreenLink icon={Inbox} to={tray} count={toSign}>
          {t('nav.intray')}
        </ScreenLink>
        <ScreenLink icon={BookOpenText} to={{ screen: 'register', letterId: null }}>
          {t('nav.register')}
        </ScreenLink>
        {(rail || place.screen === 'portal' || place.screen === 'waiting') && waiting > 0 && (
          <ScreenLink icon={CloudUpload} to={{ screen: 'waiting' }} count={waiting}>
            {t('nav.waiting')}
          </ScreenLink>
        )}
      </div>
      {!rail && <SideFolders />}
      <PersonMenu rail={rail} />
    </nav>
  )
}

function ScreenLink(props: {
  icon: LucideIcon
  to: Place
  also?: Place['screen']
  count?: number
  children: ReactNode
}) {
  const { count } = useTexts()
  const { place, go } = useNavigation()
  const Icon = props.icon
  const here = place.screen === props.to.screen || place.screen === props.also
  return (
    <button
      type="button"
      className="side-screen ring-inside"
      aria-current={here ? 'page' : undefined}
      onClick={() => go(props.to)}
    >
      <Icon size={20} aria-hidden="true" />
      <span className="one-line">{props.children}</span>
      {props.count !== undefined && props.count > 0 && (
        <span className="side-count">{count(props.count)}</span>
      )}
    </button>
  )
}
