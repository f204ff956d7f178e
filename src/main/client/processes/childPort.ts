/** The processes that hold work which may crash: the token drivers, and PDF and signature work. */
export type ProcessName = 'tokenHost' | 'documentProcess'

/** A child process as the client sees it. Messages are structure-cloned. */
export interface ChildPort {
  postMessage(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onExit(listener: () => void): void
  kill(): void
}

/** How child processes are started: Electron's utilityProcess, or Node's child_process in tests. */
export interface Processes {
  fork(name: ProcessName): ChildPort
}
