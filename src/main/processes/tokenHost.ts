import { knownModules } from '../../signing/tokens/pkcs11/modules.ts'
import { serveTokenHost } from '../../signing/tokens/tokenHost.ts'
import { parentPort } from '../client/processes/parentPort.ts'

const port = parentPort()
/** A driver that this computer's administrator allows beside the known ones. */
const addition = process.env.SARABAN_PKCS11_MODULE

serveTokenHost(
  { on: (_, listener) => port.onMessage(listener), postMessage: (message) => port.postMessage(message) },
  knownModules(process.platform, addition === undefined || addition === '' ? [] : [addition]),
)
