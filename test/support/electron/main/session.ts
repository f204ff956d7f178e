import type * as Electron from 'electron'
import { setCheckHandler, setRequestHandler } from './permissions.ts'
import { protocol } from './protocol.ts'
import { refuseUnknown } from './unimplemented.ts'

type Implemented = Pick<Electron.Session, 'setPermissionCheckHandler' | 'setPermissionRequestHandler'>

const defaultSession = refuseUnknown('session', {
  protocol,
  setPermissionCheckHandler: setCheckHandler,
  setPermissionRequestHandler: setRequestHandler,
  // Host names never resolve here, so a page has nothing to spell-check, download or proxy with.
  setSpellCheckerEnabled: () => undefined,
} satisfies Implemented & { protocol: unknown; setSpellCheckerEnabled(enable: boolean): void })

/** Electron's `session`: the one default session. */
export const session = refuseUnknown('session', { defaultSession })
