import { describe, expect, it } from 'vitest'
import { ipcInputs } from '../contract/ipc.ts'
import { commandSchema } from '../contract/letter.ts'
import { plainFileName, plainLine, plainText } from './plainText.ts'

describe('what people paste', () => {
  it('keeps Thai, Arabic and English text, paragraphs and zero-width line breaks', () => {
    const text = 'ตามที่\u200Bสำนักงาน\nbudget ๑๒๓\tالعربية 👍'
    expect(plainText(text)).toBe(text)
  })
  it('loses what would make it read other than it is written', () => {
    expect(plainLine('อนุมัติ\u202Eไม่\u202C เงิน\u0000\u0007\u2066ฯ\u2069')).toBe('อนุมัติไม่ เงินฯ')
    expect(plainText('ก\r\nข\rค')).toBe('ก\nข\nค')
    expect(plainLine('เรื่อง\nขออนุมัติ')).toBe('เรื่อง ขออนุมัติ')
    expect(plainText('ก\uD800ข')).toBe('ก\uFFFDข')
    expect(plainText('ก\u2028ข\u2029ค')).toBe('ก\nข\nค')
    expect(plainLine('ขอ\u061Cอนุมัติ\u{E0041}\u{E0042}')).toBe('ขออนุมัติ')
  })
  it('is the same when it is cleaned twice', () => {
    for (const text of ['con', 'con .', 'nul. .', '\u202E ก ', 'ก\r\r\nข', '..\u0000.. /x', '. . a']) {
      expect(plainText(plainText(text))).toBe(plainText(text))
      expect(plainFileName(plainFileName(text))).toBe(plainFileName(text))
    }
  })
})

describe('a file’s name', () => {
  it.each([
    ['บันทึกข้อความ.pdf', 'บันทึกข้อความ.pdf'],
    ['../../../.bashrc', 'bashrc'],
    ['C:\\Windows\\บันทึก.pdf', 'C  Windows บันทึก.pdf'],
    ['หนังสือ\u202Efdp.exe', 'หนังสือfdp.exe'],
    ['CON', 'CON_'],
    ['nul.pdf', 'nul_.pdf'],
    ['COM1 .tar.gz', 'COM1_.tar.gz'],
    ['console.pdf', 'console.pdf'],
    ['หนังสือ.pdf. . ', 'หนังสือ.pdf'],
    ['หนังสือ.pdf::$DATA', 'หนังสือ.pdf  $DATA'],
  ])('%j names no folder', (name, plain) => {
    expect(plainFileName(name)).not.toMatch(/[\\/\u202E]|^\./)
    expect(plainFileName(name).replace(/\s+/g, ' ')).toBe(plain.replace(/\s+/g, ' '))
  })
})

it('the contract cleans what comes in, at the page’s door and at the server’s', () => {
  const letterId = '0198a5c0-0000-7000-8000-000000000001'
  const note = 'โปรดพิจารณา\u0000\u202E'
  expect(ipcInputs['letters.propose'].parse({ letterId, to: 'deputy', note }).note).toBe('โปรดพิจารณา')
  const command = {
    id: letterId,
    letterId,
    positionId: 'deputy',
    clientTime: '2026-11-23T01:00:00.000Z',
    body: { type: 'return', reason: note },
  }
  expect(commandSchema.parse(command).body).toEqual({ type: 'return', reason: 'โปรดพิจารณา' })
  expect(
    commandSchema.safeParse({ ...command, body: { type: 'return', reason: '\u202E\u0000 ' } }).success,
  ).toBe(false)
})
