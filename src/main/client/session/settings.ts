import { join } from 'node:path'
import { z } from 'zod'
import { type Settings, settingsSchema } from '../../../shared/contract/ipc.ts'
import { makeFolder, readJson, writeJson } from '../account/durableFile.ts'

const defaults: Settings = { language: 'th', digits: 'arabic', zoom: 1 }

/** How this computer shows the program, and which server it speaks to. */
export interface SettingsFile {
  get(): Promise<Settings>
  /** Changes what is given and keeps the rest; returns all of it. */
  set(change: { readonly [Name in keyof Settings]?: Settings[Name] | undefined }): Promise<Settings>
}

/** The settings in `directory`/settings.json; a damaged value falls back to its default. */
export function settingsFile(directory: string): SettingsFile {
  const path = join(directory, 'settings.json')
  const content = async () => z.record(z.string(), z.unknown()).safeParse(await readJson(path)).data ?? {}
  const read = async () => settingsSchema.safeParse({ ...defaults, ...(await content()) }).data ?? defaults
  return {
    get: read,
    set: async (change) => {
      const given = Object.entries(change).filter(([, value]) => value !== undefined)
      const settings = { ...(await read()), ...Object.fromEntries(given) }
      await makeFolder(directory)
      await writeJson(path, { ...(await content()), ...settings })
      return settings
    },
  }
}

const DEFAULT_SERVER = 'http://127.0.0.1:8469'

/** The server that this computer was told to use: `SARABAN_SERVER`, or settings.json's serverUrl. */
export async function configuredServer(
  directory: string,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const named = environment.SARABAN_SERVER
  if (named !== undefined && z.url().safeParse(named).success) return named
  const kept = z.object({ serverUrl: z.url() }).safeParse(await readJson(join(directory, 'settings.json')))
  return kept.data?.serverUrl
}

/** The server's address: the configured one, or this computer. */
export const serverUrl = async (directory: string, environment: NodeJS.ProcessEnv): Promise<string> =>
  (await configuredServer(directory, environment)) ?? DEFAULT_SERVER
