import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The account that PostgreSQL runs as, where the server runs as root; PostgreSQL refuses to be root. */
export interface PostgresAccount {
  readonly uid: number
  readonly gid: number
}

/** Finds the account `postgres`, or makes it; undefined when this process is not root and can run it itself. */
export async function postgresAccount(): Promise<PostgresAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined
  return (await idsOf('postgres')) ?? (await makeAccount())
}

async function makeAccount(): Promise<PostgresAccount> {
  await run('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'postgres',
  ])
  const made = await idsOf('postgres')
  if (!made) throw new Error('the account postgres could not be made')
  return made
}

async function idsOf(name: string): Promise<PostgresAccount | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined
  }
}

/**
 * The command that runs `program` as `account`. Where a folder on the way is closed to that account (a clone under
 * /root), it keeps the right to pass through; the folder's own permissions stay as they are.
 */
export async function commandAs(
  account: PostgresAccount | undefined,
  program: string,
  folders: readonly string[],
): Promise<{ program: string; prefix: string[]; ids: Partial<PostgresAccount> }> {
  if (!account) return { program, prefix: [], ids: {} }
  const open = await Promise.all([program, ...folders].map((path) => passable(path, account)))
  if (open.every(Boolean)) return { program, prefix: [], ids: account }
  const capability = '-all,+dac_override'
  return {
    program: 'setpriv',
    prefix: [
      `--reuid=${account.uid}`,
      `--regid=${account.gid}`,
      '--clear-groups',
      // Without it access(2), by which PostgreSQL finds its programs, would leave the capability out of account.
      '--securebits=+no_setuid_fixup',
      `--inh-caps=${capability}`,
      `--ambient-caps=${capability}`,
      program,
    ],
    ids: {},
  }
}

/** Whether `account` may pass through every folder above `path`. */
async function passable(path: string, account: PostgresAccount): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (folder === dirname(folder)) return true
  }
}
