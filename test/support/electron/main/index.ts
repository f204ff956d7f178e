import { app } from './app.ts'
import { BrowserWindow } from './browserWindow.ts'
import { clipboard } from './clipboard.ts'
import { dialog } from './dialog.ts'
import { ipcMain } from './ipcMain.ts'
import { Menu, MenuItem } from './menu.ts'
import { nativeTheme } from './nativeTheme.ts'
import { net } from './net.ts'
import { Notification } from './notification.ts'
import { powerMonitor } from './powerMonitor.ts'
import { protocol } from './protocol.ts'
import { safeStorage } from './safeStorage.ts'
import { session } from './session.ts'
import { shell } from './shell.ts'
import { refuseUnknown } from './unimplemented.ts'
import { utilityProcess } from './utilityProcess.ts'
import { WebContents as webContents } from './webContents.ts'

/** The module that `require('electron')` gives: what it lacks throws by name. */
const electron = refuseUnknown('electron', {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  utilityProcess,
  webContents,
})

export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  electron as 'module.exports',
  ipcMain,
  Menu,
  MenuItem,
  Notification,
  nativeTheme,
  net,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  utilityProcess,
  webContents,
}
