import { v7 as uuid } from 'uuid'
import type { Command, CommandBody } from '../../../shared/contract/letter.ts'
import type { RevisionEvidence } from '../../../shared/domain/decide.ts'
import type { Directory } from '../../../shared/domain/organisation.ts'
import type { Outcome } from '../../../shared/outcome.ts'
import type { FileStore } from '../files/fileStore.ts'
import type { KeptFile } from '../store/operations.ts'
import type { Store } from '../store/store.ts'
import type { ServerConnection } from '../sync/connection.ts'
import { fetchFile } from '../sync/fetchFiles.ts'
import type { Synchroniser } from '../sync/synchroniser.ts'

/** A file that goes into the store together with the command that names it. */
type NewFile = Omit<KeptFile, 'sha256' | 'bytes'> & { readonly bytes: Uint8Array }

/** The account that is signed in, with everything that acts for it. */
export interface SignedInAccount {
  readonly personId: string
  /** The key of the store and the files; zeroed when the person signs out. */
  readonly key: Uint8Array
  readonly store: Store
  readonly files: FileStore
  readonly connection: ServerConnection
  readonly synchroniser: Synchroniser
  /** The organisation as last pulled. */
  directory(): Directory
  /** A new command of this person, with its id and this device's time. */
  command(letterId: string, positionId: string | null, body: CommandBody): Command
  /** Keeps the file durably, then the command, and shows its effect at once. Refuses what the letter's rules do. */
  enqueue(command: Command, evidence: RevisionEvidence | null, file: NewFile | null): Promise<Outcome<null>>
  /** Takes back a command that was never sent. */
  withdraw(commandId: string): Promise<void>
  /** Gives up a refused command. */
  discard(commandId: string): Promise<void>
  /** Keeps a file that belongs to no letter yet. */
  keepFile(file: NewFile): Promise<KeptFile>
  /** A file's bytes, fetched when they are not here; undefined when they cannot be had. */
  readFile(sha256: string): Promise<Uint8Array | undefined>
}

/** What a signed-in account is made of. */
export interface AccountParts {
  readonly personId: string
  readonly key: Uint8Array
  readonly store: Store
  readonly files: FileStore
  readonly connection: ServerConnection
  readonly synchroniser: Synchroniser
  readonly directory: () => Directory
  readonly changed: (letterIds: readonly string[]) => void
  readonly stateChanged: () => void
}

export function signedInAccount(parts: AccountParts): SignedInAccount {
  const { store, files, connection } = parts
  const told = (letterIds: readonly string[]) => {
    parts.changed(letterIds)
    parts.stateChanged()
  }
  const writeFile = async ({ bytes, ...facts }: NewFile): Promise<KeptFile> => ({
    sha256: await files.keep(bytes),
    bytes: bytes.length,
    ...facts,
  })

  return {
    personId: parts.personId,
    key: parts.key,
    store,
    files,
    connection,
    synchroniser: parts.synchroniser,
    directory: parts.directory,
    command: (letterId, positionId, body) => ({
      id: uuid(),
      letterId,
      positionId,
      clientTime: new Date().toISOString(),
      body,
    }),
    enqueue: async (command, evidence, file) => {
      const kept = file === null ? null : await writeFile(file)
      const queued = await store.call('enqueue', { command, evidence, file: kept })
      if (queued.ok) told([command.letterId])
      return queued
    },
    withdraw: async (commandId) => {
      if (await store.call('withdraw', commandId)) told([])
    },
    discard: async (commandId) => told((await store.call('discard', commandId)).letterIds),
    keepFile: async (file) => {
      const kept = await writeFile(file)
      await store.call('keepFile', kept)
      return kept
    },
    readFile: async (sha256) => {
      const here = await files.read(sha256)
      if (here !== undefined) return here
      await store.call('forgetFile', sha256)
      const fetched = await fetchFile(sha256, { connection, store, files })
      return fetched ? files.read(sha256) : undefined
    },
  }
}
