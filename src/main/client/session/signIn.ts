import { type Organisation, organisationSchema } from '../../../shared/contract/organisation.ts'
import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import { isUserName } from '../account/accountFolder.ts'
import type { ServerConnection } from '../sync/connection.ts'
import { type UnlockedAccount, type Unlocking, unlockAfterServer, unlockOffline } from './openAccount.ts'

/** Someone who was let in, with the organisation as last known. */
export interface LetIn {
  readonly account: UnlockedAccount
  readonly organisation: Organisation
}

/**
 * Lets a person in: by the server where it can be reached, and by the password that opens the store where it
 * cannot. `kept` opens the store of someone whose session ended because the password was changed. Refuses sign-in-wrong, sign-in-locked, device-revoked, sign-in-offline-unknown and server-unreachable.
 */
export async function signIn(
  username: string,
  password: string,
  connection: ServerConnection,
  unlocking: Unlocking,
  kept?: { readonly personId: string; readonly key: Uint8Array },
): Promise<Outcome<LetIn>> {
  const name = username.toLowerCase()
  if (!isUserName(name)) return refuse('sign-in-wrong')
  const session = await connection.signIn(name, password)
  if (session.ok) {
    if (!isUserName(session.value.personId)) return refuse('sign-in-wrong')
    const { personId } = session.value
    const keptKey = kept?.personId === personId ? kept.key : undefined
    const account = await unlockAfterServer(personId, password, unlocking, keptKey)
    return withOrganisation(account, connection)
  }
  if (session.refusal.code !== 'server-unreachable') return session
  const account = await unlockOffline(name, password, unlocking)
  if (!account.ok) return account
  connection.signInLater(name, password)
  return keptOrganisation(account.value)
}

async function withOrganisation(
  account: UnlockedAccount,
  connection: ServerConnection,
): Promise<Outcome<LetIn>> {
  const fetched = await connection.json('/v1/organisation', organisationSchema)
  if (!fetched.ok) return keptOrganisation(account)
  await account.store.call('keepOrganisation', fetched.value)
  return accept({ account, organisation: fetched.value })
}

/** The organisation in the store. Without one this device has never finished a first sign-in. */
async function keptOrganisation(account: UnlockedAccount): Promise<Outcome<LetIn>> {
  const organisation = await account.store.call('organisation')
  if (organisation !== null) return accept({ account, organisation })
  await account.store.close()
  return refuse('sign-in-offline-unknown')
}
