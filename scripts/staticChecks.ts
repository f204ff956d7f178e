import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const local = (file: string) => join(root, 'node_modules', file)

const checks = [
  { name: 'lint and format', run: [local('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings'] },
  { name: 'types', run: [local('typescript/bin/tsc'), '-p', '.'] },
  { name: 'dead code', run: [local('knip/bin/knip.js')] },
]

/** Runs the checks that need nothing but the source, printing each one's output and time. */
export function staticChecks(): { name: string; passed: boolean }[] {
  return checks.map(({ name, run }) => {
    const started = performance.now()
    const { status } = spawnSync(process.execPath, run, { cwd: root, stdio: 'inherit' })
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.log(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
    return { name, passed: status === 0 }
  })
}
