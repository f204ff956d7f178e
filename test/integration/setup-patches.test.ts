import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const script = new URL('../../scripts/patchPackages.mjs', import.meta.url).href
const { patchPackages } = (await import(script)) as { patchPackages(root: string): void }

let root: string
let file: string

/** A project whose package has one file of three lines. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'patches-'))
  const folder = join(root, 'node_modules/reader')
  mkdirSync(folder, { recursive: true })
  mkdirSync(join(root, 'patches'))
  writeFileSync(join(folder, 'package.json'), '{"version":"1.2.3"}')
  file = join(folder, 'login.js')
  writeFileSync(file, 'open()\nlogin(pin)\nclose()\n')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const writePatch = (replacement: string): void =>
  writeFileSync(
    join(root, 'patches/reader+1.2.3.patch'),
    `--- a/login.js\n+++ b/login.js\n@@ -1,3 +1,3 @@ login\n open()\n-login(pin)\n+${replacement}\n close()\n`,
  )

test('a patch is applied once, and again when it has changed', () => {
  writePatch('login(null)')
  patchPackages(root)
  patchPackages(root)
  expect(readFileSync(file, 'utf8')).toBe('open()\nlogin(null)\nclose()\n')
  writePatch('++ login(bytes)')
  patchPackages(root)
  expect(readFileSync(file, 'utf8')).toBe('open()\n++ login(bytes)\nclose()\n')
})

test('line ends stay the file’s own', () => {
  writeFileSync(file, 'open()\r\nlogin(pin)\r\nclose()\r\n')
  writePatch('login(null)')
  patchPackages(root)
  expect(readFileSync(file, 'utf8')).toBe('open()\r\nlogin(null)\r\nclose()\r\n')
})

test('a file that a package store links into many folders is changed in this one alone', () => {
  const stored = join(root, 'stored.js')
  linkSync(file, stored)
  writePatch('login(null)')
  patchPackages(root)
  expect(readFileSync(stored, 'utf8')).toBe('open()\nlogin(pin)\nclose()\n')
})

test('a patch for another version, or for another text, is refused and nothing is changed', () => {
  writePatch('login(null)')
  writeFileSync(file, 'open()\nlogin(pin, user)\nclose()\n')
  expect(() => patchPackages(root)).toThrow('does not fit')
  expect(readFileSync(file, 'utf8')).toBe('open()\nlogin(pin, user)\nclose()\n')
  writeFileSync(join(root, 'node_modules/reader/package.json'), '{"version":"1.2.4"}')
  expect(() => patchPackages(root)).toThrow('reader@1.2.4')
})
