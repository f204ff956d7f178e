import { type BrowserWindow, dialog } from 'electron'
import en from '../../../resources/texts/en.json' with { type: 'json' }
import th from '../../../resources/texts/th.json' with { type: 'json' }
import type { Settings } from '../../shared/contract/ipc.ts'
import { fill } from '../../shared/fill.ts'

type Language = Settings['language']

const tables = { th, en }

/** Asks before the program ends with work that the server has not answered; true to end it. */
export async function mayQuit(window: BrowserWindow, waiting: number, language: Language): Promise<boolean> {
  const texts = tables[language]
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: fill(texts['question.quit'], { waiting }),
    detail: texts['question.quitDetail'],
    buttons: [texts['question.quitYes'], texts['question.quitNo']],
    defaultId: 1,
    noLink: true,
  })
  return response === 0
}

/** Asks before a pull takes away many letters at once; true to let them go. */
export async function mayRetract(
  window: BrowserWindow,
  retracts: number,
  letters: number,
  language: Language,
): Promise<boolean> {
  const texts = tables[language]
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: fill(texts['question.retract'], { retracts, letters }),
    detail: texts['question.retractDetail'],
    buttons: [texts['question.retractNo'], texts['question.retractYes']],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  return response === 1
}
