/** A client in a process of its own that signs one letter; it tells its parent each step. */
import type { ErrandNews, SigningErrand } from './clientProcess.ts'
import { nodeProcesses } from './nodeProcesses.ts'
import { signInAs, startClient } from './testClient.ts'

const tell = (news: ErrandNews) => process.send?.(news)

process.once('message', async (message) => {
  const { directory, serverUrl, person, environment, order } = message as SigningErrand
  const client = startClient({ directory, serverUrl, processes: nodeProcesses(environment) })
  client.on('signing.progress', ({ step }) => tell({ step }))
  await signInAs(client, person)
  const signed = await client.sign(order)
  tell({ signed: signed.ok })
  await client.close()
  process.disconnect()
})
