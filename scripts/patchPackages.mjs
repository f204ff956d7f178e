// Applies patches/ to the installed packages and compiles those that are native: after `npm ci` (postinstall), when
// setting up, and before tests. Plain JavaScript on Node 20 or newer, without packages and without git.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { npm, SetupRefused } from './npm.mjs'

const thisFile = fileURLToPath(import.meta.url)

/** Patches the packages of this project. */
export default function patchProject() {
  patchPackages(dirname(dirname(thisFile)))
}

/** Brings every package that has a patch to its patched state; does nothing where it is in that state already. */
export function patchPackages(root) {
  for (const name of readdirSync(join(root, 'patches'))) {
    const named = /^(.+)\+([^+]+)\.patch$/.exec(name)
    if (named) patchPackage(root, named[1].replace('+', '/'), named[2], join(root, 'patches', name))
  }
}

function patchPackage(root, name, version, patchFile) {
  const folder = join(root, 'node_modules', name)
  const manifest = join(folder, 'package.json')
  const installed = existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version
  if (installed !== version) misfit(patchFile, `${name}@${installed || '-'}`)
  const patch = readFileSync(patchFile, 'utf8').replaceAll('\r\n', '\n')
  for (const { path, hunks } of parsePatch(patch)) {
    const file = join(folder, path)
    const original = `${file}.orig`
    const now = readFileSync(file, 'utf8')
    const before = existsSync(original) ? readFileSync(original, 'utf8') : now
    const after = patchText(before, hunks) ?? misfit(patchFile, file)
    if (after === now) continue
    // Kept for a patch that changes later.
    if (before === now) writeFileSync(original, before)
    replaceFile(file, after)
  }
  compile(root, name, createHash('sha256').update(patch).digest('hex'))
}

/** The stamp goes with the build folder, so whatever builds anew without the patch is noticed. */
function compile(root, name, digest) {
  const folder = join(root, 'node_modules', name)
  if (!existsSync(join(folder, 'binding.gyp'))) return
  const stamp = join(folder, 'build', '.patch')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  console.error(`กำลังคอมไพล์ (compiling): ${name}`)
  npm(['rebuild', name], root, process.execPath)
  writeFileSync(stamp, digest)
}

/** The files of a unified diff with their hunks; `start` is the first line of the patched text, from 0. */
function parsePatch(patch) {
  const files = []
  const lines = patch.split('\n').values()
  for (const line of lines) {
    if (line.startsWith('+++ b/')) files.push({ path: line.slice('+++ b/'.length), hunks: [] })
    const head = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line)
    if (head)
      files
        .at(-1)
        .hunks.push(readHunk(lines, Number(head[2]) - 1, Number(head[1] ?? 1), Number(head[3] ?? 1)))
  }
  return files
}

function readHunk(lines, start, lengthBefore, lengthAfter) {
  const hunk = { start, before: [], after: [] }
  while (hunk.before.length < lengthBefore || hunk.after.length < lengthAfter) {
    const line = lines.next().value
    if (line === undefined) break
    if (line[0] !== '+') hunk.before.push(line.slice(1))
    if (line[0] !== '-') hunk.after.push(line.slice(1))
  }
  return hunk
}

/** The patched text with its own line ends; undefined when it is neither the expected text nor patched already. */
function patchText(text, hunks) {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = text.split(lineEnd)
  const stands = (part, at) => part.every((line, index) => lines[at + index] === line)
  if (hunks.every(({ start, after }) => stands(after, start))) return text
  for (const { start, before, after } of hunks) {
    if (!stands(before, start)) return undefined
    lines.splice(start, before.length, ...after)
  }
  return lines.join(lineEnd)
}

/** Writes a new file in the old one's place: package stores link one file into many folders. */
function replaceFile(file, text) {
  writeFileSync(`${file}.new`, text)
  renameSync(`${file}.new`, file)
}

function misfit(patchFile, what) {
  throw new SetupRefused(
    `แพตช์ ${patchFile} ใช้กับ ${what} ไม่ได้ ลบ node_modules แล้วสั่ง npm ci\n` +
      `The patch ${patchFile} does not fit ${what}. Delete node_modules and run npm ci.`,
  )
}

if (process.argv[1] && realpathSync(process.argv[1]) === thisFile) {
  try {
    patchProject()
  } catch (problem) {
    if (!(problem instanceof SetupRefused)) throw problem
    console.error(`\n${problem.message}`)
    process.exitCode = 1
  }
}
