import { Lock } from 'lucide-react'
import type { Secrecy } from '../../shared/contract/letter.ts'
import { useTexts } from '../texts/useTexts.ts'
import { Chip } from './Chip.tsx'

/** The class of secrecy (ชั้นความลับ), red as on paper. A letter without one has no chip. */
export function SecrecyChip({ secrecy }: { secrecy: Secrecy }) {
  const { t } = useTexts()
  if (secrecy === 'none') return null
  return (
    <Chip tone="red" icon={Lock}>
      {t(`secrecy.${secrecy}`)}
    </Chip>
  )
}
