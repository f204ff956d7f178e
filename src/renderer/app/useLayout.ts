import { useSyncExternalStore } from 'react'

/** How much fits side by side: side bar, list and reader; a rail instead of the side bar; or one pane at a time. */
export type Layout = 'wide' | 'rail' | 'single'

const WIDE = '(min-width: 1200px)'
const TWO_PANES = '(min-width: 900px)'

const layoutNow = (): Layout => {
  if (window.matchMedia(WIDE).matches) return 'wide'
  return window.matchMedia(TWO_PANES).matches ? 'rail' : 'single'
}

const subscribe = (listener: () => void) => {
  const queries = [window.matchMedia(WIDE), window.matchMedia(TWO_PANES)]
  for (const query of queries) query.addEventListener('change', listener)
  return () => {
    for (const query of queries) query.removeEventListener('change', listener)
  }
}

/** The layout for the window's width in CSS pixels, so that a large zoom counts as a narrow window. */
export const useLayout = (): Layout => useSyncExternalStore(subscribe, layoutNow)
