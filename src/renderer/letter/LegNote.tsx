import { MessageSquareText, Undo2 } from 'lucide-react'
import type { LetterDetail } from '../../shared/contract/views.ts'
import { Button } from '../parts/Button.tsx'
import { useTexts } from '../texts/useTexts.ts'

/** Longer words are cut here and stand whole in the letter's way. */
const LONG = 150

/** What was said with the letter last, above its pages: why it was returned, or the note to whoever has it now. */
export function LegNote({ letter, onReadAll }: { letter: LetterDetail; onReadAll: () => void }) {
  const { t } = useTexts()
  const leg = letter.legs.at(-1)
  const returned = leg?.outcome === 'returned'
  const words = returned ? leg.reason : leg?.outcome === 'open' ? leg.note : ''
  if (words === '') return null
  const said = returned ? ['returned'] : ['proposed', 'forwarded']
  const by = letter.timeline.findLast((entry) => said.includes(entry.event.body.type))
  const Icon = returned ? Undo2 : MessageSquareText
  const name = by?.actorName ?? ''
  return (
    <section className={returned ? 'leg-note leg-note-returned' : 'leg-note'}>
      <Icon size={18} aria-hidden="true" />
      <p>
        <strong>{t(returned ? 'letter.returnedBy' : 'letter.noteOf', { name })}</strong> {words}
      </p>
      {(words.length > LONG || words.includes('\n')) && (
        <Button size="small" onClick={onReadAll}>
          {t('letter.readAll')}
        </Button>
      )}
    </section>
  )
}
