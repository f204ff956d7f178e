import { accept, type Outcome } from '../shared/outcome.ts'
import { parseCertificates } from '../signing/certificate.ts'
import { reasons } from '../signing/verification/reasons.ts'
import { type FileVerification, type SignatureVerification, verifyFile } from '../signing/verify.ts'
import { readBytes } from './files.ts'
import { readFlags, usage } from './flags.ts'
import { tellRefusal } from './tell.ts'

/**
 * `saraban verify FILE… [--trust PEM]… [--json]`: one JSON object on a line for each file. Exit codes: 0 all valid,
 * 1 not, 2 one could not be read or the command was refused.
 */
export async function verify(argv: string[]): Promise<number> {
  const json = argv.includes('--json')
  const order = await readOrder(argv)
  if (!order.ok) return tellRefusal(order.refusal, json, 2)
  let exitCode = 0
  for (const file of order.value.files) {
    const bytes = await readBytes(file)
    if (!bytes.ok) {
      exitCode = tellRefusal(bytes.refusal, json, 2)
      continue
    }
    const verification = await verifyFile(bytes.value, { trust: order.value.trust })
    console.log(json ? JSON.stringify({ file, ...verification }) : inWords(file, verification))
    exitCode = Math.max(exitCode, exitCodes[verification.verdict])
  }
  return exitCode
}

const exitCodes: Readonly<Record<FileVerification['verdict'], number>> = {
  valid: 0,
  indeterminate: 1,
  invalid: 1,
  unsigned: 1,
  unreadable: 2,
}

interface VerifyOrder {
  readonly files: readonly string[]
  readonly trust: readonly Uint8Array[]
}

async function readOrder(argv: string[]): Promise<Outcome<VerifyOrder>> {
  const flags = readFlags(argv, { trust: { type: 'string', multiple: true }, json: { type: 'boolean' } })
  if (!flags.ok) return flags
  const { positionals, values } = flags.value
  if (positionals.length === 0) return usage('FILE')
  const trust: Uint8Array[] = []
  for (const file of values.trust ?? []) {
    const bytes = await readBytes(file)
    if (!bytes.ok) return bytes
    if (parseCertificates(bytes.value).length === 0) return usage(`--trust ${file}`)
    trust.push(bytes.value)
  }
  return accept({ files: positionals, trust })
}

const verdicts: Readonly<Record<FileVerification['verdict'], string>> = {
  valid: 'ถูกต้อง · valid',
  indeterminate: 'ยังสรุปไม่ได้ · indeterminate',
  invalid: 'ไม่ถูกต้อง · invalid',
  unsigned: 'ไม่มีลายมือชื่อ · unsigned',
  unreadable: 'อ่านไม่ได้ · unreadable',
}

const inWords = (file: string, { verdict, signatures }: FileVerification): string =>
  [`${file}: ${verdicts[verdict]}`, ...signatures.map(signatureInWords)].join('\n')

function signatureInWords({
  field,
  signer,
  level,
  signedAt,
  verdict,
  reasons: codes,
}: SignatureVerification): string {
  const lines = codes.map((code) => `      ${reasons[code].th} · ${reasons[code].en}`)
  return [`  ${field}: ${signer} ${level} ${signedAt ?? ''} ${verdicts[verdict]}`, ...lines].join('\n')
}
