import type { Kysely } from 'kysely'
import type { Refusal } from '../../shared/outcome.ts'
import type { Tables } from '../database/tables.ts'
import type { FileStore } from '../files/store.ts'
import type { Confirmation } from './confirmations.ts'
import { ecmsGateway } from './ecms/ecmsGateway.ts'
import { type Exchange, startExchange } from './exchange.ts'

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
  readonly clock: () => Date
  readonly refused: (refusal: Refusal) => void
  /** Told what was confirmed; while nobody listens it is kept. */
  readonly onConfirmation?: (confirmation: Confirmation) => Promise<void>
}

/** Opens the exchange through an e-CMS node and lets it work. */
export const openExchange = (
  { url, departmentId, lookEveryMs }: ExchangeOptions,
  parts: ServerParts,
): Exchange =>
  startExchange({
    ...parts,
    lookEveryMs,
    gateway: ecmsGateway({
      ...{ url, departmentId, clock: parts.clock },
      readFile: ({ sha256, bytes }) => parts.store.read(sha256, 0, bytes - 1),
    }),
  })
