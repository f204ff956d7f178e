import { type RefObject, useEffect } from 'react'

/** How far down each letter was read, as a share of its height, while the program runs. */
const places = new Map<string, number>()

/** Opens paper at its last reading place, once it is laid out (`ready`), and remembers where one leaves. */
export function useReadingPlace(pane: RefObject<HTMLElement | null>, name: string, ready: boolean): void {
  useEffect(() => {
    const root = pane.current
    if (!root || !ready) return
    const frame = requestAnimationFrame(() => {
      root.scrollTop = (places.get(name) ?? 0) * root.scrollHeight
    })
    const remember = () => places.set(name, root.scrollTop / root.scrollHeight)
    root.addEventListener('scroll', remember, { passive: true })
    return () => {
      cancelAnimationFrame(frame)
      root.removeEventListener('scroll', remember)
    }
  }, [pane, name, ready])
}
