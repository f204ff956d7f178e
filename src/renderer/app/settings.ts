import { createContext, useContext } from 'react'
import type { Settings } from '../../shared/contract/ipc.ts'

/** The user's settings and how to change a part of them. */
export interface SettingsAccess {
  readonly settings: Settings
  change(part: Partial<Settings>): Promise<void>
}

export const SettingsContext = createContext<SettingsAccess>({
  settings: { language: 'th', digits: 'arabic', zoom: 1 },
  change: async () => undefined,
})

/** The user's settings. */
export const useSettings = (): SettingsAccess => useContext(SettingsContext)
