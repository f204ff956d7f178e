import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What a person could not do with the screen as it stands: axe's violations, one line each. */
export async function axeViolations(page: Page): Promise<string[]> {
  // The legacy mode stays in the app's one window; the other opens a second.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`))
}

/** Between two looks at a screen that may still be answering a new size, in milliseconds, and for all looks. */
const pause = 150
const patience = 3000

/**
 * What does not fit the window: the page scrolls sideways, or a button of the action bar cannot be seen. A window that
 * was made narrow a moment ago shows its wide layout for a frame or two, so two looks in a row have to agree.
 */
export async function layoutFaults(page: Page): Promise<string[]> {
  const end = Date.now() + patience
  for (let before = await faultsNow(page); ; ) {
    await page.waitForTimeout(pause)
    const now = await faultsNow(page)
    if (now.join() === before.join() || Date.now() > end) return now
    before = now
  }
}

const faultsNow = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    const faults = scrollWidth > clientWidth ? [`the page is ${scrollWidth - clientWidth} px too wide`] : []
    for (const bar of document.querySelectorAll('.action-bar-buttons, dialog[open] .dialog-foot')) {
      for (const button of bar.querySelectorAll('button')) {
        const { left, right, top, bottom } = button.getBoundingClientRect()
        const fits = left >= 0 && top >= 0 && right <= window.innerWidth && bottom <= window.innerHeight
        if (!fits) faults.push(`“${button.textContent}” is outside the window`)
      }
    }
    return faults
  })
