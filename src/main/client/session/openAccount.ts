import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import { accountFolder, makeAccountFolder, setAside } from '../account/accountFolder.ts'
import {
  keepAccountKey,
  newAccountKey,
  purposeKey,
  readAccountKey,
  type Secrets,
} from '../account/accountKey.ts'
import { lockOut } from '../account/lockOut.ts'
import { type FileStore, fileStore } from '../files/fileStore.ts'
import type { Log } from '../log.ts'
import { type Store, startStore } from '../store/store.ts'

/** An account's store and files, unlocked. */
export interface UnlockedAccount {
  readonly personId: string
  /** What opened it; to be forgotten with the session. */
  readonly key: Uint8Array
  readonly store: Store
  readonly files: FileStore
}

/** What unlocking works with. */
export interface Unlocking {
  readonly directory: string
  readonly secrets: Secrets
  readonly storeWorkerPath: string | URL
  readonly log: Log
}

/**
 * Unlocks the store of someone whom the server has let in. Where the password was changed elsewhere and does not open
 * the store, `keptKey`, known from a session that the server ended, opens it and is kept under the new password.
 * Without one the store is set aside and a fresh one made.
 */
export async function unlockAfterServer(
  personId: string,
  password: string,
  unlocking: Unlocking,
  keptKey?: Uint8Array,
): Promise<UnlockedAccount> {
  const folder = accountFolder(unlocking.directory, personId)
  const known = await readAccountKey(folder.keyPath, password, unlocking.secrets)
  const key = known === 'closed' ? keptKey : known
  if (key instanceof Uint8Array) {
    const opened = await openStore(personId, key, unlocking)
    if (opened.ok && known === 'closed')
      await keepAccountKey(folder.keyPath, key, password, unlocking.secrets)
    if (opened.ok) return opened.value
  }
  if (known !== 'absent') {
    unlocking.log('account.set-aside')
    await setAside(folder)
  }
  await makeAccountFolder(folder)
  const fresh = newAccountKey()
  await keepAccountKey(folder.keyPath, fresh, password, unlocking.secrets)
  const opened = await openStore(personId, fresh, unlocking)
  if (!opened.ok) throw new Error('a fresh store does not open with its own key')
  return opened.value
}

/**
 * Unlocks the store without the server. Refuses sign-in-offline-unknown, sign-in-locked and sign-in-wrong; wrong
 * passwords are counted.
 */
export async function unlockOffline(
  username: string,
  password: string,
  unlocking: Unlocking,
): Promise<Outcome<UnlockedAccount>> {
  const folder = accountFolder(unlocking.directory, username)
  const tries = lockOut(folder.attemptsPath)
  const minutes = await tries.minutesLeft()
  if (minutes > 0) return refuse('sign-in-locked', { minutes })
  const key = await readAccountKey(folder.keyPath, password, unlocking.secrets)
  if (key === 'absent') return refuse('sign-in-offline-unknown')
  if (key === 'closed') {
    await tries.failed()
    const pause = await tries.minutesLeft()
    return pause > 0 ? refuse('sign-in-locked', { minutes: pause }) : refuse('sign-in-wrong')
  }
  await tries.succeeded()
  return openStore(username, key, unlocking)
}

/** Opens the database and the files. Refuses store-locked when the key does not open the database. */
async function openStore(
  personId: string,
  key: Uint8Array,
  { directory, storeWorkerPath, log }: Unlocking,
): Promise<Outcome<UnlockedAccount>> {
  const folder = accountFolder(directory, personId)
  const store = startStore(storeWorkerPath, log)
  const files = fileStore(folder.filesPath, purposeKey(key, 'files'))
  const opening = store.call('open', {
    path: folder.databasePath,
    key: purposeKey(key, 'store'),
    personId,
  })
  const opened = await opening.catch(async (error: unknown) => {
    await store.close()
    throw error
  })
  if (!opened.ok) {
    await store.close()
    return opened
  }
  await files.tidy()
  return accept({ personId, key, store, files })
}
