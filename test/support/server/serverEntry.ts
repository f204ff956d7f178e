import { server } from '../../../src/cli/server.ts'

process.exit(await server(process.argv.slice(2)))
