import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFile(fileURLToPath(new URL(path, root)), 'utf8')

const page = await read('docs/security.md')
/** `file` › title, as the page names a test. */
const named = [...page.matchAll(/`((?:test|src)\/[^`]+\.(?:test|spec)\.ts)` › (.+?)(?=<br>| \|)/g)].map(
  ([, file = '', title = '']) => ({ file, title }),
)

test('every test that the page on security names is there under that title', async () => {
  expect(named.length).toBeGreaterThan(50)
  const missing: string[] = []
  for (const { file, title } of named) {
    const text = await read(file).catch(() => '')
    if (!text.includes(`'${title}'`)) missing.push(`${file} › ${title}`)
  }
  expect(missing).toEqual([])
})

test('the page speaks of every chapter of ASVS 5.0, and names a test or says why there is none', () => {
  const rows = page.split('\n').filter((line) => /^\| V\d+ /.test(line))
  const chapters = rows.map((row) => Number(/^\| V(\d+) /.exec(row)?.[1]))
  expect(chapters).toEqual(Array.from({ length: 17 }, (_, index) => index + 1))
  for (const row of rows) expect(row).toMatch(/` › |Not applicable: /)
})

test('every test of attackers is named in the page', async () => {
  for (const file of [
    'commands',
    'http',
    'authority',
    'secrecy',
    'passwords',
    'clocks',
    'any-order',
    'office',
  ]) {
    expect(page).toContain(`test/integration/security-${file}.test.ts`)
  }
})
