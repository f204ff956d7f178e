import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandLine } from './commandLine.ts'

const chosen = new Map<string, string>()

const USER_FOLDERS: Readonly<Record<string, string>> = {
  desktop: 'Desktop',
  documents: 'Documents',
  downloads: 'Downloads',
  music: 'Music',
  pictures: 'Pictures',
  videos: 'Videos',
}

/** `app.setPath`. */
export function setPath(name: string, path: string): void {
  chosen.set(name, path)
}

/** `app.getPath` of an app called `appName`; throws for a name that Electron does not have. */
export function getPath(name: string, appName: string): string {
  const path = chosen.get(name)
  if (path !== undefined) return path
  switch (name) {
    case 'home':
      return homedir()
    case 'temp':
      return tmpdir()
    case 'exe':
      return process.execPath
    case 'appData':
      return process.env.XDG_CONFIG_HOME || join(homedir(), '.config')
    case 'userData':
      return commandLine.getSwitchValue('user-data-dir') || join(getPath('appData', appName), appName)
    case 'sessionData':
      return getPath('userData', appName)
    case 'logs':
    case 'crashDumps':
      return join(getPath('userData', appName), name === 'logs' ? 'logs' : 'Crashpad')
    default: {
      const folder = USER_FOLDERS[name]
      if (folder === undefined) throw new Error(`Failed to get '${name}' path`)
      return join(homedir(), folder)
    }
  }
}
