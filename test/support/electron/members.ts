import { readFile } from 'node:fs/promises'
import * as electron from './main/index.ts'
import { createCodec } from './page/codec.ts'
import { createPreloadWorld } from './page/preloadWorld.ts'

/** A member of `electron` that a built file uses and the stand-in lacks. */
export interface MissingMember {
  readonly file: string
  /** As it is written, for example `app.setBadgeCount`. */
  readonly member: string
}

const IDENTIFIER = '[A-Za-z_$][\\w$]*'
const SOURCE = '["\']electron(?:/(?:main|common|renderer))?["\']'
const REQUIRED_WHOLE = new RegExp(`(${IDENTIFIER})\\s*=\\s*(?:${IDENTIFIER}\\()?require\\(${SOURCE}\\)`, 'g')
const REQUIRED_PARTS = new RegExp(`\\{([^{}]*)\\}\\s*=\\s*require\\(${SOURCE}\\)`, 'g')
const IMPORTED_PARTS = new RegExp(`import\\s*\\{([^{}]*)\\}\\s*from\\s*${SOURCE}`, 'g')
const IMPORTED_WHOLE = new RegExp(`import\\s*(?:\\*\\s*as\\s+)?(${IDENTIFIER})\\s*from\\s*${SOURCE}`, 'g')

const escaped = (name: string): string => name.replaceAll('$', '\\$')
const captures = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((found) => found[1]!)

/** `app, BrowserWindow: b, ipcMain as i` as pairs of Electron's name and the local one. */
function namedParts(list: string): Array<readonly [string, string]> {
  const parts = list.split(',').map((part) => part.trim().split(/\s*:\s*|\s+as\s+/))
  return parts.filter(([name]) => name).map(([name, local]) => [name!, local ?? name!])
}

/** The members that a built file uses, as `member` or `member.property`. */
export function usedMembers(source: string): string[] {
  const used = new Set<string>()
  for (const name of [...captures(source, REQUIRED_WHOLE), ...captures(source, IMPORTED_WHOLE)]) {
    const uses = new RegExp(`(?<![\\w$.])${escaped(name)}\\.(${IDENTIFIER})(?:\\.(${IDENTIFIER}))?`, 'g')
    for (const [, member, property] of source.matchAll(uses)) {
      if (member !== 'default') used.add(property ? `${member}.${property}` : member!)
    }
  }
  for (const list of [...captures(source, REQUIRED_PARTS), ...captures(source, IMPORTED_PARTS)]) {
    for (const [member, local] of namedParts(list)) {
      used.add(member)
      const uses = new RegExp(`(?<![\\w$.])${escaped(local)}\\.(${IDENTIFIER})`, 'g')
      for (const property of captures(source, uses)) used.add(`${member}.${property}`)
    }
  }
  return [...used].sort()
}

/** What a preload gets, made with ends that lead nowhere. */
function preloadModule(): object {
  const bridge = { expose: () => undefined }
  const codec = createCodec(
    () => '',
    () => new Uint8Array(),
  )
  return createPreloadWorld(
    bridge,
    codec,
    () => undefined,
    () => '',
    0,
  ).require('electron') as object
}

function exists(module: object, path: string): boolean {
  const [member, property] = path.split('.') as [string, string?]
  if (!(member in module)) return false
  const value = (module as Record<string, unknown>)[member]
  return property === undefined || property in Object(value)
}

/**
 * The members of `electron` that the built files use and the stand-in lacks. Files below a folder named
 * `preload` are held against what a sandboxed preload gets, all others against the main process's module.
 * Members of windows and other instances cannot be seen here; those throw by name when they are used.
 */
export async function missingMembers(builtFiles: readonly string[]): Promise<MissingMember[]> {
  const missing: MissingMember[] = []
  for (const file of builtFiles) {
    const module = /[\\/]preload[\\/]/.test(file) ? preloadModule() : electron
    for (const member of usedMembers(await readFile(file, 'utf8'))) {
      if (!exists(module, member)) missing.push({ file, member })
    }
  }
  return missing
}
