import type { Organisation } from '../../../shared/contract/organisation.ts'
import type { CommandResult } from '../../../shared/contract/sync.ts'
import type { SyncState } from '../../../shared/contract/views.ts'
import type { FileStore } from '../files/fileStore.ts'
import { faultFacts, type Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { backoff } from './backoff.ts'
import { endsSession, type ServerConnection } from './connection.ts'
import { listenToEvents } from './eventStream.ts'
import { fetchFiles } from './fetchFiles.ts'
import { pullFeed } from './pullFeed.ts'
import { sendOutbox } from './sendOutbox.ts'

/** What the synchroniser works with, and whom it tells. */
export interface Synchronising {
  readonly connection: ServerConnection
  readonly store: Store
  readonly files: FileStore
  readonly log: Log
  readonly changed: (letterIds: readonly string[]) => void
  readonly organisationChanged: (organisation: Organisation) => void
  readonly stateChanged: () => void
  readonly sessionEnded: () => void
  readonly mayRetract: (retracts: number, letters: number) => Promise<boolean>
}

/** What came of a command: the server's answer, or none as yet. */
type CommandAnswer = CommandResult | 'unanswered'

/** Keeps the store and the server alike: sends what waits, pulls what is new, and goes on after any failure. */
export interface Synchroniser {
  start(): void
  /** Ends all work; what runs is let finish its step. */
  stop(): Promise<void>
  /** Syncs at once; resolves when that run has ended, well or not. */
  now(): Promise<void>
  /**
   * Syncs at once and waits for the server's answer to a command: 'unanswered' when the server cannot be reached
   * or does not answer within `timeoutMs`. The command stays in the outbox then.
   */
  answerTo(commandId: string, timeoutMs: number): Promise<CommandAnswer>
  state(): Promise<SyncState>
}

const POLL_MS = 15_000

export function synchroniser(parts: Synchronising): Synchroniser {
  const { connection, store, files, log } = parts
  const delays = backoff()
  const answers = new Map<string, (answer: CommandAnswer) => void>()
  let status: SyncState['connection'] = 'connecting'
  let lastSync: string | null = null
  let running: Promise<void> | undefined
  let again = false
  /** How long a server that was asked too often wants to be left alone. */
  let turnedAwayMs = 0
  let fetching: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let stopListening: (() => void) | undefined
  let stopped = true

  const become = (next: typeof status) => {
    status = next
    parts.stateChanged()
  }
  const giveUpWaiting = () => {
    for (const resolve of answers.values()) resolve('unanswered')
    answers.clear()
  }

  /** One exchange with the server; false when it could not be completed. */
  const exchange = async (): Promise<boolean> => {
    const sent = await sendOutbox({
      connection,
      store,
      files,
      answered: (results, letterIds) => {
        for (const result of results) {
          answers.get(result.id)?.(result)
          answers.delete(result.id)
        }
        parts.changed(letterIds)
        parts.stateChanged()
      },
    })
    const pulled = sent.ok ? await pullFeed({ ...parts }) : sent
    if (pulled.ok) {
      if (pulled.value === 'held') log('sync.held')
      else lastSync = new Date().toISOString()
      return true
    }
    const { code, detail } = pulled.refusal
    turnedAwayMs = code === 'too-many-requests' ? Number(detail?.seconds ?? 0) * 1000 : 0
    if (endsSession(pulled.refusal)) parts.sessionEnded()
    else if (code !== 'server-unreachable') log('sync.refused', { code })
    return false
  }

  const schedule = (milliseconds: number) => {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void run(), milliseconds)
  }

  const cycle = async () => {
    do {
      again = false
      const done = await exchange().catch((error: unknown) => {
        log('sync.fault', faultFacts(error))
        return false
      })
      if (stopped) return giveUpWaiting()
      if (!done) {
        giveUpWaiting()
        become('offline')
        return schedule(Math.max(delays.next(), turnedAwayMs))
      }
    } while (again)
    delays.reset()
    become('online')
    schedule(POLL_MS)
    fetchWanted()
  }
  const run = (): Promise<void> => {
    if (stopped) return Promise.resolve()
    if (running !== undefined) {
      again = true
      return running
    }
    clearTimeout(timer)
    running = cycle().finally(() => {
      running = undefined
    })
    return running
  }
  const fetchWanted = () => {
    fetching ??= fetchFiles({ connection, store, files, isStopped: () => stopped })
      .then((fetched) => {
        if (fetched > 0 && !stopped) parts.changed([])
      })
      .catch((error: unknown) => log('files.fault', faultFacts(error)))
      .finally(() => {
        fetching = undefined
      })
  }

  return {
    start: () => {
      stopped = false
      void run()
      stopListening = listenToEvents(connection, {
        head: () => void run(),
        opened: () => void run(),
        broken: () => {
          if (status === 'online') void run()
        },
      })
    },
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      stopListening?.()
      giveUpWaiting()
      await running
      await fetching
    },
    now: run,
    answerTo: (commandId, timeoutMs) =>
      new Promise((resolve) => {
        const timeout = setTimeout(() => settle('unanswered'), timeoutMs)
        const settle = (answer: CommandAnswer) => {
          clearTimeout(timeout)
          answers.delete(commandId)
          resolve(answer)
        }
        answers.set(commandId, settle)
        if (stopped) settle('unanswered')
        else void run()
      }),
    state: async () => {
      const { waiting, refused, oldest } = await store.call('outboxSummary')
      return {
        connection: status,
        lastSync,
        waiting,
        refused,
        oldestWaiting: oldest,
        roundTrip: connection.roundTrip(),
      }
    },
  }
}
