import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A service on this machine. */
export interface TestService {
  readonly url: string
  close(): Promise<void>
}

/** Starts an HTTP server on a free port of this machine. */
export async function serve(answer: RequestListener): Promise<TestService> {
  const server = createServer(answer)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}
