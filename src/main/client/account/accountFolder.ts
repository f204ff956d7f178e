import { rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isMissing, makeFolder } from './durableFile.ts'

/** Where an account's store lies. Each account of a computer has a folder of its own. */
export interface AccountFolder {
  readonly path: string
  readonly keyPath: string
  readonly attemptsPath: string
  readonly databasePath: string
  readonly filesPath: string
}

/** A user name as the server knows it; anything else never becomes a path. */
export const isUserName = (name: string): boolean => /^[a-z0-9][a-z0-9-]{0,63}$/.test(name)

/** The folder of `userName` below `directory`. Throws for what is not a user name. */
export function accountFolder(directory: string, userName: string): AccountFolder {
  if (!isUserName(userName)) throw new Error('not a user name')
  const path = join(directory, 'accounts', userName)
  return {
    path,
    keyPath: join(path, 'key.json'),
    attemptsPath: join(path, 'attempts.json'),
    databasePath: join(path, 'store.db'),
    filesPath: join(path, 'files'),
  }
}

export const makeAccountFolder = async (folder: AccountFolder) => {
  await makeFolder(folder.path)
  await makeFolder(folder.filesPath)
}

/**
 * Puts a store aside whose key cannot be unwrapped any more, as after a changed password. It is never deleted: it
 * may hold work that no server has seen.
 */
export async function setAside(folder: AccountFolder, now: Date = new Date()): Promise<void> {
  const suffix = now.toISOString().replace(/[^0-9]/g, '')
  if (await exists(folder.path)) await rename(folder.path, `${folder.path}.set-aside-${suffix}`)
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}
