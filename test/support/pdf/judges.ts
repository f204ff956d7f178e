import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readSignedData } from '../../../src/signing/cms/cms.ts'
import { identifiers } from '../../../src/signing/cms/identifiers.ts'
import { inFolder, type ToolResult, tool } from './tools.ts'

/** Whom the judges shall trust: an NSS database for poppler, the root certificate (PEM path) for OpenSSL. */
export interface JudgesTrust {
  readonly nss: string
  readonly rootPem: string
}

/** What one judge says about the signatures of a file; a field that waits for its signature is none. */
interface Verdicts {
  readonly signatures: number
  readonly intact: number
  /** Intact, and the certificate trusted; judges that know no root have none. */
  readonly trusted: number
  readonly output: string
}

/** Poppler with NSS. With -no-ocsp, NSS would insist on a CRL; certificates that name no service ask nothing. */
async function popplerVerdicts(path: string, { nss }: JudgesTrust): Promise<Verdicts> {
  const { output } = await tool('pdfsig', '-nssdir', nss, path)
  const parts = output
    .split(/^Signature #\d+:$/m)
    .slice(1)
    .filter((part) => !part.includes('field is not signed'))
  const intact = parts.filter((part) => part.includes('Signature is Valid.'))
  const trusted = intact.filter((part) => part.includes('Certificate is Trusted.'))
  return { signatures: parts.length, intact: intact.length, trusted: trusted.length, output }
}

/** MuPDF, which has no roots of its own here; changes after signing leave a signature intact for it. */
async function mupdfVerdicts(path: string): Promise<Verdicts> {
  const { output } = await tool('mutool', 'sign', '-v', path)
  const parts = output
    .split(/^Verifying signature \d+:$/m)
    .slice(1)
    .filter((part) => !part.includes('not signed'))
  const intact = parts.filter((part) => /unchanged since signing|signature is valid but/.test(part))
  return { signatures: parts.length, intact: intact.length, trusted: 0, output }
}

/** A signature as its bytes alone show it: found by its /ByteRange, with no reader of PDF in between. */
interface BareSignature {
  readonly cms: Buffer
  readonly covered: Buffer
  readonly isTimestamp: boolean
}

function bareSignatures(bytes: Uint8Array): BareSignature[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const text = file.toString('latin1')
  const ranges = [...text.matchAll(/\/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)]
  return ranges.map((match) => {
    const [start, end, length] = [Number(match[1]), Number(match[2]), Number(match[3])]
    const begin = text.lastIndexOf('obj', match.index)
    const close = text.indexOf('endobj', Math.max(match.index, end))
    return {
      cms: withoutPadding(Buffer.from(text.slice(start + 1, end - 1), 'hex')),
      covered: Buffer.concat([file.subarray(0, start), file.subarray(end, end + length)]),
      isTimestamp: /\/ETSI\.RFC3161/.test(text.slice(begin, start) + text.slice(end, close)),
    }
  })
}

function withoutPadding(signature: Buffer): Buffer {
  const first = signature[1] ?? 0
  const digits = first < 0x80 ? 0 : first & 0x7f
  return signature.subarray(0, 2 + digits + (digits === 0 ? first : signature.readUIntBE(2, digits)))
}

/**
 * OpenSSL alone: each signature as CAdES with its signing certificate attribute, each document time-stamp and each
 * time-stamp in a signature as RFC 3161, all against the root. What lacks any of that is not intact.
 */
function opensslVerdicts(bytes: Uint8Array, { rootPem }: JudgesTrust): Promise<Verdicts> {
  return inFolder(async (folder) => {
    const results = await Promise.all(
      bareSignatures(bytes).map(async ({ cms, covered, isTimestamp }, index): Promise<ToolResult> => {
        const path = (name: string): string => join(folder, `${index}-${name}`)
        await Promise.all([writeFile(path('cms'), cms), writeFile(path('covered'), covered)])
        const timestamp = (data: string, token: string): Promise<ToolResult> =>
          tool('openssl', 'ts', '-verify', '-data', data, '-in', token, '-token_in', '-CAfile', rootPem)
        if (isTimestamp) return timestamp(path('covered'), path('cms'))
        const signed = await tool(
          'openssl',
          ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', path('cms')],
          ...['-content', path('covered'), '-CAfile', rootPem, '-purpose', 'any', '-out', path('content')],
        )
        const signer = readSignedData(cms)?.signers[0]
        const [token] = signer?.unsignedAttributes.get(identifiers.signatureTimestamp) ?? []
        if (signed.status !== 0 || signer === undefined || token === undefined) return signed
        await Promise.all([writeFile(path('value'), signer.signature), writeFile(path('token'), token.whole)])
        return timestamp(path('value'), path('token'))
      }),
    )
    const intact = results.filter(({ status }) => status === 0).length
    const output = results.map((result) => result.output).join('')
    return { signatures: results.length, intact, trusted: intact, output }
  })
}

/** What every judge says about a file. */
export interface Judgement {
  readonly poppler: Verdicts
  readonly mupdf: Verdicts
  readonly openssl: Verdicts
  /** `qpdf --check`: 0 no fault, 3 warnings, 2 errors. */
  readonly qpdf: ToolResult
}

/** Asks all judges at once. */
export const judgeAll = (bytes: Uint8Array, trust: JudgesTrust): Promise<Judgement> =>
  inFolder(async (folder) => {
    const path = join(folder, 'in.pdf')
    await writeFile(path, bytes)
    const [poppler, mupdf, openssl, qpdf] = await Promise.all([
      popplerVerdicts(path, trust),
      mupdfVerdicts(path),
      opensslVerdicts(bytes, trust),
      tool('qpdf', '--check', path),
    ])
    return { poppler, mupdf, openssl, qpdf }
  })
