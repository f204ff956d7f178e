import { type BrowserWindow, dialog } from 'electron'
import type { Settings } from '../../shared/contract/ipc.ts'

type Language = Settings['language']

const quitWords = {
  th: (waiting: number) => ({
    message: `ยังมีงานที่รอส่ง ${waiting} รายการ`,
    detail: 'งานทั้งหมดเก็บไว้ในเครื่องนี้ และจะส่งเองเมื่อเปิดโปรแกรมและเชื่อมต่อได้',
    buttons: ['ปิดโปรแกรม', 'กลับไปทำงานต่อ'],
  }),
  en: (waiting: number) => ({
    message: `Work still waits to be sent: ${waiting}`,
    detail: 'All of it is kept on this computer. It is sent when the program is open and connected.',
    buttons: ['Close the program', 'Go on working'],
  }),
}

const retractWords = {
  th: (retracts: number, letters: number) => ({
    message: `เครื่องแม่ข่ายแจ้งให้นำหนังสือออกจากเครื่องนี้ ${retracts} จาก ${letters} ฉบับ`,
    detail: 'ถ้าไม่ทราบสาเหตุ ให้เก็บไว้ก่อนแล้วแจ้งผู้ดูแลระบบ ยังไม่มีอะไรถูกลบ',
    buttons: ['เก็บไว้ก่อน', 'นำออก'],
  }),
  en: (retracts: number, letters: number) => ({
    message: `The server asks to remove ${retracts} of ${letters} letters from this computer`,
    detail: 'If you do not know why, keep them and tell your administrator. Nothing has been deleted so far.',
    buttons: ['Keep them', 'Remove'],
  }),
}

/** Asks before the program ends with work that the server has not answered; true to end it. */
export async function mayQuit(window: BrowserWindow, waiting: number, language: Language): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    ...quitWords[language](waiting),
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
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    ...retractWords[language](retracts, letters),
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  return response === 1
}
