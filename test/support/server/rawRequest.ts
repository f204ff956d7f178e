import { once } from 'node:events'
import { connect } from 'node:net'

/** What a server answers to bytes that no client of ours would send; ends when it closes or falls silent. */
export async function rawRequest(url: string, text: string, silenceMs = 300): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  let answer = ''
  socket.setEncoding('utf8').on('data', (chunk) => {
    answer += chunk
  })
  const closed = once(socket, 'close')
  socket.on('error', () => undefined)
  socket.write(text)
  socket.setTimeout(silenceMs, () => socket.destroy())
  await closed
  return answer
}

/** How many answers there are in what a server said. */
export const answersIn = (said: string): string[] =>
  [...said.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => match[1] ?? '')
