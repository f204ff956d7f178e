import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './run.ts'

/** What a program that is not ours found in a signed PDF. */
export interface Judgement {
  readonly signatures: number
  readonly valid: number
  readonly output: string
}

/**
 * Poppler and NSS: counts as valid what is intact and whose certificate is trusted. The test certificates name no
 * OCSP service, so that nothing is asked over the network; with -no-ocsp, NSS would insist on a CRL instead.
 */
export function judgeByPdfsig(file: string, nssDirectory: string): Judgement {
  const { output } = run('pdfsig', ['-nssdir', nssDirectory, file])
  const parts = output.split(/^Signature #\d+:$/m).slice(1)
  const valid = parts.filter(
    (part) => part.includes('Signature is Valid.') && part.includes('Certificate is Trusted.'),
  )
  return { signatures: parts.length, valid: valid.length, output }
}

/** MuPDF, which does not know the test root: counts as valid what is intact, edits after signing allowed. */
export function judgeByMutool(file: string): Judgement {
  const { output } = run('mutool', ['sign', '-v', file])
  const parts = output.split(/^Verifying signature \d+:$/m).slice(1)
  const valid = parts.filter(
    (part) => part.includes('document is unchanged since signing') || part.includes('signature is valid but'),
  )
  return { signatures: parts.length, valid: valid.length, output }
}

/** qpdf: whether the file's syntax is without fault. */
export const isSoundForQpdf = (file: string): boolean => run('qpdf', ['--check', file]).status === 0

/**
 * OpenSSL: cuts each signature out by its byte range, found by text alone, and verifies it as CAdES against the
 * root (PEM path), signing certificate attribute included.
 */
export function judgeByOpenssl(file: string, rootPem: string): Judgement {
  const bytes = readFileSync(file)
  const ranges = [...bytes.toString('latin1').matchAll(/\/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)]
  const directory = mkdtempSync(join(tmpdir(), 'judge-'))
  try {
    const outputs = ranges.map(([, before, after, length]) => {
      const [start, end] = [Number(before), Number(after)]
      const signature = Buffer.from(bytes.toString('latin1', start + 1, end - 1), 'hex')
      writeFileSync(join(directory, 'signature'), withoutPadding(signature))
      const covered = Buffer.concat([bytes.subarray(0, start), bytes.subarray(end, end + Number(length))])
      writeFileSync(join(directory, 'covered'), covered)
      return run(
        'openssl',
        [
          'cms',
          '-verify',
          '-cades',
          '-binary',
          '-inform',
          'DER',
          '-in',
          'signature',
          '-content',
          'covered',
        ].concat(['-CAfile', rootPem, '-purpose', 'any', '-out', 'content']),
        { cwd: directory },
      )
    })
    return {
      signatures: ranges.length,
      valid: outputs.filter(({ status }) => status === 0).length,
      output: outputs.map(({ output }) => output).join(''),
    }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function withoutPadding(signature: Buffer): Buffer {
  const first = signature[1] ?? 0
  const digits = first < 0x80 ? 0 : first & 0x7f
  const length = digits === 0 ? first : signature.readUIntBE(2, digits)
  return signature.subarray(0, 2 + digits + length)
}
