import { type IpcAnswers, type IpcChannel, type IpcInput, ipcInputs } from '../../shared/contract/ipc.ts'
import { faultFacts, type Log } from '../client/log.ts'

/** Who sent a message, as the system tells it. */
export interface Sender {
  /** Address of the document in the frame. */
  readonly url: string
  readonly isMainFrame: boolean
  /** Whether the page belongs to a window that this program opened. */
  readonly isOwnWindow: boolean
}

/** What answers each channel, once its input has been parsed. */
export type Answers = {
  readonly [Channel in IpcChannel]: (input: IpcInput<Channel>) => Promise<IpcAnswers[Channel]>
}

/** Why the gateway did not pass a message on, or that its answer failed. Never says more to the page. */
export class GatewayError extends Error {
  readonly reason: 'sender-foreign' | 'channel-unknown' | 'input-malformed' | 'fault'

  constructor(reason: GatewayError['reason']) {
    super(`saraban: ${reason}`)
    this.reason = reason
  }
}

/** The address that every page of this program has. */
export const appOrigin = 'app://saraban'

/**
 * The one gate between the page and the program: the sender must be our own page, the channel known, the input of
 * its shape. Throws GatewayError; a bug behind it is logged by its place, never with what was typed.
 */
export function gateway(answers: Answers, log: Log) {
  return async (channel: string, sender: Sender, input: unknown): Promise<unknown> => {
    if (!isOwnPage(sender)) {
      log('gateway.sender-foreign')
      throw new GatewayError('sender-foreign')
    }
    if (!isChannel(channel)) throw new GatewayError('channel-unknown')
    const parsed = ipcInputs[channel].safeParse(input)
    if (!parsed.success) {
      log('gateway.input-malformed', { channel, field: parsed.error.issues[0]?.path.join('.') ?? '' })
      throw new GatewayError('input-malformed')
    }
    try {
      const answer = answers[channel] as (input: unknown) => Promise<unknown>
      return await answer(parsed.data)
    } catch (error) {
      log('gateway.fault', { channel, ...faultFacts(error) })
      throw new GatewayError('fault')
    }
  }
}

const isChannel = (name: string): name is IpcChannel => Object.hasOwn(ipcInputs, name)

function isOwnPage({ url, isMainFrame, isOwnWindow }: Sender): boolean {
  if (!isMainFrame || !isOwnWindow || !URL.canParse(url)) return false
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}` === appOrigin
}
