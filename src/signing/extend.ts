import { createHash } from 'node:crypto'
import { prepareDocumentTimestamp } from '../pdf/signature/documentTimestamp.ts'
import { coveredBytes, timestampSubFilter } from '../pdf/signature/signatureDictionary.ts'
import { embedSignature } from '../pdf/signature/signatureRevision.ts'
import { withAppended } from '../pdf/structure/append.ts'
import { type BytesOrSource, joined, sourceOf } from '../pdf/structure/byteSource.ts'
import { accept, type Outcome, refuse } from '../shared/outcome.ts'
import { evidenceRevision } from './evidenceRevision.ts'
import { addressesFor, type RevocationServices } from './revocation/services.ts'
import { requestTimestamp, type TimestampService } from './timestampClient.ts'
import type { SignatureExamination } from './verification/examine.ts'
import { laterChangesOf } from './verification/laterChanges.ts'
import { examineSignatures, type VerificationSettings } from './verify.ts'

/** How far a file's signatures are raised (ETSI EN 319 142-1, 6), and by whom. */
export interface ExtensionOrder extends Omit<VerificationSettings, 'services'> {
  readonly level: 'B-T' | 'B-LT' | 'B-LTA'
  readonly timestampServices: readonly TimestampService[]
  /** Where revocation is asked for; an empty object asks only those that the certificates name. */
  readonly services: RevocationServices
  /** For B-LTA: stamps the time once more although the last time-stamp holds for long. */
  readonly renew?: boolean
  readonly signal?: AbortSignal
}

/** Bytes of DER for a token with its chain. */
const tokenRoom = 16_384
/** A document time-stamp is renewed this many milliseconds before its certificate expires. */
const renewBefore = 90 * 86_400_000

/**
 * Raises every signature of a file to a level, and returns what is to be appended: nothing when all have it already.
 * B-T gives a document time-stamp to signatures that have none of their own; B-LT adds chains, OCSP answers and CRLs to
 * the document security store; B-LTA adds a document time-stamp over them, again before the last one runs out. Refuses
 * file-unsigned, signature-invalid, signature-doubtful, chain-unsettled, evidence-unavailable, timestamp-unavailable,
 * and what inspect and openToAppend refuse; then nothing is to be appended at all.
 */
export async function extensionOf(bytes: BytesOrSource, order: ExtensionOrder): Promise<Outcome<Uint8Array>> {
  const earlier = sourceOf(bytes)
  const steps = new Steps(earlier, order)
  const begun = await steps.begin()
  if (!begun.ok) return begun
  const untimed = steps.signatures().some(({ provenAt }) => provenAt === undefined)
  if (untimed && order.level !== 'B-LTA') {
    const stamped = await steps.stamp()
    if (!stamped.ok) return stamped
  }
  if (order.level !== 'B-T') {
    const settled = await steps.settle()
    if (!settled.ok) return settled
  }
  if (order.level === 'B-LTA' && (order.renew === true || steps.needsArchiving())) {
    const stamped = await steps.stamp()
    if (!stamped.ok) return stamped
    const settled = await steps.settle()
    if (!settled.ok) return settled
  }
  return steps.finish()
}

/** Raises the signatures of a PDF in memory as extensionOf does; returns the whole file. */
export async function extendPdf(bytes: Uint8Array, order: ExtensionOrder): Promise<Outcome<Uint8Array>> {
  const appended = await extensionOf(bytes, order)
  if (!appended.ok) return appended
  return accept(appended.value.length === 0 ? bytes : withAppended(bytes, appended.value))
}

/** A file that grows by one revision after the other. */
class Steps {
  readonly #earlier: ReturnType<typeof sourceOf>
  readonly #order: ExtensionOrder
  readonly #appended: Uint8Array[] = []
  #whole: ReturnType<typeof sourceOf>
  #examined: readonly SignatureExamination[] = []

  constructor(earlier: ReturnType<typeof sourceOf>, order: ExtensionOrder) {
    this.#earlier = earlier
    this.#whole = earlier
    this.#order = order
  }

  /** Looks at the signatures before anything is appended. */
  async begin(): Promise<Outcome<void>> {
    const examined = await this.#examine()
    if (!examined.ok) return examined
    return this.signatures().length === 0 ? refuse('file-unsigned') : this.#mayGoOn()
  }

  /** The signatures of people. */
  signatures(): SignatureExamination[] {
    return this.#examined.filter(({ field }) => field.subFilter !== timestampSubFilter)
  }

  /** Whether a document time-stamp over all evidence is missing, or runs out soon. */
  needsArchiving(): boolean {
    if (this.signatures().some(({ level }) => level !== 'B-LTA' && level !== 'none')) return true
    const last = this.#examined.findLast(({ field }) => field.subFilter === timestampSubFilter)
    const ends = last?.certificate?.notAfter.getTime() ?? 0
    return ends < (this.#order.at ?? new Date()).getTime() + renewBefore
  }

  /** Appends a document time-stamp. */
  async stamp(): Promise<Outcome<void>> {
    const prepared = await prepareDocumentTimestamp(this.#whole, tokenRoom)
    if (!prepared.ok) return prepared
    const { appended, byteRange } = prepared.value
    const hash = createHash('sha256')
    for (const part of coveredBytes(joined(this.#whole, appended), byteRange)) hash.update(part)
    const { timestampServices, signal } = this.#order
    const token = await requestTimestamp(timestampServices, hash.digest(), signal)
    if (!token.ok) return token
    const embedded = embedSignature(prepared.value, token.value)
    if (!embedded.ok) return embedded
    return await this.#append(embedded.value)
  }

  /** Appends what is needed to judge the certificates of all signatures and time-stamps, if anything is missing. */
  async settle(): Promise<Outcome<void>> {
    const open = this.#examined.flatMap(({ paths }) => paths.flatMap(({ unsettled }) => unsettled))[0]
    if (open !== undefined) {
      return refuse('evidence-unavailable', {
        certificate: open.certificate.commonName,
        service: addressesFor(open.certificate, this.#order.services).join(', '),
      })
    }
    const revision = await evidenceRevision(this.#whole, this.#examined)
    if (!revision.ok) return revision
    return revision.value === undefined ? accept(undefined) : await this.#append(revision.value)
  }

  /** All that was appended, after a last look at whether the signatures are as good as before. */
  finish(): Outcome<Uint8Array> {
    if (this.#appended.length === 0) return accept(new Uint8Array())
    const { kind } = laterChangesOf(this.#whole)(this.#earlier.length)
    return kind === 'permitted' ? accept(Buffer.concat(this.#appended)) : refuse('file-damaged')
  }

  async #append(appended: Uint8Array): Promise<Outcome<void>> {
    this.#appended.push(appended)
    this.#whole = joined(this.#whole, appended)
    const examined = await this.#examine()
    return examined.ok ? this.#mayGoOn() : examined
  }

  async #examine(): Promise<Outcome<void>> {
    if (this.#order.signal?.aborted === true) return refuse('signature-cancelled')
    const examined = await examineSignatures(this.#whole, this.#order)
    if (!examined.ok) return examined
    this.#examined = examined.value
    return accept(undefined)
  }

  /** Evidence is for signatures that are good; what makes the others doubtful would stay so for ever. */
  #mayGoOn(): Outcome<void> {
    for (const { verdict, reasons, doubts, paths } of this.#examined) {
      if (verdict === 'invalid') return refuse('signature-invalid', { reason: reasons.join(', ') })
      const astray = paths.find(({ chain }) => chain === 'incomplete' || chain === 'untrusted')
      if (astray !== undefined) {
        return refuse('chain-unsettled', { certificate: astray.path.at(-1)?.commonName ?? '' })
      }
      const lasting = doubts.filter((doubt) => doubt !== 'revocation-unsettled')
      if (lasting.length > 0) return refuse('signature-doubtful', { reason: lasting.join(', ') })
    }
    return accept(undefined)
  }
}
