import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What a person could not do with the screen as it stands: axe's violations, one line each. */
export async function axeViolations(page: Page): Promise<string[]> {
  // The legacy mode stays in the app's one window; the other opens a second.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`))
}

/** What does not fit the window: the page scrolls sideways, or a button of the action bar cannot be seen. */
export const layoutFaults = (page: Page): Promise<string[]> =>
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
