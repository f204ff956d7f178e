import { useEffect, useLayoutEffect, useRef } from 'react'

/** What of a keyboard event decides which shortcut it is. */
export type KeyPress = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/**
 * The name of a pressed key: its place on the keyboard, so that L works while the Thai layout is on (where the
 * same key writes ส). Lower case, modifiers first: `ctrl+keyn`. The Mac's command key counts as Ctrl.
 */
export function keyName(press: KeyPress): string {
  const modifiers = [
    press.ctrlKey || press.metaKey ? 'ctrl+' : '',
    press.altKey ? 'alt+' : '',
    press.shiftKey ? 'shift+' : '',
  ]
  return `${modifiers.join('')}${press.code.toLowerCase()}`
}

/** Whether keys pressed in `element` are text for it and no shortcuts. */
const takesText = (element: Element | null): boolean =>
  element?.closest('input, textarea, select, [contenteditable="true"], [role="combobox"]') != null

/** What each key does, by keyName. A handler that returns false leaves the key alone. */
export type KeyActions = Readonly<Record<string, () => unknown>>

/**
 * Shortcuts of a screen. They rest while a dialog is open or text is being typed; keys with Ctrl work while typing.
 */
export function useKeys(actions: KeyActions): void {
  const latest = useRef(actions)
  // Before the screen is shown, so that a key never acts on what stood there a moment ago.
  useLayoutEffect(() => {
    latest.current = actions
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return
      const name = keyName(event)
      const typing = takesText(event.target instanceof Element ? event.target : null)
      if (typing && !name.startsWith('ctrl+')) return
      const action = latest.current[name]
      if (action && action() !== false) event.preventDefault()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
