import { Agent, type IncomingMessage, request } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

const unzip = promisify(gunzip)

/** An answer of the server: `body` is its JSON, undefined where it has none. */
interface Answer {
  readonly status: number
  readonly body: unknown
}

/** What a request sends besides its path. */
interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string
}

/**
 * A caller of the protocol that costs the machine as little as can be, so that what is measured is the server: it
 * keeps its connections, takes gzip as the client does, and checks nothing.
 */
export interface Caller {
  readonly personId: string
  /** The same session at another server on the same database. */
  at(url: string): Caller
  ask(path: string, sent?: Sent): Promise<Answer>
  /** Sends commands; the results in the order sent. */
  send(commands: readonly object[]): Promise<{ outcome: string; events?: unknown[] }[]>
  /** Listens to the server's news; calls `told` with each head; returns how to stop. */
  listen(told: (head: number) => void): () => void
}

/** A caller with a standing session of `personId`. */
export function callerWith(url: string, personId: string, accessToken: string): Caller {
  const { hostname, port } = new URL(url)
  const agent = new Agent({ keepAlive: true })
  const opened = (path: string, sent: Sent, answered: (message: IncomingMessage) => void) =>
    request(
      {
        ...{ hostname, port, agent, path: `/v1${path}`, method: sent.method ?? 'GET' },
        headers: { authorization: `Bearer ${accessToken}`, 'accept-encoding': 'gzip', ...sent.headers },
      },
      answered,
    )
  const ask = (path: string, sent: Sent = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const asked = opened(path, sent, (message) => {
        const parts: Buffer[] = []
        message.on('data', (part: Buffer) => parts.push(part))
        message.on('error', reject)
        message.on('end', () => {
          const bytes = Buffer.concat(parts)
          const packed = message.headers['content-encoding'] === 'gzip'
          const text = packed ? unzip(bytes) : Promise.resolve(bytes)
          text.then((plain) => {
            const body = plain.length > 0 ? JSON.parse(plain.toString()) : undefined
            resolve({ status: message.statusCode ?? 0, body })
          }, reject)
        })
      })
      asked.on('error', reject)
      asked.end(sent.body)
    })
  return {
    personId,
    at: (other) => callerWith(other, personId, accessToken),
    ask,
    send: async (commands) => {
      const answer = await ask('/commands', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ commands }),
      })
      if (answer.status !== 200) throw new Error(`commands: ${answer.status} ${JSON.stringify(answer.body)}`)
      return (answer.body as { results: { outcome: string; events?: unknown[] }[] }).results
    },
    listen: (told) => {
      const asked = opened('/events', { headers: { accept: 'text/event-stream' } }, (message) => {
        let text = ''
        message.setEncoding('utf8').on('data', (part: string) => {
          text += part
          const lines = text.split('\n')
          text = lines.pop() ?? ''
          for (const line of lines) {
            if (line.startsWith('data: ')) told((JSON.parse(line.slice(6)) as { head: number }).head)
          }
        })
        message.on('error', () => undefined)
      })
      asked.on('error', () => undefined)
      asked.end()
      return () => asked.destroy()
    },
  }
}
