import type { IpcPush, IpcPushes } from '../../shared/contract/ipc.ts'

/** Tells listeners what the client has to say unasked. */
export interface Pushes {
  on<Push extends IpcPush>(push: Push, listener: (message: IpcPushes[Push]) => void): () => void
  emit<Push extends IpcPush>(push: Push, message: IpcPushes[Push]): void
}

export function pushes(): Pushes {
  const listeners = new Map<IpcPush, Set<(message: never) => void>>()
  return {
    on: (push, listener) => {
      const set = listeners.get(push) ?? new Set()
      listeners.set(push, set.add(listener))
      return () => set.delete(listener)
    },
    emit: (push, message) => {
      for (const listener of listeners.get(push) ?? []) listener(message as never)
    },
  }
}
