import type { Urgency } from '../../shared/contract/letter.ts'
import { useTexts } from '../texts/useTexts.ts'
import type { Tone } from './Chip.tsx'

const LADDER = { urgent: 1, 'very-urgent': 2, 'most-urgent': 3, within: 3 } as const
const TONES = {
  urgent: 'amber',
  'very-urgent': 'orange',
  'most-urgent': 'red-solid',
  within: 'red-solid',
} as const satisfies Record<string, Tone>

/** Urgency (ชั้นความเร็ว) as a ladder that reads without colour. A normal letter has no chip. */
export function UrgencyChip({ urgency }: { urgency: Urgency }) {
  const { t } = useTexts()
  if (urgency === 'normal') return null
  return (
    <span className={`chip chip-${TONES[urgency]}`}>
      <span className="bars" aria-hidden="true">
        {[1, 2, 3].map((bar) => (
          <i key={bar} className={bar > LADDER[urgency] ? 'bar-off' : undefined} />
        ))}
      </span>
      {t(`urgency.${urgency}`)}
    </span>
  )
}
