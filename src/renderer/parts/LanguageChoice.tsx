import type { Settings } from '../../shared/contract/ipc.ts'
import { useTexts } from '../texts/useTexts.ts'
import { Choice } from './Choice.tsx'

/** The language of the screens: each named in its own words. */
export function LanguageChoice(props: {
  language: Settings['language']
  onChoose: (language: Settings['language']) => void
}) {
  const { t } = useTexts()
  return (
    <Choice
      label={t('language.label')}
      value={props.language}
      options={[
        { value: 'th', words: t('language.th') },
        { value: 'en', words: t('language.en') },
      ]}
      onChoose={props.onChoose}
    />
  )
}
