import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import type {
  SignedBatch,
  SignOrder,
  TokenDescription,
  TokenHostReply,
  TokenHostRequest,
} from '../../../signing/tokenHostProtocol.ts'
import type { Log } from '../log.ts'
import type { Processes } from './childPort.ts'
import { childRequests, stopped } from './childRequests.ts'

type WithoutId<Message> = Message extends unknown ? Omit<Message, 'id'> : never

/** The process that holds the token drivers. When it ends, what is under way is refused and it starts anew. */
export interface TokenHost {
  /** Refuses token-host-stopped, and what the drivers refuse. */
  tokens(): Promise<Outcome<readonly TokenDescription[]>>
  /** Signs with one entry of the PIN, which is zeroed here and there. Never tried again by itself. */
  sign(order: SignOrder): Promise<Outcome<SignedBatch>>
  end(): void
}

export function tokenHost(
  processes: Processes,
  listeners: { readonly log: Log; readonly tokensChanged: () => void },
): TokenHost {
  let watched = false
  const requests = childRequests<WithoutId<TokenHostRequest>, TokenHostReply>(
    () => processes.fork('tokenHost'),
    {
      onNotice: (message) => {
        if ((message as { kind?: unknown }).kind === 'tokens-changed') listeners.tokensChanged()
      },
      onStopped: () => {
        watched = false
        listeners.log('token-host.stopped')
        listeners.tokensChanged()
      },
    },
  )
  const watch = () => {
    if (watched) return
    watched = true
    void requests.ask({ kind: 'watch', on: true })
  }

  return {
    tokens: async () => {
      const reply = await requests.ask({ kind: 'tokens' })
      if (reply === stopped || reply.kind !== 'tokens') return refuse('token-host-stopped')
      watch()
      return reply.outcome.ok ? accept(reply.outcome.value) : reply.outcome
    },
    sign: async (order) => {
      const reply = await requests.ask({ kind: 'sign', ...order })
      order.pin.fill(0)
      return reply === stopped || reply.kind !== 'sign' ? refuse('token-host-stopped') : reply.outcome
    },
    end: requests.end,
  }
}
