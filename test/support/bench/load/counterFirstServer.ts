import { startServer } from '../../../../src/server/start.ts'
import { counterFirst } from './counterFirst.ts'

/** A server that numbers in the way of counterFirst; `process.argv` names its folder, DATABASE_URL its database. */
const running = await startServer({
  dataFolder: process.argv[2] ?? '',
  databaseUrl: process.env.DATABASE_URL,
  queue: counterFirst,
  limits: 'none',
})
console.log(JSON.stringify({ listening: running.url }))
process.once('SIGTERM', async () => {
  await running.stop()
  process.exit(0)
})
