import type { LetterEvent } from '../../../../src/shared/contract/letter.ts'
import type { FeedPage } from '../../../../src/shared/contract/sync.ts'
import type { Caller } from './caller.ts'

const PAGE = 500
const POLL_MS = 15_000

/** A connected client: it is told of news, and pulls its feed then, one pull after another, as the real one does. */
export interface Reader {
  readonly caller: Caller
  /** When an event arrived here, in milliseconds of performance.now(); undefined when it has not. */
  arrivedAt(event: Pick<LetterEvent, 'letterId' | 'version'>): number | undefined
  /** Pulls now, as after sending something. */
  pull(): void
  /** How often it has pulled. */
  pulls(): number
  stop(): Promise<void>
}

/** Starts a client whose cursor is `cursor`. */
export function startReader(caller: Caller, cursor: number): Reader {
  const arrivals = new Map<string, number>()
  let after = cursor
  let pulls = 0
  let again = false
  let stopped = false
  let running: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  const pullToEnd = async () => {
    for (;;) {
      pulls += 1
      const { status, body } = await caller.ask(`/feed?after=${after}&limit=${PAGE}`)
      if (status !== 200) throw new Error(`feed: ${status} ${JSON.stringify(body)}`)
      const page = body as FeedPage
      const now = performance.now()
      for (const entry of page.entries) {
        if (entry.kind !== 'events') continue
        for (const event of entry.events) {
          const key = keyOf(event)
          if (!arrivals.has(key)) arrivals.set(key, now)
        }
      }
      after = page.next
      if (page.next >= page.head) return
    }
  }
  const cycle = async () => {
    do {
      again = false
      await pullToEnd()
    } while (again && !stopped)
    if (!stopped) timer = setTimeout(pull, POLL_MS)
  }
  const pull = () => {
    if (stopped) return
    if (running) {
      again = true
      return
    }
    clearTimeout(timer)
    running = cycle().finally(() => {
      running = undefined
    })
  }
  const stopListening = caller.listen(pull)
  return {
    caller,
    arrivedAt: (event) => arrivals.get(keyOf(event)),
    pull,
    pulls: () => pulls,
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      stopListening()
      await running
    },
  }
}

const keyOf = ({ letterId, version }: Pick<LetterEvent, 'letterId' | 'version'>) => `${letterId} ${version}`
