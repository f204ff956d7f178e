import type { OfficeCommand, OfficeResult } from '../../shared/contract/office.ts'
import type { Caller } from '../accounts/sessions.ts'
import { isLasting, refusedForFault } from '../commands/lastingFault.ts'
import { commitOffice, type OfficeParts } from './commitOffice.ts'

/** Handles what a caller asks of the office, one command after another; each is committed before the next. */
export async function handleOffice(
  parts: OfficeParts,
  { personId, deviceId }: Caller,
  commands: readonly OfficeCommand[],
): Promise<OfficeResult[]> {
  const results: OfficeResult[] = []
  for (const command of commands) {
    try {
      results.push(await commitOffice(parts, { command, actor: personId, device: deviceId }))
    } catch (error) {
      if (!isLasting(error)) throw error
      const { id, refusal } = refusedForFault(command.id, error)
      results.push({ id, outcome: 'refused', refusal })
    }
  }
  return results
}
