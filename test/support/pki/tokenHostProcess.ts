/** A token host as a child process, for tests: forked with `serialization: 'advanced'`, the drivers as arguments. */
import { serveTokenHost } from '../../../src/signing/tokens/tokenHost.ts'

const [, , ...drivers] = process.argv

serveTokenHost(
  {
    on: (event, listener) => process.on(event, listener),
    postMessage: (message) => process.send!(message),
  },
  drivers,
)
