import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

export type Tone = 'plain' | 'green' | 'amber' | 'orange' | 'red' | 'red-solid' | 'blue'

/** A short state in a word and a shape. */
export function Chip(props: { tone?: Tone; icon?: LucideIcon; children: ReactNode }) {
  const { tone = 'plain', icon: Icon, children } = props
  return (
    <span className={`chip chip-${tone}`}>
      {Icon && <Icon size={14} aria-hidden="true" />}
      {children}
    </span>
  )
}
