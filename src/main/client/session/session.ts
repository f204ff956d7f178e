import type { Organisation } from '../../../shared/contract/organisation.ts'
import { type Directory, directoryOf } from '../../../shared/domain/organisation.ts'
import { accept, type Outcome } from '../../../shared/outcome.ts'
import type { Pushes } from '../events.ts'
import { faultFacts, type Log } from '../log.ts'
import { type Device, serverConnection } from '../sync/connection.ts'
import { type Synchroniser, synchroniser } from '../sync/synchroniser.ts'
import type { Unlocking } from './openAccount.ts'
import { type SignedInAccount, signedInAccount } from './signedInAccount.ts'
import { type LetIn, signIn } from './signIn.ts'

/** What a session is made of. */
export interface SessionParts {
  readonly serverUrl: string
  readonly device: () => Promise<Device>
  readonly unlocking: Unlocking
  readonly pushes: Pushes
  readonly log: Log
  readonly mayRetract: (retracts: number, letters: number) => Promise<boolean>
}

/** Who is signed in on this device; at most one person at a time. */
export interface Session {
  current(): SignedInAccount | undefined
  /** Refuses as signIn does. Someone who is still signed in is signed out first. */
  signIn(username: string, password: string): Promise<Outcome<SignedInAccount>>
  /** Ends the session and closes the store; what waits in the outbox stays there. */
  signOut(): Promise<void>
}

export function session(parts: SessionParts): Session {
  const { pushes, log } = parts
  let current: SignedInAccount | undefined
  let turn: Promise<unknown> = Promise.resolve()
  /** Whose session the server ended, as after a changed password; the store waits for the new one. */
  let ended: { personId: string; key: Uint8Array } | undefined

  const end = async (account: SignedInAccount, tellServer: boolean) => {
    if (current !== account) return
    current = undefined
    await account.synchroniser.stop()
    if (tellServer) await account.connection.signOut()
    await account.store.close()
    if (tellServer) account.key.fill(0)
    else ended = { personId: account.personId, key: account.key }
    pushes.emit('session.ended', null)
  }

  const begin = ({ account, organisation }: LetIn, connection: SignedInAccount['connection']) => {
    let directory: Directory = directoryOf(organisation)
    let isTelling = false
    const stateChanged = () => {
      if (isTelling) return
      isTelling = true
      setImmediate(() => {
        isTelling = false
        if (current !== begun) return
        syncing.state().then(
          (state) => pushes.emit('sync.state', state),
          (error: unknown) => log('sync.fault', faultFacts(error)),
        )
      })
    }
    const changed = (letterIds: readonly string[]) => pushes.emit('changed', { letterIds: [...letterIds] })
    const syncing: Synchroniser = synchroniser({
      connection,
      store: account.store,
      files: account.files,
      log,
      changed,
      stateChanged,
      organisationChanged: (next: Organisation) => {
        directory = directoryOf(next)
      },
      // The run that found the session ended must itself be let finish.
      sessionEnded: () => void setImmediate(() => void end(begun, false)),
      mayRetract: parts.mayRetract,
    })
    const begun: SignedInAccount = signedInAccount({
      ...account,
      connection,
      synchroniser: syncing,
      directory: () => directory,
      changed,
      stateChanged,
    })
    current = begun
    syncing.start()
    return begun
  }

  const letInAfter = async (username: string, password: string): Promise<Outcome<SignedInAccount>> => {
    if (current !== undefined) await end(current, true)
    const connection = serverConnection(parts.serverUrl, await parts.device(), log)
    const letIn = await signIn(username, password, connection, parts.unlocking, ended)
    if (!letIn.ok) return letIn
    if (ended?.key !== letIn.value.account.key) ended?.key.fill(0)
    ended = undefined
    return accept(begin(letIn.value, connection))
  }

  return {
    current: () => current,
    signIn: (username, password) => {
      const letIn = turn.then(() => letInAfter(username, password))
      turn = letIn.catch(() => undefined)
      return letIn
    },
    signOut: async () => {
      if (current !== undefined) await end(current, true)
    },
  }
}
