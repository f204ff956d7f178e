import type * as Electron from 'electron'
import { refuseUnknown } from './unimplemented.ts'

type MessageBoxArguments = [Electron.BaseWindow, Electron.MessageBoxOptions] | [Electron.MessageBoxOptions]

/** The answer of someone who closes the box: the cancel button, else one that says so, else the first. */
function dismissal(options: Electron.MessageBoxOptions): number {
  const named = (options.buttons ?? []).findIndex((label) => /^&?(cancel|no|ยกเลิก|ไม่)$/i.test(label))
  return options.cancelId ?? Math.max(named, 0)
}

/** Electron's `dialog`: nothing is shown, and every question is answered as if it were closed. */
export const dialog = refuseUnknown('dialog', {
  showOpenDialog: async () => ({ canceled: true, filePaths: [] }),
  showOpenDialogSync: () => undefined,
  showSaveDialog: async () => ({ canceled: true, filePath: '' }),
  showSaveDialogSync: () => '',
  showMessageBox: async (...args: MessageBoxArguments) => ({
    response: dismissal(args.at(-1) as Electron.MessageBoxOptions),
    checkboxChecked: false,
  }),
  showMessageBoxSync: (...args: MessageBoxArguments) => dismissal(args.at(-1) as Electron.MessageBoxOptions),
  showErrorBox: (title) => console.error(`[dialog] ${title}`),
} satisfies Partial<Electron.Dialog>)
