/**
 * `npm start`: builds and opens the app. Without a configured server it starts one here with the sample
 * organisation, a year of its letters and two made-up tokens, kept in .data/ so that work is there again next time.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { configuredServer } from '../src/main/client/session/settings.ts'
import { SAMPLE_PASSWORD } from '../src/server/sampleOrganisation.ts'
import { electronPath, standInPath } from '../test/support/electron/executable.ts'
import { startSampleServer } from '../test/support/sample/serverProcess.ts'
import { sampleSigners, sampleTokens } from '../test/support/sample/tokens.ts'
import type { ServerProcess } from '../test/support/server/testServer.ts'
import { buildApp } from './buildApp.ts'

const root = join(import.meta.dirname, '..')
/** Enough that every tray has something in it, and loaded in seconds. */
const SAMPLE_LETTERS = 2000

/** Where the app keeps its settings and stores, as Electron names the folder. */
function userData(): string {
  const folders: Partial<Record<NodeJS.Platform, string | undefined>> = {
    darwin: join(homedir(), 'Library/Application Support'),
    win32: process.env.APPDATA,
    linux: process.env.XDG_CONFIG_HOME,
  }
  return join(folders[process.platform] ?? join(homedir(), '.config'), 'Saraban Desktop')
}
if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
  console.error(
    'เครื่องนี้ไม่มีจอ จึงเปิดหน้าต่างไม่ได้ ใช้ npm run demo แทน\nThere is no display here, so no window can open. Use: npm run demo',
  )
  process.exit(1)
}

if (!buildApp()) process.exit(1)

const environment: Record<string, string> = {}
let server: ServerProcess | undefined
if (!(await configuredServer(userData(), process.env))) {
  const data = join(root, '.data')
  mkdirSync(data, { recursive: true })
  const { rootPem, tokens } = sampleTokens(data)
  server = await startSampleServer({
    // Another folder than that of the smaller organisation of earlier versions.
    ...{ data: join(data, 'office'), trust: rootPem, port: 8469 },
    letters: SAMPLE_LETTERS,
  })
  environment.SARABAN_SERVER = server.url
  const chosen = process.env.SARABAN_SAMPLE_TOKEN
  const signer = sampleSigners.find(({ personId }) => personId === chosen) ?? sampleSigners[0]
  Object.assign(environment, tokens[signer.personId].env, {
    SARABAN_PKCS11_MODULE: tokens[signer.personId].module,
  })
  console.log(
    [
      `เครื่องแม่ข่ายตัวอย่าง (sample server): ${server.url}`,
      `รหัสผ่านของทุกคน (everybody's password): ${SAMPLE_PASSWORD}`,
      '  somying      เจ้าหน้าที่ (staff)',
      '  teerawat     รองเลขาธิการ (executive, RSA token)',
      '  kamonchanok  เลขานุการ (secretary)',
      '  prawit       เลขาธิการ (executive, EC token: SARABAN_SAMPLE_TOKEN=prawit npm start)',
      `โทเคนที่เสียบอยู่ (token plugged in): ${signer.personId} · PIN ${signer.pin}`,
    ].join('\n'),
  )
}

const electron = electronPath()
if (!electron) {
  console.log(
    'ไม่มี Electron ในเครื่อง จึงใช้ Chromium ของระบบแทน (สำหรับพัฒนาและทดลองเท่านั้น)\nElectron’s binary is not here: using the system’s Chromium, for development and trying out only.',
  )
}
const app = spawn(electron ?? standInPath, [root], {
  stdio: 'inherit',
  env: { ...process.env, ...environment },
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.kill(signal))
const [code] = (await once(app, 'exit')) as [number | null]
await server?.stop()
process.exit(code ?? 1)
