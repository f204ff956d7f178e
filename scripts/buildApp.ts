import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const builder = join(root, 'node_modules/electron-vite/bin/electron-vite.js')

/** Compiles main, preload and renderer into out/. Returns whether that went well; errors are printed. */
export function buildApp(): boolean {
  const { status } = spawnSync(process.execPath, [builder, 'build', '--logLevel', 'error'], {
    cwd: root,
    stdio: 'inherit',
  })
  return status === 0
}
