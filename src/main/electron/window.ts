import { BrowserWindow } from 'electron'
import { appOrigin } from '../gateway/gateway.ts'

/** The program's window: sandboxed, without any way out of its own page, which may only load itself again. */
export function createWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 680,
    title: 'Saraban Desktop',
    backgroundColor: '#EEF1F5',
    // The page draws the one title bar; the system adds its buttons.
    titleBarStyle: 'hidden',
    titleBarOverlay: { color: '#E3E8EE', symbolColor: '#17202B', height: 44 },
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false },
  })
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  window.webContents.on('will-navigate', (event) => {
    if (event.url !== startPage) event.preventDefault()
  })
  return window
}

/** The page that the window shows. */
export const startPage = `${appOrigin}/index.html`
