import { type BrowserWindow, dialog } from 'electron'
import type { Dialogs } from '../gateway/answers.ts'

const pdf = [{ name: 'PDF', extensions: ['pdf'] }]

/** The system's file dialogs over `window`. */
export const systemDialogs = (window: () => BrowserWindow): Dialogs => ({
  choosePdf: async () => {
    const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
      properties: ['openFile'],
      filters: pdf,
    })
    return canceled ? null : (filePaths[0] ?? null)
  },
  chooseCopyPlace: async (name) => {
    const { canceled, filePath } = await dialog.showSaveDialog(window(), { defaultPath: name, filters: pdf })
    return canceled || filePath === '' ? null : filePath
  },
})
