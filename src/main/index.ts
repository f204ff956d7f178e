import { hostname } from 'node:os'
import { join } from 'node:path'
import { app, type BrowserWindow, Menu, powerMonitor, protocol, session } from 'electron'
import { appFiles } from './appFiles.ts'
import { createClient } from './client/client.ts'
import { serverUrl } from './client/session/settings.ts'
import { systemDialogs } from './electron/dialogs.ts'
import { forwardPushes, registerChannels } from './electron/ipc.ts'
import { mayQuit, mayRetract } from './electron/questions.ts'
import { systemSecrets } from './electron/secrets.ts'
import { utilityProcesses } from './electron/utilityProcesses.ts'
import { createWindow, startPage } from './electron/window.ts'
import { answersOf } from './gateway/answers.ts'
import { gateway } from './gateway/gateway.ts'
import { logFile } from './logFile.ts'

const folder = __dirname
const CLOSING_MS = 5_000

app.enableSandbox()
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
])

// Two programs on one store would each believe to be alone with it.
if (app.requestSingleInstanceLock()) app.whenReady().then(start)
else app.quit()

async function start() {
  const directory = app.getPath('userData')
  const log = logFile(join(directory, 'logs'))
  let window: BrowserWindow | undefined
  const shown = () => {
    if (window === undefined) throw new Error('the window is not open')
    return window
  }
  const client = createClient({
    directory,
    serverUrl: await serverUrl(directory, process.env),
    deviceName: hostname(),
    secrets: systemSecrets(log),
    processes: utilityProcesses(folder),
    storeWorkerPath: join(folder, 'storeWorker.cjs'),
    log,
    readsDocuments: true,
    mayRetract: async (retracts, letters) =>
      mayRetract(shown(), retracts, letters, (await client.settings()).language),
  })

  protocol.handle('app', appFiles(join(folder, '../renderer'), client.files))
  session.defaultSession.setPermissionRequestHandler((_page, _permission, decide) => decide(false))
  session.defaultSession.setPermissionCheckHandler(() => false)
  Menu.setApplicationMenu(null)

  const zoomed = (factor: number) => shown().webContents.setZoomFactor(factor)
  registerChannels(gateway(answersOf(client, systemDialogs(shown), zoomed), log), () => window)
  forwardPushes(client, () => window)
  powerMonitor.on('resume', () => void client.syncNow())

  window = createWindow(join(folder, '../preload/index.cjs'))
  endWithWindow(window, client)
  app.on('second-instance', () => shown().show())
  window.webContents.on('did-finish-load', () => {
    void client.settings().then(({ zoom }) => zoomed(zoom))
  })
  await window.loadURL(startPage)
}

/** Ends the program with its window, after asking about waiting work and closing the store. */
function endWithWindow(window: BrowserWindow, client: ReturnType<typeof createClient>) {
  let state: 'open' | 'asking' | 'closed' = 'open'
  const close = async () => {
    const { waiting } = await client.syncState()
    const { language } = await client.settings()
    if (waiting > 0 && !(await mayQuit(window, waiting, language))) {
      state = 'open'
      return
    }
    const patience = new Promise((resolve) => setTimeout(resolve, CLOSING_MS))
    await Promise.race([client.close(), patience])
    state = 'closed'
    app.quit()
  }
  window.on('close', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'asking') return
    state = 'asking'
    void close()
  })
  app.on('window-all-closed', () => app.quit())
}
