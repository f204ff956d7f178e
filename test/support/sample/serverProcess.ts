import { type ServerProcess, startServerProcess } from '../server/testServer.ts'

/** What the sample's server is started with; `port` 0 takes any free one. */
export interface SampleServer {
  readonly data: string
  /** Path of the root certificate, in PEM, that signers must chain to. */
  readonly trust: string
  readonly port?: number
  /** How many letters of the last twelve months it has from the beginning; none unless given. */
  readonly letters?: number
}

/** Starts `saraban server` with the sample organisation in a process of its own and waits until it listens. */
export const startSampleServer = ({ data, trust, port = 0, letters }: SampleServer): Promise<ServerProcess> =>
  startServerProcess([
    ...['--sample', '--data', data, '--trust', trust, '--port', String(port)],
    ...(letters === undefined ? [] : ['--sample-letters', String(letters)]),
  ])
