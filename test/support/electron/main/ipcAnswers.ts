import type * as Electron from 'electron'
import type { PageRequest } from '../page/messages.ts'
import { ipcMain } from './ipcMain.ts'
import type { MainFrame } from './mainFrame.ts'
import type { PageChannel } from './pageChannel.ts'

/** The web contents that a message comes from. */
export interface IpcSender {
  readonly mainFrame: MainFrame
  send(channel: string, ...args: unknown[]): void
}

const senderOf = (sender: IpcSender) => ({
  sender,
  senderFrame: sender.mainFrame,
  frameId: 1,
  processId: 1,
  type: 'frame',
})

async function answer(
  channel: PageChannel,
  sender: IpcSender,
  request: PageRequest & { kind: 'invoke' },
  args: unknown[],
): Promise<void> {
  const { id } = request
  const document = channel.currentDocument()
  try {
    const event = senderOf(sender) as unknown as Electron.IpcMainInvokeEvent
    const value = await ipcMain.invoke(request.channel, event, args)
    channel.send(value, (encoded) => ({ kind: 'result', id, value: encoded }), document)
  } catch (error) {
    console.error(`Error occurred in handler for '${request.channel}':`, error)
    const message = `Error invoking remote method '${request.channel}': ${error}`
    channel.send(undefined, () => ({ kind: 'failure', id, message }), document)
  }
}

/** Gives what a page invokes or sends to `ipcMain`, and the answer back to the page. */
export function serveIpc(
  channel: PageChannel,
  sender: IpcSender,
  request: Exclude<PageRequest, { kind: 'open' }>,
  args: unknown[],
): void {
  if (request.kind === 'invoke') {
    void answer(channel, sender, request, args)
    return
  }
  const reply = (name: string, ...values: unknown[]): void => sender.send(name, ...values)
  ipcMain.emit(request.channel, { ...senderOf(sender), ports: [], reply }, ...args)
}
