import { type RefObject, useEffect, useState } from 'react'

/** The pages near the view of a scrolling pane, which are painted, and the one that is read. */
export interface PagesInView {
  readonly near: ReadonlySet<number>
  readonly current: number
}

/** Watches the pages (`data-page`) of `pane`: one screen above and below the view counts as near. */
export function usePagesInView(pane: RefObject<HTMLElement | null>, pages: number): PagesInView {
  const [near, setNear] = useState<ReadonlySet<number>>(new Set([1]))
  const [current, setCurrent] = useState(1)
  useEffect(() => {
    const root = pane.current
    if (!root || pages === 0) return
    const observer = new IntersectionObserver(
      (entries) =>
        setNear((before) => {
          const after = new Set(before)
          for (const { target, isIntersecting } of entries) {
            const number = Number(target.getAttribute('data-page'))
            if (isIntersecting) after.add(number)
            else after.delete(number)
          }
          return after
        }),
      { root, rootMargin: '100% 0px' },
    )
    const watch = () => {
      for (const page of root.querySelectorAll('[data-page]')) observer.observe(page)
    }
    watch()
    const added = new MutationObserver(watch)
    added.observe(root, { childList: true })
    const scrolled = () => setCurrent(pageAt(root))
    root.addEventListener('scroll', scrolled, { passive: true })
    return () => {
      observer.disconnect()
      added.disconnect()
      root.removeEventListener('scroll', scrolled)
    }
  }, [pane, pages])
  return { near, current: Math.min(current, Math.max(pages, 1)) }
}

/** The page that covers the middle of the pane. */
function pageAt(root: HTMLElement): number {
  const middle = root.getBoundingClientRect().top + root.clientHeight / 2
  const page = [...root.querySelectorAll('[data-page]')].findLast(
    (element) => element.getBoundingClientRect().top <= middle,
  )
  return Number(page?.getAttribute('data-page') ?? 1)
}
