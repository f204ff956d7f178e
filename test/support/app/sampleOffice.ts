import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSampleServer } from '../sample/serverProcess.ts'
import { type SampleSigner, type SampleTokens, sampleSigners, sampleTokens } from '../sample/tokens.ts'
import type { ServerProcess } from '../server/testServer.ts'
import { type LaunchOptions, launchApp, type RunningApp } from './launch.ts'
import { signIn } from './office.ts'

/** How a person's PC differs from the usual one. */
interface PersonalComputer extends Partial<Pick<LaunchOptions, 'size' | 'environment' | 'server'>> {
  /** The same name is the same PC; default the person's id. */
  readonly device?: string
  /** False leaves the app at its sign-in screen. */
  readonly signedIn?: boolean
}

/** The sample organisation at work: a server, tokens, and a PC for each person who opens the app. */
export interface SampleOffice {
  /** Folder of everything; removed in the end. */
  readonly work: string
  readonly signers: SampleTokens
  readonly server: ServerProcess
  /** Starts a person's app and signs them in; executives have their token plugged in. */
  open(personId: string, computer?: PersonalComputer): Promise<RunningApp>
  /** Folder of a PC's profile. */
  profile(device: string): string
  stopServer(): Promise<void>
  /** Starts the server again, on its old address. */
  startServer(): Promise<void>
  /** Everything that any process of the office has written to its standard output and error. */
  said(): string
  close(): Promise<void>
}

/** The PIN of a sample executive's token. */
export const pinOf = (personId: SampleSigner): string =>
  sampleSigners.find((signer) => signer.personId === personId)?.pin ?? ''

/** Opens an office of its own in a temporary folder; `pins` as in sampleTokens. */
export async function openSampleOffice(pins?: Parameters<typeof sampleTokens>[1]): Promise<SampleOffice> {
  const work = mkdtempSync(join(tmpdir(), 'saraban-e2e-'))
  const signers = sampleTokens(work, pins)
  const asked = { data: join(work, 'server'), trust: signers.rootPem }
  const servers = [await startSampleServer(asked)]
  const apps: RunningApp[] = []
  const server = () => servers.at(-1)!
  const port = Number(new URL(server().url).port)
  let isUp = true

  const environmentOf = (personId: string): Record<string, string> => {
    const tokens = signers.tokens[personId as SampleSigner]
    return tokens
      ? { ...tokens.env, SARABAN_PKCS11_MODULE: tokens.module }
      : { SOFTHSM2_CONF: join(work, 'no-token.conf') }
  }
  const stopServer = async () => {
    if (isUp) await server().stop()
    isUp = false
  }
  return {
    work,
    signers,
    get server() {
      return server()
    },
    open: async (personId, { device = personId, signedIn = true, environment, ...computer } = {}) => {
      const app = await launchApp({
        profile: join(work, device),
        server: server().url,
        environment: { ...environmentOf(personId), ...environment },
        ...computer,
      })
      apps.push(app)
      if (signedIn) await signIn(app.page, personId)
      return app
    },
    profile: (device) => join(work, device),
    stopServer,
    startServer: async () => {
      servers.push(await startSampleServer({ ...asked, port }))
      isUp = true
    },
    said: () => [...servers, ...apps].map((process) => process.said()).join('\n'),
    close: async () => {
      await Promise.all(apps.map((app) => app.close().catch(() => undefined)))
      await stopServer()
      rmSync(work, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
