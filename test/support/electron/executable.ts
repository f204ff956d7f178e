import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The launcher that stands in for Electron's binary. */
export const standInPath = fileURLToPath(new URL('electron', import.meta.url))

/** Electron's own binary, where its package has fetched it. Never asks the package itself, which would fetch. */
export function electronPath(): string | undefined {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const named = join(folder, 'path.txt')
  return existsSync(named) ? join(folder, 'dist', readFileSync(named, 'utf8')) : undefined
}

/**
 * What to run the app with: SARABAN_ELECTRON=stand-in or a binary's path decides; else Electron where it is
 * there; else the stand-in.
 */
export function appExecutable(): string {
  const chosen = process.env.SARABAN_ELECTRON
  if (chosen === 'stand-in') return standInPath
  return chosen || (electronPath() ?? standInPath)
}
