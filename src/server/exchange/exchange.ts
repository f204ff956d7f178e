import { setTimeout as wait } from 'node:timers/promises'
import type { Refusal } from '../../shared/outcome.ts'
import { type Confirmation, tellConfirmations } from './confirmations.ts'
import { deliverNext } from './deliver.ts'
import { followSent } from './followSent.ts'
import { type ReceivingParts, receiveNext } from './receive.ts'

/** What the exchange is run with. */
export interface ExchangeParts extends ReceivingParts {
  /**
   * Told what other agencies said about our letters, at least once each; whoever throws is told again. Without it what
   * they said is kept until there is someone to tell.
   */
  readonly onConfirmation?: (confirmation: Confirmation) => Promise<void>
  /** Puts what was dispatched meanwhile into the queue; the reason where something cannot go. */
  readonly queueDue?: () => Promise<Refusal | undefined>
  /** Told of what does not go on, and of items that went to quarantine, for the log. */
  readonly refused: (refusal: Refusal) => void
  /** Milliseconds between looks when all goes well. Default 30 seconds. */
  readonly lookEveryMs?: number | undefined
}

/** The exchange at work, until it is stopped. */
export interface Exchange {
  /** Looks now rather than later. */
  wake(): void
  /** Finishes what was begun, or breaks it off after a while; what was not done is done after the next start. */
  stop(): Promise<void>
}

const LOOK_EVERY_MS = 30_000
const LONGEST_PAUSE_MS = 15 * 60_000
/** How long a stop waits for a letter that is being sent. */
const STOP_PATIENCE_MS = 5000
/** Letters of one look: after them whatever else waits has its turn. */
const ROUND = 100

/**
 * Exchanges letters with other agencies: sends what waits, fetches what has come, tells what was confirmed. While the
 * node is away it looks ever less often.
 */
export function startExchange(parts: ExchangeParts): Exchange {
  const { gateway, lookEveryMs = LOOK_EVERY_MS } = parts
  const stopping = new AbortController()
  let waking = new AbortController()

  const work = async () => {
    let pauseMs = lookEveryMs
    while (!stopping.signal.aborted) {
      const isWell = await look(parts, stopping.signal)
      pauseMs = isWell ? lookEveryMs : Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
      const signal = AbortSignal.any([stopping.signal, waking.signal])
      await wait(pauseMs, undefined, { signal, ref: false }).catch(() => undefined)
      if (waking.signal.aborted) waking = new AbortController()
    }
  }
  const working = work()
  return {
    wake: () => waking.abort(),
    stop: async () => {
      stopping.abort()
      const patience = setTimeout(() => gateway.close(), STOP_PATIENCE_MS)
      await working
      clearTimeout(patience)
      gateway.close()
    },
  }
}

/** One look at everything; false when it is better to wait before the next. */
async function look(parts: ExchangeParts, stopping: AbortSignal): Promise<boolean> {
  const { database, clock, onConfirmation, refused } = parts
  try {
    const steps = [
      () => repeat(() => receive(parts), stopping),
      async () => parts.queueDue?.(),
      () => repeat(() => deliver(parts), stopping),
      () => followSent(parts),
    ]
    let isWell = true
    for (const step of steps) {
      const refusal = await step()
      if (refusal && !stopping.aborted) refused(refusal)
      isWell &&= refusal === undefined
      if (refusal?.code === 'exchange-unreachable') break
    }
    const untold = onConfirmation ? await tellConfirmations(database, clock, onConfirmation) : 0
    return isWell && untold === 0
  } catch {
    // The database or the disk is away for a moment; nothing was acknowledged that is not stored.
    refused({ code: 'server-fault' })
    return false
  }
}

/** Goes on until there is nothing more, or until what is left has to wait. */
async function repeat(
  step: () => Promise<'more' | 'nothing' | Refusal>,
  stopping: AbortSignal,
): Promise<Refusal | undefined> {
  for (let count = 0; count < ROUND && !stopping.aborted; count += 1) {
    const stepped = await step()
    if (stepped === 'nothing') return undefined
    if (stepped !== 'more') return stepped
  }
  return undefined
}

async function receive(parts: ExchangeParts): Promise<'more' | 'nothing' | Refusal> {
  const received = await receiveNext(parts)
  if (received.kind === 'failed') return received.refusal
  if (received.kind === 'nothing') return 'nothing'
  if (typeof received.as === 'object') parts.refused(received.as)
  return 'more'
}

/** One message that the exchange refuses holds up no other. */
async function deliver(parts: ExchangeParts): Promise<'more' | 'nothing' | Refusal> {
  const delivered = await deliverNext(parts)
  if (delivered === 'nothing') return 'nothing'
  if (delivered === 'sent') return 'more'
  if (delivered.code === 'exchange-unreachable') return delivered
  parts.refused(delivered)
  return 'more'
}
