import { EventSource } from 'eventsource'
import { feedHeadSchema } from '../../../shared/contract/sync.ts'
import type { ServerConnection } from './connection.ts'

/** What the stream of events tells. */
export interface EventStreamListeners {
  /** The feed has grown to `head`. */
  head(head: number): void
  /** The stream is open: the server can be reached again. */
  opened(): void
  /** The stream broke. It is opened again by itself. */
  broken(): void
}

const REOPEN_MS = 2_000

/** Listens to the server's news; returns how to stop. The source reconnects by itself, save after a refusal. */
export function listenToEvents(connection: ServerConnection, listeners: EventStreamListeners): () => void {
  let source: EventSource | undefined
  let reopening: NodeJS.Timeout | undefined
  let stopped = false

  const open = () => {
    source = new EventSource(connection.url('/v1/events'), {
      fetch: (input, init) => connection.authorisedFetch(input, init as RequestInit),
    })
    source.addEventListener('open', () => listeners.opened())
    source.addEventListener('head', (event) => {
      const message = feedHeadSchema.safeParse(parseJson(event.data))
      if (message.success) listeners.head(message.data.head)
    })
    source.addEventListener('error', () => {
      listeners.broken()
      if (stopped || source?.readyState !== EventSource.CLOSED) return
      clearTimeout(reopening)
      reopening = setTimeout(open, REOPEN_MS)
    })
  }
  open()
  return () => {
    stopped = true
    clearTimeout(reopening)
    source?.close()
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
