import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { bangkokDay, letterDate } from '../../src/shared/thai/dates.ts'
import { isSoundForQpdf, judgeByMutool, judgeByOpenssl, judgeByPdfsig } from '../../test/support/pki/judge.ts'
import { createNssDatabase } from '../../test/support/pki/nss.ts'

/** A twice signed letter to judge; `first` and `second` are paths of the files after each signature. */
export interface SignedLetter {
  /** Folder for the database of trusted roots that pdfsig wants; made anew. */
  readonly nss: string
  readonly rootPem: string
  readonly imported: Buffer
  readonly first: string
  readonly second: string
}

/** Lets programs that are not ours judge the letter; throws with what they said when one objects. */
export function judgeSignedLetter(letter: SignedLetter): string {
  rmSync(letter.nss, { recursive: true, force: true })
  const nss = createNssDatabase(letter.nss, letter.rootPem)
  const said: string[] = []
  for (const [file, expected] of [
    [letter.first, 1],
    [letter.second, 2],
  ] as const) {
    const judgements = {
      pdfsig: judgeByPdfsig(file, nss),
      mutool: judgeByMutool(file),
      openssl: judgeByOpenssl(file, letter.rootPem),
    }
    for (const [judge, { signatures, valid, output }] of Object.entries(judgements)) {
      if (signatures !== expected || valid !== expected) {
        throw new Error(`${judge}: ${valid}/${signatures} valid in ${file}, ${expected} expected\n${output}`)
      }
      said.push(`${judge} ${valid}/${signatures}`)
    }
    if (!isSoundForQpdf(file)) throw new Error(`qpdf --check objects to ${file}`)
  }
  const [first, second] = [readFileSync(letter.first), readFileSync(letter.second)]
  const untouched =
    first.subarray(0, letter.imported.length).equals(letter.imported) &&
    second.subarray(0, first.length).equals(first)
  if (!untouched) throw new Error('earlier bytes are not a prefix of the later file')
  const text = execFileSync('pdftotext', ['-layout', letter.second, '-'], { encoding: 'utf8' })
  const date = letterDate(bangkokDay(new Date().toISOString()))
  for (const expected of ['๕.๓๐/๑', date, 'นายธีรวัฒน์ ศรีสุขสันต์', 'นายแพทย์ประวิทย์ วงศ์สวัสดิ์']) {
    if (!text.includes(expected)) throw new Error(`pdftotext does not find “${expected}”\n${text}`)
  }
  return `${said.join(' · ')} · qpdf ✓ · ไบต์เดิมอยู่ครบ · pdftotext อ่านเลข วันที่ และชื่อได้`
}
