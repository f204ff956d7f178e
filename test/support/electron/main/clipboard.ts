import type * as Electron from 'electron'
import { refuseUnknown } from './unimplemented.ts'

let held = ''

/** Electron's `clipboard`, as text within this process: the desktop's own clipboard is not touched. */
export const clipboard = refuseUnknown('clipboard', {
  writeText: async (text) => {
    held = text
  },
  readText: async () => held,
  clear: () => {
    held = ''
  },
} satisfies Partial<Electron.Clipboard>)
