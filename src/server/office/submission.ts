import type { OfficeCommand } from '../../shared/contract/office.ts'
import type { OfficeBody } from '../../shared/domain/office/decideOffice.ts'

/** A command to the office on its way: from a person, or from the server itself. */
export interface OfficeSubmission {
  readonly command: Omit<OfficeCommand, 'body'> & { readonly body: OfficeBody }
  readonly actor: string
  readonly device: string
}
