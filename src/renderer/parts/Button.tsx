import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'

interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  /** Filled is the most likely action of its bar, and the only one; red is harmful and stands apart. */
  readonly look?: 'outlined' | 'filled' | 'red' | 'plain' | 'link'
  readonly size?: 'small' | 'normal' | 'main'
  readonly icon?: LucideIcon | undefined
  /** The key that presses the button, printed on it. */
  readonly keyCap?: string
  /** Has the focus when its dialog opens. */
  readonly 'data-first-focus'?: boolean
}

/** A button, with its key printed on it. */
export function Button({
  look = 'outlined',
  size = 'normal',
  icon: Icon,
  keyCap,
  children,
  ...rest
}: ButtonProps) {
  const className = `button button-${look}${size === 'normal' ? '' : ` button-${size}`}`
  return (
    <button type="button" className={className} {...rest}>
      {Icon && <Icon size={18} aria-hidden="true" />}
      {children !== undefined && <span className="one-line">{children}</span>}
      {keyCap && (
        <span className="key-cap" aria-hidden="true">
          {keyCap}
        </span>
      )}
    </button>
  )
}
