import type { Kysely } from 'kysely'
import { secrecyLevel } from '../../shared/domain/secrecy.ts'
import { accept, type Outcome, type Refusal } from '../../shared/outcome.ts'
import type { CommandQueue } from '../commands/queue.ts'
import type { Tables } from '../database/tables.ts'
import type { FileStore } from '../files/store.ts'
import type { CurrentOrganisation } from '../organisation/directory.ts'
import { type EcmsGateway, ecmsGateway } from './ecms/ecmsGateway.ts'
import { type Exchange, startExchange } from './exchange.ts'
import { type ExchangeCode, secrecyLevelOf } from './letterForExchange.ts'
import { queueDispatches } from './queueDispatches.ts'
import { reportDispatch } from './reportDispatch.ts'

/** The e-CMS node of our agency, and who we are in the exchange. */
export interface ExchangeOptions {
  /** Such as `https://agency.ecms.example/ecms-ws01/service2`. */
  readonly url: string
  /** Our ministry's code, such as `11`. */
  readonly ministryId: string
  /** Our department's code, such as `11008`. */
  readonly departmentId: string
  /** Milliseconds between looks. Default 30 seconds. */
  readonly lookEveryMs?: number | undefined
}

/** What of the server the exchange works with. */
interface ServerParts {
  readonly database: Kysely<Tables>
  readonly store: FileStore
  readonly queue: CommandQueue
  readonly organisation: CurrentOrganisation
  readonly clock: () => Date
  readonly refused: (refusal: Refusal) => void
}

/** Opens the exchange through an e-CMS node and lets it work for the server's letters. */
export function openExchange(options: ExchangeOptions, parts: ServerParts): Exchange {
  const { url, ministryId, departmentId, lookEveryMs } = options
  const { database, store, clock, organisation } = parts
  const gateway = ecmsGateway({
    ...{ url, departmentId, clock },
    readFile: ({ sha256, bytes }) => store.read(sha256, 0, bytes - 1),
  })
  const codes = askedOnce(gateway)
  const dispatching = {
    ...{ database, clock, way: gateway.way, ours: { ministryId, departmentId } },
    directory: () => organisation.directory(),
    codes,
  }
  return startExchange({
    ...parts,
    ...{ gateway, lookEveryMs },
    secrecyLevel: async (code) => {
      const list = await codes('secrecy')
      // Without the list nobody can tell, and only those who are cleared for all may look.
      return (list.ok ? secrecyLevelOf(code, list.value) : undefined) ?? secrecyLevel('secret')
    },
    onConfirmation: reportDispatch(parts.queue),
    queueDue: () => queueDispatches(dispatching),
  })
}

/** The node's lists, which change with the law and are asked for once after each start. */
function askedOnce(gateway: EcmsGateway) {
  const known = new Map<string, readonly ExchangeCode[]>()
  return async (list: 'secrecy' | 'speed'): Promise<Outcome<readonly ExchangeCode[]>> => {
    const before = known.get(list)
    if (before) return accept(before)
    const asked = await gateway.codes(list)
    if (asked.ok) known.set(list, asked.value)
    return asked
  }
}
