import { accept, type Outcome } from '../shared/outcome.ts'
import { trustedRoots } from '../signing/trust/trustedRoots.ts'
import { reasons } from '../signing/verification/reasons.ts'
import {
  type FileVerification,
  type SignatureVerification,
  type VerificationSettings,
  verifyFile,
} from '../signing/verify.ts'
import { changesInWords } from './changesInWords.ts'
import { eachFile } from './eachFile.ts'
import { readingParts } from './files.ts'
import { readFlags, usage, wantsJson } from './flags.ts'
import { expandPatterns } from './patterns.ts'
import type { Done } from './report.ts'
import { readProxy, revocationServices } from './services.ts'
import { refusalTexts, tellRefusal } from './tell.ts'
import { readTime } from './times.ts'
import { shownName } from './words.ts'

/**
 * `saraban verify FILE… [--trust PEM]… [--offline] [--at TIME] [--json]`: one JSON object on a line for each file. Exit
 * codes: 0 all valid, 1 not, 2 one could not be read or the command was refused, 130 cancelled.
 */
export async function verify(argv: string[]): Promise<number> {
  const json = wantsJson(argv)
  const order = await readOrder(argv)
  if (!order.ok) return tellRefusal(order.refusal, json, 2)
  const { files, settings } = order.value
  const counts = new Map<Verdict, number>()
  const telling = { label: 'ตรวจ', json }
  const examine = async (file: string): Promise<Outcome<Done>> => {
    const verification = await readingParts(file, (source) => verifyFile(source, settings))
    if (!verification.ok) return verification
    const { verdict } = verification.value
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
    return accept({ result: { file, ...verification.value }, words: inWords(file, verification.value) })
  }
  const course = await eachFile(
    files,
    (file) => file,
    telling,
    examine,
    () => summary(counts),
  )
  if (course.cancelled) return 130
  return Math.max(course.refused === 0 ? 0 : 2, ...[...counts.keys()].map((verdict) => exitCodes[verdict]))
}

type Verdict = FileVerification['verdict']

const exitCodes: Readonly<Record<Verdict, number>> = {
  valid: 0,
  indeterminate: 1,
  invalid: 1,
  unsigned: 1,
  unreadable: 2,
}

interface VerifyOrder {
  readonly files: readonly string[]
  readonly settings: VerificationSettings
}

async function readOrder(argv: string[]): Promise<Outcome<VerifyOrder>> {
  const flags = readFlags(argv, {
    trust: { type: 'string', multiple: true },
    proxy: { type: 'string' },
    offline: { type: 'boolean' },
    at: { type: 'string' },
    json: { type: 'boolean' },
  })
  if (!flags.ok) return flags
  const { positionals, values } = flags.value
  if (positionals.length === 0) return usage('FILE')
  const at = values.at === undefined ? undefined : readTime('at', values.at)
  if (at?.ok === false) return at
  const proxy = readProxy(values.proxy)
  if (!proxy.ok) return proxy
  const trust = await trustedRoots(values.trust)
  if (!trust.ok) return trust
  const files = await expandPatterns(positionals)
  if (!files.ok) return files
  const settings = {
    trust: trust.value,
    ...(at === undefined ? {} : { at: at.value }),
    ...(values.offline
      ? {}
      : { services: { ...revocationServices(proxy.value), silent: new Set<string>() } }),
  }
  return accept({ files: files.value, settings })
}

const verdicts: Readonly<Record<Verdict, string>> = {
  valid: 'ถูกต้อง · valid',
  indeterminate: 'ยังสรุปไม่ได้ · indeterminate',
  invalid: 'ไม่ถูกต้อง · invalid',
  unsigned: 'ไม่มีลายมือชื่อ · unsigned',
  unreadable: 'อ่านไม่ได้ · unreadable',
}

const summary = (counts: ReadonlyMap<Verdict, number>): string =>
  [...counts].map(([verdict, count]) => `${verdicts[verdict]}: ${count}`).join(', ')

function inWords(file: string, { verdict, refusal, signatures }: FileVerification): string {
  const head = `${shownName(file)}: ${verdicts[verdict]}`
  const why = refusal === undefined ? [] : [`  ${refusalTexts({ code: refusal }).message}`]
  return [head, ...why, ...signatures.map(signatureInWords)].join('\n')
}

function signatureInWords({
  field,
  signer,
  level,
  signedAt,
  verdict,
  reasons: codes,
  changes,
}: SignatureVerification): string {
  const lines = [
    ...codes.map((code) => `      ${reasons[code].th} · ${reasons[code].en}`),
    ...changesInWords(changes),
  ]
  const head = `${field}: ${signer} ${level} ${signedAt ?? ''} ${verdicts[verdict]}`
  return [`  ${shownName(head)}`, ...lines].join('\n')
}
