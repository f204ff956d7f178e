import { readFileSync } from 'node:fs'
import { inspect } from '../../../src/pdf/inspect.ts'
import { prepareSignature } from '../../../src/pdf/signature/signatureRevision.ts'
import { stamp } from '../../../src/pdf/stamp.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import { checkSignedRevision } from '../../../src/signing/signedRevision.ts'
import { verifyFile } from '../../../src/signing/verify.ts'
import { signWithKey } from '../pki/keys.ts'
import type { Case, Settled } from './settled.ts'

const mark = { name: 'number', page: 1, place: { x: 60, y: 60 }, lines: ['๑๒๔๗'], fontSize: 12 }
const request = { fieldName: 'S', signerName: 'ก', reason: 'ก', signedAt: new Date(0), marks: [mark] }

process.on('message', async (order: Case) => {
  const before = process.cpuUsage()
  const told: { outcomes: string[]; verdict: string; broken: string[] } = {
    outcomes: [],
    verdict: '',
    broken: [],
  }
  await settle(order, told).catch((error: unknown) => {
    told.broken.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
  })
  const { user, system } = process.cpuUsage(before)
  const megabytes = process.resourceUsage().maxRSS / 1024
  process.send?.({ ...told, milliseconds: (user + system) / 1000, megabytes } satisfies Settled)
})

const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'accepted' : outcome.refusal.code)

/** Whatever befell the file: each reader comes to an outcome, and what was appended keeps the file readable. */
async function settle(
  { bytes, base, pki }: Case,
  told: { outcomes: string[]; verdict: string; broken: string[] },
): Promise<void> {
  const trust = [readFileSync(pki.root.certificatePem)]
  const inspected = await inspect(bytes)
  const stamped = await stamp(bytes, [mark])
  const prepared = await prepareSignature(bytes, request)
  told.outcomes.push(...[inspected, stamped, prepared].map(codeOf))
  if (stamped.ok) {
    const isKept = Buffer.compare(stamped.value.subarray(0, bytes.length), bytes) === 0
    if (!isKept || !(await inspect(stamped.value)).ok) told.broken.push('a stamp spoilt the file')
  }
  if (!inspected.ok && (stamped.ok || prepared.ok)) told.broken.push('appended to what cannot be read')
  const { verdict, signatures } = await verifyFile(bytes, { trust })
  told.verdict = verdict
  if ((verdict === 'unreadable') === inspected.ok) told.broken.push(`${verdict}, but inspect disagrees`)
  if ((verdict === 'unsigned') !== (inspected.ok && signatures.length === 0)) told.broken.push(verdict)
  const checked = await checkSignedRevision({ base, revision: bytes, trust })
  if (checked.ok && Buffer.compare(base, bytes.subarray(0, base.length)) !== 0)
    told.broken.push('a revision was taken that does not extend its base')
  if (verdict === 'unsigned') await sign(bytes, pki, trust, told.broken)
}

/** What we sign is accepted by the server that checks it, or it is refused before. */
async function sign(
  bytes: Uint8Array,
  pki: Case['pki'],
  trust: Uint8Array[],
  broken: string[],
): Promise<void> {
  const outcome = await signWithKey(pki, 0, bytes, { marks: [mark], contentsBytes: 4096 })
  if (!outcome.ok) return
  const checked = await checkSignedRevision({ base: bytes, revision: outcome.value, trust })
  if (!checked.ok) broken.push(`signed, but ${JSON.stringify(checked.refusal)}`)
}
