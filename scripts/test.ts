/**
 * `npm test`: static checks, unit and integration tests (vitest), the server's once more on a PostgreSQL given by its
 * address, end-to-end tests on the built app (Playwright).
 * The last line is `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from './buildApp.ts'
import { staticChecks } from './staticChecks.ts'
import { startTestDatabase } from './testDatabase.ts'

const root = join(import.meta.dirname, '..')
const results = mkdtempSync(join(tmpdir(), 'saraban-test-'))
const local = (file: string) => join(root, 'node_modules', file)
/** What these test is the server's own PostgreSQL. */
const ownDatabaseTests = ['server-embedded.test.ts', 'server-crash-load.test.ts']
let passed = 0
let failed = 0

function run(name: string, args: string[], environment: Record<string, string> = {}): boolean {
  console.log(`\n— ${name}`)
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  })
  return status === 0
}

/** Adds a runner's own counts; a runner that died without writing its report counts as one failure. */
function count(ok: boolean, read: () => { passed: number; failed: number }) {
  try {
    const counts = read()
    passed += counts.passed
    failed += counts.failed
    if (!ok && counts.failed === 0) failed += 1
  } catch {
    failed += 1
  }
}
const report = (file: string) => JSON.parse(readFileSync(join(results, file), 'utf8'))

for (const check of staticChecks()) {
  if (check.passed) passed += 1
  else failed += 1
}

const vitest = run('unit and integration tests', [
  local('vitest/vitest.mjs'),
  'run',
  ...['--project', 'unit', '--project', 'integration'],
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${join(results, 'vitest.json')}`,
])
count(vitest, () => {
  const { numPassedTests, numFailedTests, numFailedTestSuites } = report('vitest.json')
  return { passed: numPassedTests, failed: numFailedTests || (vitest ? 0 : numFailedTestSuites) }
})

const serverTests = readdirSync(join(root, 'test/integration'))
  .filter((file) => file.startsWith('server-') && !ownDatabaseTests.includes(file))
  .map((file) => `test/integration/${file}`)
const database = await startTestDatabase()
const onGiven = run(
  `server tests on ${database.name}, given by its address`,
  [
    local('vitest/vitest.mjs'),
    'run',
    ...serverTests,
    ...['--project', 'integration'],
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(results, 'given.json')}`,
  ],
  { TEST_DATABASE_URL: database.url },
)
await database.stop()
count(onGiven, () => {
  const { numPassedTests, numFailedTests, numFailedTestSuites } = report('given.json')
  return { passed: numPassedTests, failed: numFailedTests || (onGiven ? 0 : numFailedTestSuites) }
})

if (buildApp()) {
  passed += 1
  const playwright = run(
    'end-to-end tests',
    [local('@playwright/test/cli.js'), 'test', '--reporter=list,json'],
    {
      PLAYWRIGHT_JSON_OUTPUT_NAME: join(results, 'playwright.json'),
    },
  )
  count(playwright, () => {
    const { expected, unexpected, flaky } = report('playwright.json').stats
    return { passed: expected, failed: unexpected + flaky }
  })
} else failed += 1

rmSync(results, { recursive: true, force: true })
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
