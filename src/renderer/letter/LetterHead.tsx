import { ArrowLeft, BadgeCheck, CircleDashed, Undo2 } from 'lucide-react'
import type { LetterDetail, WaitingCommand } from '../../shared/contract/views.ts'
import { Button } from '../parts/Button.tsx'
import { Chip } from '../parts/Chip.tsx'
import { SecrecyChip } from '../parts/SecrecyChip.tsx'
import { UrgencyChip } from '../parts/UrgencyChip.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { WaitingState } from '../waiting/WaitingState.tsx'

/** The facts that decide, above the pages, so that the pages can be scrolled. */
export function LetterHead({ letter, back }: { letter: LetterDetail; back: (() => void) | undefined }) {
  const { t, count, number, paperDate } = useTexts()
  // Alone in the window, the letter is what the page is about; beside a list it is a part.
  const Heading = back ? 'h1' : 'h2'
  const waiting = worstState(letter.waiting)
  const signed = letter.signatures.length > 0
  const numberText = letter.number?.text ?? letter.sender?.number
  const date = letter.number?.date ?? letter.sender?.date
  const noNumber = letter.sender ? 'letter.noSenderNumber' : 'letter.noNumber'
  return (
    <header className="letter-head">
      {back && <Button look="plain" icon={ArrowLeft} aria-label={t('list.back')} onClick={back} />}
      <div className="letter-head-words">
        <div className="letter-head-line">
          <Heading className="letter-subject" title={letter.subject}>
            {letter.subject}
          </Heading>
          <UrgencyChip urgency={letter.urgency} />
          <SecrecyChip secrecy={letter.secrecy} />
        </div>
        <div className="letter-head-line letter-facts">
          <span className="one-line">
            {t('letter.from')} <strong>{letter.from}</strong>
          </span>
          <span className="one-line">
            {t('letter.to')} <strong>{letter.addressee}</strong>
          </span>
          <span className="letter-fact" data-testid="letter-number">
            {numberText ? t('letter.number', { number: number(numberText) }) : t(noNumber)}
          </span>
          {date && <span className="letter-fact">{paperDate(date)}</span>}
          <span className="letter-state">
            {waiting && <WaitingState state={waiting} />}
            {letter.stage === 'returned' && (
              <Chip tone="amber" icon={Undo2}>
                {t('stage.returned')}
              </Chip>
            )}
            {signed ? (
              <Chip tone="green" icon={BadgeCheck}>
                {t('letter.signatures', { count: count(letter.signatures.length) })}
              </Chip>
            ) : (
              <Chip icon={CircleDashed}>{t('letter.noSignature')}</Chip>
            )}
          </span>
        </div>
      </div>
    </header>
  )
}

/** Of the commands about a letter, the state that most needs to be seen. */
function worstState(commands: readonly WaitingCommand[]): WaitingCommand['state'] | undefined {
  const states = ['refused', 'sent', 'waiting'] as const
  return states.find((state) => commands.some((command) => command.state === state))
}
