import { CircleHelp, CircleX, Clock } from 'lucide-react'
import type { WaitingCommand } from '../../shared/contract/views.ts'
import { Chip } from '../parts/Chip.tsx'
import { useTexts } from '../texts/useTexts.ts'

const LOOKS = {
  waiting: { tone: 'plain', icon: Clock },
  sent: { tone: 'amber', icon: CircleHelp },
  refused: { tone: 'red', icon: CircleX },
} as const

/** The state of a command, in the same words everywhere: รอส่ง, รอคำตอบ, ไม่รับ. */
export function WaitingState({ state }: { state: WaitingCommand['state'] }) {
  const { t } = useTexts()
  return <Chip {...LOOKS[state]}>{t(`waiting.${state}`)}</Chip>
}
