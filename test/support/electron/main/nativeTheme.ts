import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import { refuseUnknown } from './unimplemented.ts'

type Implemented = Pick<
  Electron.NativeTheme,
  'shouldUseDarkColors' | 'shouldUseHighContrastColors' | 'themeSource'
>

class NativeTheme extends EventEmitter implements Implemented {
  readonly shouldUseHighContrastColors = false
  private source: Electron.NativeTheme['themeSource'] = 'system'

  get themeSource(): Electron.NativeTheme['themeSource'] {
    return this.source
  }

  set themeSource(source: Electron.NativeTheme['themeSource']) {
    if (source === this.source) return
    this.source = source
    this.emit('updated')
  }

  get shouldUseDarkColors(): boolean {
    return this.source === 'dark'
  }
}

refuseUnknown('nativeTheme', NativeTheme.prototype)

/** Electron's `nativeTheme`; windows follow it with `prefers-color-scheme`. */
export const nativeTheme = new NativeTheme().setMaxListeners(0)
