import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

interface Manifest {
  readonly name?: string
  readonly productName?: string
  readonly version?: string
  readonly main?: string
}

/** The app that is run: its folder, its main file and what its package.json says. */
export interface AppEntry {
  readonly folder: string
  readonly main: string
  readonly name: string
  readonly version: string
}

/** The nearest folder at or above `folder` that holds a package.json. */
function packageFolder(folder: string): string | undefined {
  if (existsSync(join(folder, 'package.json'))) return folder
  const parent = dirname(folder)
  return parent === folder ? undefined : packageFolder(parent)
}

/** Finds the app at `path`, a folder with a package.json or a main file below one. */
export function readAppEntry(path: string): AppEntry {
  const target = resolve(path)
  const named = statSync(target).isDirectory()
  const folder = packageFolder(named ? target : dirname(target)) ?? dirname(target)
  const file = join(folder, 'package.json')
  const manifest: Manifest = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  return {
    folder,
    main: named ? join(target, manifest.main ?? 'index.js') : target,
    name: manifest.productName ?? manifest.name ?? 'Electron',
    version: manifest.version ?? '0.0.0',
  }
}
