/** A token host as a child process, for tests: forked with `serialization: 'advanced'`. */
import { serveTokenHost } from '../../../src/signing/tokenHost.ts'

serveTokenHost({
  on: (event, listener) => process.on(event, listener),
  postMessage: (message) => process.send!(message),
})
