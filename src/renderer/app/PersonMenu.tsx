import { useQueryClient } from '@tanstack/react-query'
import { LogOut } from 'lucide-react'
import { useId } from 'react'
import type { Account } from '../../shared/contract/views.ts'
import { saraban } from '../bridge.ts'
import { Button } from '../parts/Button.tsx'
import { Choice } from '../parts/Choice.tsx'
import { LanguageChoice } from '../parts/LanguageChoice.tsx'
import type { Texts } from '../texts/texts.ts'
import { useTexts } from '../texts/useTexts.ts'
import { initialOf, useAccount } from './account.ts'
import { useSettings } from './settings.ts'

const ZOOMS = [1, 1.25, 1.5, 2] as const

/** What the person is here as: the first position held, served, or else the unit. */
function roleWords(account: Account, { t }: Texts): string {
  const [held] = account.held
  if (held) return held.title
  const [served] = account.served
  return served ? t('person.secretaryOf', { position: served.title }) : account.unitName
}

/** The person at the bottom of the side bar, and the menu of language, digits, size and sign-out. */
export function PersonMenu({ rail }: { rail: boolean }) {
  const texts = useTexts()
  const { t } = texts
  const account = useAccount()
  const { settings, change } = useSettings()
  const queries = useQueryClient()
  const menuId = useId()
  const signOut = async () => {
    await saraban.call('session.sign-out')
    await queries.resetQueries()
  }
  return (
    <div className="person">
      <button
        type="button"
        className="person-button ring-inside"
        popoverTarget={menuId}
        aria-haspopup="dialog"
        aria-label={rail ? t('person.open', { name: account.name }) : undefined}
      >
        <span className="person-mark" aria-hidden="true">
          {initialOf(account.name)}
        </span>
        {!rail && (
          <span className="person-words">
            <strong className="one-line">{account.name}</strong>
            <span className="one-line">{roleWords(account, texts)}</span>
          </span>
        )}
      </button>
      <div id={menuId} popover="auto" className="person-menu" role="dialog" aria-label={t('person.menu')}>
        <div className="person-menu-head">
          <strong>{account.name}</strong>
          <span>{roleWords(account, texts)}</span>
          <span>{account.unitName}</span>
          {account.offline && <span className="person-offline">{t('person.offline')}</span>}
        </div>
        <LanguageChoice language={settings.language} onChoose={(language) => void change({ language })} />
        <Choice
          label={t('person.digits')}
          value={settings.digits}
          options={[
            { value: 'arabic', words: t('person.digitsArabic') },
            { value: 'thai', words: t('person.digitsThai') },
          ]}
          onChoose={(digits) => void change({ digits })}
        />
        <Choice
          label={t('person.zoom')}
          value={settings.zoom}
          options={ZOOMS.map((zoom) => ({ value: zoom, words: `${zoom * 100}%` }))}
          onChoose={(zoom) => void change({ zoom })}
        />
        <Button icon={LogOut} onClick={() => void signOut()}>
          {t('person.signOut')}
        </Button>
      </div>
    </div>
  )
}
