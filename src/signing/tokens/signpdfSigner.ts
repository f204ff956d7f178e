import { createHash } from 'node:crypto'
import { Signer, SignPdfError } from '@signpdf/utils'
import type { Outcome, Refusal } from '../../shared/outcome.ts'
import { refusals } from '../../shared/refusals.ts'
import { defaultAlgorithm, type SignatureAlgorithm } from '../cms/algorithm.ts'
import { assembleCms, signatureValue, signedAttributes } from '../cms/cades.ts'
import { requestTimestamp, type TimestampService } from '../timestampClient.ts'
import type { TokenSigner } from './tokenSigner.ts'

/** What SignpdfSigner throws for a refusal, since @signpdf knows only errors. */
export class SigningRefused extends SignPdfError {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(`${refusal.code}: ${refusals[refusal.code].en}`, SignPdfError.TYPE_INPUT)
    this.refusal = refusal
  }
}

/**
 * An opened token as a signer of @signpdf: makes the CAdES signature (ETSI EN 319 122-1, B-B, or B-T with time-stamp
 * services) for a PDF whose placeholder that package has made. The dictionary has to say ETSI.CAdES.detached.
 */
export class SignpdfSigner extends Signer {
  readonly #token: TokenSigner
  readonly #algorithm: SignatureAlgorithm
  readonly #timestampServices: readonly TimestampService[]

  constructor(
    token: TokenSigner,
    options: {
      readonly algorithm?: SignatureAlgorithm
      readonly timestampServices?: readonly TimestampService[]
    } = {},
  ) {
    super()
    this.#token = token
    this.#algorithm = options.algorithm ?? defaultAlgorithm(token.certificate)
    this.#timestampServices = options.timestampServices ?? []
  }

  /** The CMS, DER, over what the placeholder leaves of the file. PAdES states the time in /M alone, not in the CMS. */
  override async sign(covered: Buffer): Promise<Buffer> {
    const { certificate, chain } = this.#token
    const digest = createHash(this.#algorithm.digest).update(covered).digest()
    const attributes = signedAttributes({ digest, certificate })
    const signature = required(await this.#token.sign(attributes, this.#algorithm))
    const signed = { attributes, algorithm: this.#algorithm, signature, certificate, chain }
    if (this.#timestampServices.length === 0) return Buffer.from(assembleCms(signed))
    const stamped = createHash('sha256').update(signatureValue(certificate, signature)).digest()
    const timestamp = required(await requestTimestamp(this.#timestampServices, stamped))
    return Buffer.from(assembleCms({ ...signed, timestamp }))
  }
}

function required<Value>(outcome: Outcome<Value>): Value {
  if (outcome.ok) return outcome.value
  throw new SigningRefused(outcome.refusal)
}
