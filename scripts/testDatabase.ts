import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../src/server/database/embeddedPostgres.ts'
import { commandAs, postgresAccount } from '../src/server/database/postgresAccount.ts'

/** A PostgreSQL that tests are given by its address, as an office would give its own to the server. */
interface TestDatabase {
  /** Who made it, for the tests' output. */
  readonly name: string
  readonly url: string
  stop(): Promise<void>
}

/** Where Debian keeps the programs of each version. */
const SYSTEM = '/usr/lib/postgresql'

/** Starts the system's PostgreSQL, the latest that is installed, on a new cluster; without one, the embedded one. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'saraban-postgres-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const [version] = existsSync(SYSTEM)
    ? readdirSync(SYSTEM)
        .filter((name) => existsSync(join(SYSTEM, name, 'bin/initdb')))
        .sort((a, b) => Number(b) - Number(a))
    : []
  if (version === undefined) {
    const embedded = await startEmbeddedPostgres(folder)
    const stop = async () => {
      await embedded.stop()
      remove()
    }
    return { name: 'the embedded PostgreSQL', url: embedded.connectionString, stop }
  }
  const account = await postgresAccount()
  if (account) chownSync(folder, account.uid, account.gid)
  const cluster = join(folder, 'cluster')
  const run = async (program: string, parameters: readonly string[]) => {
    const path = join(SYSTEM, version, 'bin', program)
    const { program: file, prefix, ids } = await commandAs(account, path, [cluster])
    const { status, stderr } = spawnSync(file, [...prefix, ...parameters], {
      ...ids,
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    })
    if (status !== 0) throw new Error(`${program}: ${stderr}`)
  }
  await run('initdb', [
    `--pgdata=${cluster}`,
    '--username=saraban',
    '--auth=trust',
    '--encoding=UTF8',
    '--no-locale',
  ])
  const port = await freePort()
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    // It lives no longer than the tests.
    fsync: 'off',
  }
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`)
  await run('pg_ctl', [
    'start',
    '--wait',
    `--pgdata=${cluster}`,
    `--log=${join(folder, 'log')}`,
    `--options=${options.join(' ')}`,
  ])
  return {
    name: `PostgreSQL ${version} of the system`,
    url: `postgres://saraban@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await run('pg_ctl', ['stop', '--wait', '--mode=immediate', `--pgdata=${cluster}`])
      remove()
    },
  }
}

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
