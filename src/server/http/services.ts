import type { Kysely } from 'kysely'
import type { EvidenceSources } from '../commands/fileEvidence.ts'
import type { CommandQueue } from '../commands/queue.ts'
import type { Tables } from '../database/tables.ts'
import type { FeedSignal } from '../feed/signal.ts'
import type { FileStore } from '../files/store.ts'
import type { Uploads } from '../files/upload.ts'
import type { OfficeWork } from '../office/officeWork.ts'
import type { CurrentOrganisation } from '../organisation/directory.ts'
import type { PushStreams } from './pushStreams.ts'

/** What the routes are made of. */
export interface Services extends EvidenceSources {
  readonly database: Kysely<Tables>
  readonly organisation: CurrentOrganisation
  readonly queue: CommandQueue
  readonly store: FileStore
  readonly uploads: Uploads
  readonly signal: FeedSignal
  readonly streams: PushStreams
  /** Makes the feed complete for a person before it is read for them. */
  readonly follow: (personId: string, tokens: readonly string[]) => Promise<void>
  readonly officeWork: OfficeWork
  readonly clock: () => Date
}
