/** What the app needs of a window to quit; BrowserWindow is one. */
export interface OpenWindow {
  close(): void
  destroy(): void
}

/** The windows that are open, oldest first. Apart, so that app and window need not import each other. */
export const openWindows = new Set<OpenWindow>()
