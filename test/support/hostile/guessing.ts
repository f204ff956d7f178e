import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'

/** A guess at somebody's password from somewhere. */
export interface Guess {
  readonly username: string
  readonly password: string
  /** The address that a trusted proxy says the guess comes from. */
  readonly address: string
}

/** What came of a guess, and how long it took in milliseconds. */
export interface Guessed {
  readonly status: number
  readonly code: string
  readonly ms: number
}

/** Makes guesses at a server over connections that stay open, as an attacker's program does. */
export function guesser(url: string, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const guess = ({ username, password, address }: Guess): Promise<Guessed> =>
    new Promise((tell, fail) => {
      const body = JSON.stringify({ username, password, device: { id: randomUUID(), name: '' } })
      const began = performance.now()
      const asking = request(
        `${url}/v1/sign-in`,
        {
          ...{ agent, method: 'POST' },
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
            'x-forwarded-for': address,
          },
        },
        (answer) => {
          let text = ''
          answer.setEncoding('utf8').on('data', (chunk) => {
            text += chunk
          })
          answer.on('end', () => {
            const { code = '' } = JSON.parse(text) as { code?: string }
            tell({ status: answer.statusCode ?? 0, code, ms: performance.now() - began })
          })
        },
      )
      asking.on('error', fail)
      asking.end(body)
    })
  return { guess, close: () => agent.destroy() }
}

/** How many there are of each code. */
export function countCodes(guesses: readonly Guessed[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { code } of guesses) counts[code] = (counts[code] ?? 0) + 1
  return counts
}

/** The value in the middle. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
