import type { IpcAnswers, IpcInput, Settings } from '../../shared/contract/ipc.ts'
import type { Account, SyncState } from '../../shared/contract/views.ts'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import type { Secrets } from './account/accountKey.ts'
import { refusingDiskFaults } from './diskFaults.ts'
import { type Pushes, pushes } from './events.ts'
import { fileImport } from './files/importFile.ts'
import {
  copyOfLetter,
  draftLetter,
  type FileCopy,
  forwardLetter,
  getLetter,
  listLetters,
  outbox,
  proposeLetter,
  returnLetter,
  trays,
} from './letters/letters.ts'
import { accountView } from './letters/person.ts'
import type { Log } from './log.ts'
import type { Processes } from './processes/childPort.ts'
import { documents } from './processes/documents.ts'
import { tokenHost } from './processes/tokenHost.ts'
import { documentReader } from './search/documentReader.ts'
import { findLetters, forgetSearches, recentSearches, rememberSearch } from './search/search.ts'
import { readDevice } from './session/device.ts'
import { session } from './session/session.ts'
import { settingsFile } from './session/settings.ts'
import type { SignedInAccount } from './session/signedInAccount.ts'
import { type ManyToSign, type Signing, signing } from './signing/signing.ts'
import { tokenView } from './signing/tokenView.ts'
import { isReachable } from './sync/reachable.ts'

/** What the client needs from its surroundings; Electron or a test supplies it. */
export interface ClientOptions {
  /** Where accounts, settings and the device's id are kept. */
  readonly directory: string
  readonly serverUrl: string
  readonly deviceName: string
  readonly secrets: Secrets
  readonly processes: Processes
  /** The compiled store worker, or its source under Node. */
  readonly storeWorkerPath: string | URL
  readonly log?: Log
  /** Whether what files say is read for search, in a process of its own; without it letters are found by the rest. */
  readonly readsDocuments?: boolean
  /** Asked before a pull takes away more than a tenth of all letters; without it the answer is no. */
  readonly mayRetract?: (retracts: number, letters: number) => Promise<boolean>
}

type Asked<Channel extends keyof IpcAnswers> = (input: IpcInput<Channel>) => Promise<IpcAnswers[Channel]>

/** Bytes of a kept file, for the viewer. */
export interface FileReader {
  /** Size in bytes; undefined when the file is not here. */
  size(sha256: string): Promise<number | undefined>
  /** The whole file with its hash checked, fetched when it is not here. */
  read(sha256: string): Promise<Uint8Array | undefined>
  /** Bytes from `start` to `end` (exclusive), authenticated. */
  readPart(sha256: string, start: number, end: number): Promise<Uint8Array | undefined>
}

/** The client without its windows: one method for each thing that a screen asks for. */
export interface Client {
  readonly on: Pushes['on']
  sessionState(): Promise<IpcAnswers['session.state']>
  readonly signIn: Asked<'session.sign-in'>
  signOut(): Promise<Outcome<null>>
  settings(): Promise<Settings>
  readonly changeSettings: Asked<'settings.set'>
  organisation(): Promise<IpcAnswers['organisation.get']>
  trays(): Promise<IpcAnswers['trays.list']>
  readonly listLetters: Asked<'letters.list'>
  readonly getLetter: Asked<'letters.get'>
  /** Imports the file at a path that the person chose in the system's dialog. */
  importPath(path: string): Promise<IpcAnswers['files.drop']>
  readonly importBytes: Asked<'files.drop'>
  readonly composeMemo: Asked<'files.compose-memo'>
  readonly draft: Asked<'letters.draft'>
  readonly propose: Asked<'letters.propose'>
  readonly return: Asked<'letters.return'>
  readonly forward: Asked<'letters.forward'>
  copyOf(letterId: string): Promise<Outcome<FileCopy>>
  tokens(): Promise<IpcAnswers['tokens.list']>
  readonly plan: Asked<'signing.plan'>
  readonly sign: Asked<'signing.sign'>
  /** Signs many letters with one entry of the PIN; see Signing. */
  signMany(order: ManyToSign): ReturnType<Signing['signMany']>
  cancelSigning(): void
  syncState(): Promise<SyncState>
  /** Syncs at once; resolves when that run has ended, well or not. */
  syncNow(): Promise<void>
  outbox(): Promise<IpcAnswers['outbox.list']>
  readonly discard: Asked<'outbox.discard'>
  readonly find: Asked<'search.find'>
  recentSearches(): Promise<string[]>
  readonly rememberSearch: Asked<'search.remember'>
  forgetSearches(): Promise<string[]>
  readonly files: FileReader
  /** Ends processes and closes the store. Nothing that waits is lost. */
  close(): Promise<void>
}

const signedOut = {
  lastSync: null,
  waiting: 0,
  refused: 0,
  oldestWaiting: null,
  roundTrip: null,
} as const

const nothingFound: IpcAnswers['search.find'] = { letters: [], total: 0, next: null, unindexed: 0 }

/** Makes the client over what its surroundings offer. */
export function createClient(options: ClientOptions): Client {
  const log: Log = options.log ?? (() => undefined)
  const told = pushes()
  const documentWork = documents(options.processes, log)
  const tokens = tokenHost(options.processes, {
    log,
    tokensChanged: () => told.emit('tokens.changed', null),
  })
  const imports = fileImport(documentWork)
  const signatures = signing({
    documents: documentWork,
    tokens,
    progress: (letterId, step) => told.emit('signing.progress', { letterId, step }),
  })
  const settings = settingsFile(options.directory)
  const signedIn = session({
    serverUrl: options.serverUrl,
    device: () => readDevice(options.directory, options.deviceName),
    unlocking: { ...options, log },
    pushes: told,
    log,
    mayRetract: options.mayRetract ?? (async () => false),
  })

  const reader = documentReader({ processes: options.processes, log, current: signedIn.current })
  if (options.readsDocuments) {
    told.on('changed', reader.wake)
    told.on('sync.state', reader.wake)
  }

  const view = (account: SignedInAccount): Account =>
    accountView(account.personId, account.directory(), !account.connection.hasSession())
  /** For the account that is signed in; refused store-locked without one, and when its disk takes nothing. */
  const asAccount = async <Value>(
    act: (account: SignedInAccount) => Promise<Outcome<Value>>,
  ): Promise<Outcome<Value>> => {
    const account = signedIn.current()
    return account === undefined ? refuse('store-locked') : refusingDiskFaults(() => act(account))
  }
  const orElse = async <Value>(otherwise: Value, act: (account: SignedInAccount) => Promise<Value>) => {
    const account = signedIn.current()
    return account === undefined ? otherwise : act(account)
  }

  return {
    on: told.on,
    sessionState: async () => {
      const account = signedIn.current()
      const serverName = account?.directory().organisation.name ?? new URL(options.serverUrl).host
      return { serverName, account: account === undefined ? null : view(account) }
    },
    signIn: async ({ username, password }) => {
      const account = await refusingDiskFaults(() => signedIn.signIn(username, password))
      return account.ok ? accept(view(account.value)) : account
    },
    signOut: async () => {
      await signedIn.signOut()
      return accept(null)
    },
    settings: settings.get,
    changeSettings: settings.set,
    organisation: () => orElse(null, async (account) => account.directory().organisation),
    trays: () => orElse([], trays),
    listLetters: (input) => orElse([], (account) => listLetters(input, account)),
    getLetter: ({ letterId }) => asAccount((account) => getLetter(letterId, account)),
    importPath: (path) => asAccount((account) => imports.path(path, account)),
    importBytes: ({ name, bytes }) => asAccount((account) => imports.bytes(name, bytes, account)),
    composeMemo: (input) => asAccount((account) => imports.memo(input, account)),
    draft: (input) => asAccount((account) => draftLetter(input, account)),
    propose: (input) => asAccount((account) => proposeLetter(input, account)),
    return: (input) => asAccount((account) => returnLetter(input, account)),
    forward: (input) => asAccount((account) => forwardLetter(input, account)),
    copyOf: (letterId) => asAccount((account) => copyOfLetter(letterId, account)),
    tokens: async () => {
      const found = await tokens.tokens()
      return found.ok ? accept(found.value.map(tokenView)) : found
    },
    plan: (input) => asAccount((account) => signatures.plan(input, account)),
    sign: (input) => asAccount((account) => signatures.sign(input, account)),
    signMany: (order) => asAccount((account) => signatures.signMany(order, account)),
    cancelSigning: signatures.cancel,
    syncState: async () =>
      signedIn.current()?.synchroniser.state() ?? {
        ...signedOut,
        connection: (await isReachable(options.serverUrl)) ? 'online' : 'offline',
      },
    syncNow: () => orElse(undefined, (account) => account.synchroniser.now()),
    outbox: () => orElse([], outbox),
    discard: ({ commandId }) =>
      asAccount(async (account) => {
        await account.discard(commandId)
        return accept(null)
      }),
    find: (input) => orElse(nothingFound, (account) => findLetters(input, account)),
    recentSearches: () => orElse([], recentSearches),
    rememberSearch: ({ text }) => orElse([], (account) => rememberSearch(text, account)),
    forgetSearches: () => orElse([], forgetSearches),
    files: {
      size: (sha256) => orElse(undefined, (account) => account.files.size(sha256)),
      read: (sha256) => orElse(undefined, (account) => account.readFile(sha256)),
      readPart: (sha256, start, end) =>
        orElse(undefined, (account) => account.files.readPart(sha256, start, end)),
    },
    close: async () => {
      tokens.end()
      documentWork.end()
      reader.end()
      await signedIn.signOut()
    },
  }
}
