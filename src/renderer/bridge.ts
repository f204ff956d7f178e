import type { SarabanBridge } from '../shared/contract/ipc.ts'

declare global {
  interface Window {
    /** Put here by preload; the renderer's only way out of its sandbox. */
    readonly saraban: SarabanBridge
  }
}

/** The bridge to the main process. */
export const saraban: SarabanBridge = {
  call: (channel, input) => window.saraban.call(channel, input),
  on: (push, listener) => window.saraban.on(push, listener),
}
