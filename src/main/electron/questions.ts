import { type BrowserWindow, dialog } from 'electron'

/** Asks before the program ends with work that the server has not answered; true to end it. */
export async function mayQuit(window: BrowserWindow, waiting: number): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: `ยังมีงานที่รอส่ง ${waiting} รายการ`,
    detail: 'งานทั้งหมดเก็บไว้ในเครื่องนี้ และจะส่งเองเมื่อเปิดโปรแกรมและเชื่อมต่อได้',
    buttons: ['ปิดโปรแกรม', 'กลับไปทำงานต่อ'],
    defaultId: 1,
    noLink: true,
  })
  return response === 0
}

/** Asks before a pull takes away many letters at once; true to let them go. */
export async function mayRetract(window: BrowserWindow, retracts: number, letters: number): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: `เครื่องแม่ข่ายแจ้งให้นำหนังสือออกจากเครื่องนี้ ${retracts} จาก ${letters} ฉบับ`,
    detail: 'ถ้าไม่ทราบสาเหตุ ให้เก็บไว้ก่อนแล้วแจ้งผู้ดูแลระบบ ยังไม่มีอะไรถูกลบ',
    buttons: ['เก็บไว้ก่อน', 'นำออก'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  return response === 1
}
