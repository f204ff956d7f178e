// npm for the scripts that run before anything is installed. Plain JavaScript on Node 20 or newer, without packages.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

/** Setting up stopped; the message says what to do. */
export class SetupRefused extends Error {}

/** Runs npm on `node`. What compiles uses that Node's own headers where it has them, without a download. */
export function npm(args, root, node) {
  const prefix = dirname(dirname(node))
  const headers = existsSync(join(prefix, 'include', 'node', 'node_api.h'))
    ? { npm_config_nodedir: prefix }
    : {}
  const done = spawnSync('npm', [...args, '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, ...headers, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` },
  })
  if (done.status !== 0)
    throw new SetupRefused(`npm ${args[0]} ไม่สำเร็จ ดูข้อความด้านบน\nnpm ${args[0]} failed; see above.`)
}
