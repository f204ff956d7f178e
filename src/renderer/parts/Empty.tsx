import type { LucideIcon } from 'lucide-react'

/** An empty place, in words: what is not here, and when it will be. */
export function Empty({ icon: Icon, title, next }: { icon: LucideIcon; title: string; next?: string }) {
  return (
    <div className="empty">
      <Icon size={32} strokeWidth={1.5} aria-hidden="true" />
      <strong>{title}</strong>
      {next && <span>{next}</span>}
    </div>
  )
}
