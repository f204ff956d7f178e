import { join } from 'node:path'
import { letterFile } from '../support/bench/files.ts'
import { median, rounded, timed } from '../support/bench/measure.ts'
import { judgeByPdfsig } from '../support/pki/judge.ts'
import { mustRun } from '../support/pki/run.ts'
import { createSigners, type Signers } from '../support/pki/signers.ts'

const letters = 100
const letterBytes = 100_000
const rounds = 3
const program = join(import.meta.dirname, '../../src/cli/saraban.mjs')

/**
 * Verifying 100 signed letters of 100 KB: `saraban verify` on all of them in one process, its start included, over
 * poppler's pdfsig, which takes one file and so is started for each. Both trust the same root and ask no service;
 * both have to find every letter valid.
 */
export async function bench(): Promise<Readonly<Record<string, unknown>>> {
  const signers = createSigners([
    { name: 'นายแพทย์ประวิทย์ วงศ์สวัสดิ์', email: 'prawit@nhso.example', key: 'rsa-2048' },
  ])
  try {
    const files = await signedLetters(signers)
    const ours: number[] = []
    const theirs: number[] = []
    // By turns, so that whatever else the machine does meets both.
    for (let round = 0; round < rounds; round++) {
      const [, pdfsig] = await timed(() => {
        for (const file of files) verifyByPdfsig(file, signers)
      })
      const [, saraban] = await timed(() => verifyByUs(files, signers))
      theirs.push(pdfsig)
      ours.push(saraban)
    }
    return {
      ratioToPdfsig: rounded(median(theirs.map((seconds, round) => seconds / ours[round]!))),
      seconds: { ours: rounded(median(ours)), pdfsig: rounded(median(theirs)) },
    }
  } finally {
    signers.close()
  }
}

async function signedLetters(signers: Signers): Promise<string[]> {
  const files: string[] = []
  for (let letter = 0; letter < letters; letter++) {
    const signed = await signers.sign(letterFile(letterBytes, String(letter)), 0)
    if (!signed.ok) throw new Error(signed.refusal.code)
    files.push(signers.save(`${letter}.pdf`, signed.value))
  }
  return files
}

function verifyByPdfsig(file: string, { nssDirectory }: Signers): void {
  const { valid, output } = judgeByPdfsig(file, nssDirectory)
  if (valid !== 1) throw new Error(output)
}

function verifyByUs(files: readonly string[], { pki }: Signers): void {
  const { stdout } = mustRun(process.execPath, [
    program,
    'verify',
    ...files,
    '--trust',
    pki.root.certificatePem,
    '--offline',
    '--json',
  ])
  const valid = stdout.split('\n').filter((line) => line.includes('"verdict":"valid","signatures"'))
  if (valid.length !== files.length) throw new Error(stdout)
}
