import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A network line to a server that can be cut, or lose the server's answers after the server has got the request. */
export interface LossyLine {
  readonly url: string
  /** Closes every connection and takes no new one until `mend`. */
  cut(): void
  mend(): void
  /**
   * From now on lets the next request to `path` through and cuts the line when its answer comes back. Resolves
   * when that has happened.
   */
  loseAnswerTo(path: string): Promise<void>
  close(): Promise<void>
}

/** A line to the server at `target`. */
export async function lossyLine(target: string): Promise<LossyLine> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let isCut = false
  let losing: { path: string; lost: () => void } | undefined

  const server = createServer((near) => {
    if (isCut) return near.destroy()
    const far = connect(Number(port), hostname)
    let dropsAnswers = false
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.on('data', (chunk) => {
      if (losing !== undefined && chunk.toString('latin1').includes(` ${losing.path}`)) dropsAnswers = true
      far.write(chunk)
    })
    far.on('data', (chunk) => {
      if (!dropsAnswers) return near.write(chunk)
      losing?.lost()
      losing = undefined
      near.destroy()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the line has no port')

  const cut = () => {
    isCut = true
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut,
    mend: () => {
      isCut = false
    },
    loseAnswerTo: (path) =>
      new Promise((resolve) => {
        losing = { path, lost: resolve }
      }),
    close: async () => {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
