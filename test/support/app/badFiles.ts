import { closeSync, ftruncateSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { RefusalCode } from '../../../src/shared/refusals.ts'
import { encrypted, memoFile } from '../pdf/forms.ts'

/** A file that cannot become a letter, and what the program says to it. */
export interface BadFile {
  readonly path: string
  readonly code: RefusalCode
}

/** Writes one file of each kind that people bring by mistake into `directory`. */
export async function badFiles(directory: string): Promise<BadFile[]> {
  const letter = await memoFile()
  const write = (name: string, bytes: Uint8Array): string => {
    const path = join(directory, name)
    writeFileSync(path, bytes)
    return path
  }
  const document = Buffer.concat([
    Buffer.from('PK\x03\x04\x14\0\x06\0'),
    Buffer.alloc(4000, 'word/document.xml'),
  ])
  return [
    { path: write('บันทึกจากโปรแกรมอื่น.pdf', document), code: 'file-not-pdf' },
    { path: write('ตั้งรหัสผ่าน.pdf', await encrypted(letter)), code: 'file-encrypted' },
    {
      path: write('ส่งมาไม่ครบ.pdf', letter.subarray(0, Math.floor(letter.length * 0.6))),
      code: 'file-damaged',
    },
    { path: largeFile(join(directory, 'สแกนทั้งเล่ม.pdf'), 51_200_000), code: 'file-too-large' },
  ]
}

function largeFile(path: string, bytes: number): string {
  const file = openSync(path, 'w')
  writeSync(file, '%PDF-1.7\n')
  ftruncateSync(file, bytes)
  closeSync(file)
  return path
}
