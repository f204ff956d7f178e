// Entry of every `npm run` command. Plain JavaScript without packages, since it runs on the machine's own Node
// (20 or newer) before anything is installed: sets up what is missing, then hands over to Node 24.
import { spawnSync } from 'node:child_process'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SetupRefused } from './npm.mjs'
import { setUp } from './setup.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [command = 'setup', ...rest] = process.argv.slice(2)
const local = (file) => join(root, 'node_modules', file)

/** What each command runs under Node 24, and which Debian packages it needs. */
const commands = {
  setup: { needs: [] },
  demo: { needs: ['app', 'token', 'judges'], run: ['scripts/demo.ts', ...rest] },
  test: { needs: ['app', 'token', 'judges', 'forms'], run: ['scripts/test.ts', ...rest] },
  bench: { needs: ['app', 'token', 'judges'], run: ['scripts/bench.ts', ...rest] },
  soak: {
    needs: ['app', 'token', 'judges', 'forms'],
    run: [local('vitest/vitest.mjs'), 'run', '--project', 'soak', ...rest],
  },
  start: { needs: ['app', 'token'], run: ['scripts/start.ts', ...rest] },
  check: { needs: [], run: ['scripts/check.ts', ...rest] },
  format: { needs: [], run: [local('@biomejs/biome/bin/biome'), 'check', '--write', ...rest] },
  build: { needs: [], run: [local('electron-vite/bin/electron-vite.js'), 'build', ...rest] },
  package: { needs: [], run: [local('electron-builder/cli.js'), ...rest] },
}

const chosen = commands[command]
if (!chosen) {
  console.error(`There is no command ${command}. There are: ${Object.keys(commands).join(', ')}`)
  process.exit(2)
}
try {
  const node = setUp(root, chosen.needs)
  if (chosen.run) {
    const { status, signal } = spawnSync(node, chosen.run, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, SARABAN_NODE: node, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` },
    })
    process.exit(signal ? 1 : (status ?? 1))
  }
} catch (problem) {
  if (!(problem instanceof SetupRefused)) throw problem
  console.error(`\n${problem.message}`)
  process.exit(1)
}
