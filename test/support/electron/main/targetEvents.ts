import type { DevToolsSession } from '../browser/devtoolsPipe.ts'

/** What happens to a window's target. */
export interface TargetListener {
  /** Its title or address may have changed. */
  changed(): void
  crashed(exitCode: number): void
  /** It was closed, by the app or by the person in front of it. */
  closed(): void
}

const listeners = new Map<string, TargetListener>()

/** Hears of the target until it is closed. */
export function followTarget(targetId: string, listener: TargetListener): void {
  listeners.set(targetId, listener)
}

/** Passes the browser's news of targets on to those who follow them, and closes what a page opens by itself. */
export function relayTargets(root: DevToolsSession): void {
  root.on('Target.targetInfoChanged', ({ targetInfo }) => listeners.get(targetInfo.targetId)?.changed())
  root.on('Target.targetCrashed', ({ targetId, errorCode }) => listeners.get(targetId)?.crashed(errorCode))
  root.on('Target.targetDestroyed', ({ targetId }) => {
    listeners.get(targetId)?.closed()
    listeners.delete(targetId)
  })
  root.on('Target.targetCreated', ({ targetInfo }) => {
    if (targetInfo.openerId === undefined) return
    root.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch(() => undefined)
  })
}
