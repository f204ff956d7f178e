import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import { parseCertificate } from '../../../signing/cms/certificate.ts'
import type {
  OpenOrder,
  TokenDescription,
  TokenHostReply,
  TokenHostRequest,
} from '../../../signing/tokens/tokenHostProtocol.ts'
import type { TokenSigner } from '../../../signing/tokens/tokenSigner.ts'
import type { Log } from '../log.ts'
import type { Processes } from './childPort.ts'
import { childRequests, stopped } from './childRequests.ts'

type WithoutId<Message> = Message extends unknown ? Omit<Message, 'id'> : never
type Kind = TokenHostRequest['kind']

/** The process that holds the token drivers. When it ends, what is under way is refused and it starts anew. */
export interface TokenHost {
  /** Refuses token-host-stopped, and what the drivers refuse. */
  tokens(): Promise<Outcome<readonly TokenDescription[]>>
  /**
   * Logs in with one entry of the PIN, which is zeroed here and there, and never tried again by itself. What the
   * signer refuses is token-host-stopped once the process has ended.
   */
  open(order: OpenOrder): Promise<Outcome<TokenSigner>>
  end(): void
}

/**
 * How long a driver may take, in milliseconds; people need time at a PIN pad, which a key may ask for at each
 * signature. A process that takes longer hangs, and is ended.
 */
const usualPatience: Readonly<Record<Kind, number>> = {
  tokens: 30_000,
  open: 180_000,
  sign: 180_000,
  close: 30_000,
  watch: 30_000,
}

export function tokenHost(
  processes: Processes,
  listeners: { readonly log: Log; readonly tokensChanged: () => void },
  patience = usualPatience,
): TokenHost {
  let watched = false
  const noteEnd = () => {
    watched = false
    listeners.log('token-host.stopped')
    listeners.tokensChanged()
  }
  const requests = childRequests<WithoutId<TokenHostRequest>, TokenHostReply>(
    () => processes.fork('tokenHost'),
    {
      onNotice: (message) => {
        if ((message as { kind?: unknown }).kind === 'tokens-changed') listeners.tokensChanged()
      },
      onStopped: noteEnd,
    },
  )
  let latest: Promise<unknown> = Promise.resolve()

  /** One at a time, so that patience is counted from when the host begins with a request. */
  const ask = <Asked extends Kind>(
    request: Extract<WithoutId<TokenHostRequest>, { kind: Asked }>,
  ): Promise<Extract<TokenHostReply, { kind: Asked }> | typeof stopped> => {
    const asked = latest.then(async () => {
      const timer = setTimeout(() => {
        requests.end()
        noteEnd()
      }, patience[request.kind])
      const reply = await requests.ask(request)
      clearTimeout(timer)
      return reply as Extract<TokenHostReply, { kind: Asked }> | typeof stopped
    })
    latest = asked
    return asked
  }
  const watch = () => {
    if (watched) return
    watched = true
    void ask({ kind: 'watch', on: true })
  }

  const open: TokenHost['open'] = async (order) => {
    const reply = await ask({ kind: 'open', ...order })
    order.pin?.fill(0)
    if (reply === stopped) return refuse('token-host-stopped')
    if (!reply.outcome.ok) return reply.outcome
    const { signer, certificate, chain } = reply.outcome.value
    const parsed = parseCertificate(certificate)
    if (parsed === undefined) return refuse('certificate-missing')
    return accept({
      certificate: parsed,
      chain,
      sign: async (attributes, algorithm) => {
        const signed = await ask({ kind: 'sign', signer, attributes, algorithm })
        return signed === stopped ? refuse('token-host-stopped') : signed.outcome
      },
      close: async () => void (await ask({ kind: 'close', signer })),
    })
  }

  return {
    tokens: async () => {
      const reply = await ask({ kind: 'tokens' })
      if (reply === stopped) return refuse('token-host-stopped')
      watch()
      return reply.outcome.ok ? accept(reply.outcome.value) : reply.outcome
    },
    open,
    end: requests.end,
  }
}
