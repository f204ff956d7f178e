import { contextBridge, ipcRenderer } from 'electron'
import type { IpcChannel, IpcPush, SarabanBridge } from '../shared/contract/ipc.ts'

// Names only: the contract's schemas stay out of the sandboxed preload.
const channels = {
  'session.state': true,
  'session.sign-in': true,
  'session.sign-out': true,
  'settings.get': true,
  'settings.set': true,
  'organisation.get': true,
  'trays.list': true,
  'letters.list': true,
  'letters.get': true,
  'files.choose': true,
  'files.drop': true,
  'files.compose-memo': true,
  'letters.draft': true,
  'letters.propose': true,
  'letters.return': true,
  'letters.forward': true,
  'letters.save-copy': true,
  'tokens.list': true,
  'signing.plan': true,
  'signing.sign': true,
  'signing.cancel': true,
  'sync.state': true,
  'sync.now': true,
  'outbox.list': true,
  'outbox.discard': true,
  'search.find': true,
  'search.recent': true,
  'search.remember': true,
  'search.forget': true,
} satisfies Record<IpcChannel, true>

const pushes = {
  changed: true,
  'sync.state': true,
  'signing.progress': true,
  'tokens.changed': true,
  'session.ended': true,
} satisfies Record<IpcPush, true>

const bridge: SarabanBridge = {
  call: (channel, input) =>
    Object.hasOwn(channels, channel)
      ? ipcRenderer.invoke(channel, input)
      : Promise.reject(new Error('saraban: channel-unknown')),
  on: (push, listener) => {
    if (!Object.hasOwn(pushes, push)) throw new Error('saraban: push-unknown')
    const heard = (_event: unknown, message: Parameters<typeof listener>[0]) => listener(message)
    ipcRenderer.on(push, heard)
    return () => {
      ipcRenderer.removeListener(push, heard)
    }
  },
}

contextBridge.exposeInMainWorld('saraban', bridge)
