import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron'
import { type IpcPush, type IpcPushes, ipcInputs } from '../../shared/contract/ipc.ts'
import type { Client } from '../client/client.ts'
import type { gateway, Sender } from '../gateway/gateway.ts'

/** Registers every channel with the gateway. `window` is the only one whose page may speak. */
export function registerChannels(pass: ReturnType<typeof gateway>, window: () => BrowserWindow | undefined) {
  for (const channel of Object.keys(ipcInputs)) {
    ipcMain.handle(channel, (event, input: unknown) => pass(channel, senderOf(event, window()), input))
  }
}

function senderOf(event: IpcMainInvokeEvent, window: BrowserWindow | undefined): Sender {
  const frame = event.senderFrame
  return {
    url: frame?.url ?? '',
    isMainFrame: frame !== null && frame.parent === null,
    isOwnWindow: window !== undefined && !window.isDestroyed() && event.sender === window.webContents,
  }
}

const pushes: readonly IpcPush[] = [
  'changed',
  'sync.state',
  'signing.progress',
  'tokens.changed',
  'session.ended',
]

/** Passes on to the page what the client says unasked. */
export function forwardPushes(client: Client, window: () => BrowserWindow | undefined) {
  const forward = <Push extends IpcPush>(push: Push) =>
    client.on(push, (message: IpcPushes[Push]) => {
      const current = window()
      if (current !== undefined && !current.isDestroyed()) current.webContents.send(push, message)
    })
  for (const push of pushes) forward(push)
}
