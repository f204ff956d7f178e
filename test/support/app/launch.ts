import { once } from 'node:events'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { appExecutable } from '../electron/executable.ts'

const root = join(import.meta.dirname, '../../..')
/** A running client: one app with a profile of its own. */
export interface RunningApp {
  readonly app: ElectronApplication
  readonly page: Page
  /** What the app has written to standard output and error so far. */
  said(): string
  close(): Promise<void>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
}

/** What a client is started with. */
export interface LaunchOptions {
  /** Folder of the client's own store; the same folder is the same PC. */
  readonly profile: string
  readonly server: string
  readonly environment?: Readonly<Record<string, string>>
  /** Window size in CSS pixels; default 1440 × 900. */
  readonly size?: { readonly width: number; readonly height: number }
}

/** Starts the built app and waits for its first screen. */
export async function launchApp(options: LaunchOptions): Promise<RunningApp> {
  const app = await _electron.launch({
    executablePath: appExecutable(),
    args: [root, `--user-data-dir=${options.profile}`],
    env: {
      ...(process.env as Record<string, string>),
      SARABAN_SERVER: options.server,
      ...options.environment,
    },
  })
  let said = ''
  const hear = (chunk: unknown) => {
    said += chunk
  }
  app.process().stdout?.on('data', hear)
  app.process().stderr?.on('data', hear)
  const page = await app.firstWindow()
  await page.setViewportSize(options.size ?? { width: 1440, height: 900 })
  await page.waitForSelector('#root > *')
  return { app, page, said: () => said, close: () => app.close(), kill: () => killApp(app) }
}

async function killApp(app: ElectronApplication): Promise<void> {
  const program = app.process()
  const ended = once(program, 'exit')
  program.kill('SIGKILL')
  await ended
}
