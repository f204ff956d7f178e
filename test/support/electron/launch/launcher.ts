import { readFileSync } from 'node:fs'
import { open as openInspector } from 'node:inspector'
import { createRequire, registerHooks } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from '../main/app.ts'
import { readAppEntry } from './appEntry.ts'
import { readInvocation } from './commandLine.ts'

const electronModule = new URL('../main/index.ts', import.meta.url).href

/** Gives `electron` to `require` and `import` alike, whoever asks in this process. */
function mapElectron(): void {
  registerHooks({
    resolve: (specifier, context, next) =>
      /^electron(\/(main|common))?$/.test(specifier)
        ? { url: electronModule, format: 'module-typescript', shortCircuit: true }
        : next(specifier, context),
  })
}

function electronVersion(): string {
  const manifest = createRequire(import.meta.url).resolve('electron/package.json')
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version
}

/** Dresses this Node process as Electron's main process. */
function dressProcess(folder: string, args: readonly string[]): void {
  Object.defineProperty(process.versions, 'electron', { value: electronVersion(), enumerable: true })
  Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath: join(folder, 'resources') })
  process.argv = [process.execPath, ...args]
}

/** Evaluates the app's main file wholly: Electron says `ready` only after that. */
async function evaluate(main: string): Promise<void> {
  if (main.endsWith('.cjs') || main.endsWith('.cts')) createRequire(main)(main)
  else await import(pathToFileURL(main).href)
}

const args = process.argv.slice(2)
const invocation = readInvocation(args)
if (invocation.inspectorPort !== undefined) openInspector(invocation.inspectorPort, '127.0.0.1')
const entry = readAppEntry(invocation.app)
mapElectron()
dressProcess(entry.folder, args)
app.load(entry)
for (const file of invocation.requires) createRequire(entry.main)(resolve(file))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())
// Electron stays alive without windows or timers.
setInterval(() => undefined, 2 ** 30)
await evaluate(entry.main)
app.start()
