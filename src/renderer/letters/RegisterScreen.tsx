import { type Place, useNavigation } from '../app/place.ts'
import { useTrays } from '../app/useTrays.ts'
import { useTexts } from '../texts/useTexts.ts'
import { LetterBrowser } from './LetterBrowser.tsx'
import { useLettersOf } from './useLettersOf.ts'

/** สารบรรณ: every signed and numbered letter that this person may see. */
export function RegisterScreen({ place }: { place: Extract<Place, { screen: 'register' }> }) {
  const { t } = useTexts()
  const { go } = useNavigation()
  const { positions, own } = useTrays()
  const trays = own ? [own, ...positions] : positions
  const { rows, state } = useLettersOf(
    trays.map((tray) => ({ folder: 'signed' as const, positionId: tray.positionId })),
  )
  return (
    <LetterBrowser
      title={t('register.title')}
      rows={rows}
      grouping="day"
      state={state}
      openId={place.letterId}
      emptyTitle={t('folder.empty.signed')}
      emptyNext={t('folder.emptyNext')}
      onOpen={(letterId) => go({ ...place, letterId })}
    />
  )
}
