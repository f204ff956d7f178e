import { expect, type Locator, type Page } from '@playwright/test'
import { type RefusalCode, refusals } from '../../../src/shared/refusals.ts'

/** The Thai sentence of a refusal as a pattern: what the program fills in may be anything. */
export function sentenceOf(code: RefusalCode): RegExp {
  const parts = refusals[code].th.split(/\{[a-z]+\}/i)
  return new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+'))
}

/** Waits until a refusal stands on the screen: its sentence, and its code for the help desk. */
export async function expectRefusal(within: Page | Locator, code: RefusalCode): Promise<void> {
  await expect(within.getByText(sentenceOf(code)).first()).toBeVisible({ timeout: 30_000 })
  await expect(within.getByText(`รหัส ${code}`, { exact: true }).first()).toBeVisible()
}
