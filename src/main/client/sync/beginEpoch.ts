import { organisationSchema } from '../../../shared/contract/organisation.ts'
import { accept, type Outcome } from '../../../shared/outcome.ts'
import type { Pulling } from './pullFeed.ts'

/**
 * Begins anew with a server that was restored from a backup, and with the organisation that it has: its people may not
 * be those that were known.
 */
export async function beginEpoch(pulling: Pulling, epoch: string): Promise<Outcome<null>> {
  const organisation = await pulling.connection.json('/v1/organisation', organisationSchema)
  if (!organisation.ok) return organisation
  await pulling.store.call('keepOrganisation', organisation.value)
  await pulling.store.call('beginEpoch', epoch)
  pulling.organisationChanged(organisation.value)
  pulling.changed([])
  return accept(null)
}
