import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A browser's own offers, which an app window must not show. */
const PREFERENCES = {
  translate: { enabled: false },
  credentials_enable_service: false,
  autofill: { profile_enabled: false, credit_card_enabled: false },
  profile: { password_manager_enabled: false },
  browser: { enable_spellchecking: false },
  search: { suggest_enabled: false },
}

/** Gives a new profile its preferences; a profile that has some keeps them. */
export function writePreferences(profile: string): void {
  const file = join(profile, 'Default', 'Preferences')
  if (existsSync(file)) return
  mkdirSync(join(profile, 'Default'), { recursive: true })
  writeFileSync(file, JSON.stringify(PREFERENCES))
}
