import type * as Electron from 'electron'
import { refuseUnknown } from './unimplemented.ts'

/** Electron's `shell`: there is no desktop to open anything on, so requests are only logged. */
export const shell = refuseUnknown('shell', {
  openExternal: async (address) => console.error(`[shell] openExternal ${new URL(address).origin}`),
  openPath: async () => 'no desktop to open a file on',
  showItemInFolder: () => console.error('[shell] showItemInFolder'),
  beep: () => undefined,
} satisfies Partial<Electron.Shell>)
