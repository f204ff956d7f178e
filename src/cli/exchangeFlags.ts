import type { ServerOptions } from '../server/start.ts'
import { accept, type Outcome } from '../shared/outcome.ts'
import { usage } from './flags.ts'

const CODE = /^[0-9A-Za-z]{1,30}$/

/** Our e-CMS node, and our codes in the exchange between agencies: all three or none. */
export function readExchange(read: {
  readonly ecms?: string | undefined
  readonly 'ecms-ministry'?: string | undefined
  readonly 'ecms-department'?: string | undefined
}): Outcome<ServerOptions['exchange']> {
  const { ecms, 'ecms-ministry': ministryId, 'ecms-department': departmentId } = read
  if (ecms === undefined && ministryId === undefined && departmentId === undefined) return accept(undefined)
  const url = ecms !== undefined && /^https?:/.test(ecms) ? URL.parse(ecms)?.href : undefined
  if (url === undefined) return usage(`--ecms ${ecms ?? 'URL'}`)
  if (ministryId === undefined || !CODE.test(ministryId)) return usage(`--ecms-ministry ${ministryId ?? 'N'}`)
  if (departmentId === undefined || !CODE.test(departmentId)) {
    return usage(`--ecms-department ${departmentId ?? 'N'}`)
  }
  return accept({ url, ministryId, departmentId })
}
