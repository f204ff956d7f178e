import type { IpcInput } from '../../../shared/contract/ipc.ts'
import type { SignatureResult, SigningPlan, SigningStep } from '../../../shared/contract/views.ts'
import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import { letterDate } from '../../../shared/thai/dates.ts'
import { toThaiDigits } from '../../../shared/thai/digits.ts'
import { type BatchReport, type BatchResult, signBatch } from '../../../signing/batch.ts'
import { type Certificate, parseCertificate } from '../../../signing/cms/certificate.ts'
import type { OpenOrder } from '../../../signing/tokens/tokenHostProtocol.ts'
import type { TokenSigner } from '../../../signing/tokens/tokenSigner.ts'
import type { Documents } from '../processes/documents.ts'
import type { TokenHost } from '../processes/tokenHost.ts'
import type { SignedInAccount } from '../session/signedInAccount.ts'
import { isDatedEarlier } from './datedEarlier.ts'
import { placeCache } from './placeCache.ts'
import { type LetterSigner, type LetterToSign, positionLines, readToSign, signLetter } from './signLetter.ts'
import { chosenToken, type TokenChoice } from './tokenView.ts'

/** What signing works with, and whom it tells. */
export interface SigningParts {
  readonly documents: Documents
  readonly tokens: TokenHost
  readonly progress: (letterId: string, step: SigningStep) => void
}

/** Letters to sign with one entry of the PIN. */
export interface ManyToSign extends TokenChoice {
  readonly letters: readonly LetterToSign[]
  /** The ids of letters that an earlier run has signed. */
  readonly done?: ReadonlySet<string>
  /** Told of each letter as soon as it is settled. */
  readonly onResult?: (result: BatchResult<LetterToSign, SignatureResult>) => void
}

/** What a token is opened with, and the certificate to sign with unless it is shown only after the PIN. */
interface ChosenSigner {
  readonly order: OpenOrder
  readonly shown: Omit<LetterSigner, 'sign'> | undefined
}

/** Signing of letters, from the number to the server's record; one run at a time. */
export interface Signing {
  /** What would be signed, and where. Refuses what the letter's rules refuse this person now. */
  plan(input: IpcInput<'signing.plan'>, account: SignedInAccount): Promise<Outcome<SigningPlan>>
  /**
   * Signs a letter; see signLetter. Where only the PIN shows the certificate, the token is opened first, so that nothing
   * is numbered or signed before it is known whose certificate it is.
   */
  sign(input: IpcInput<'signing.sign'>, account: SignedInAccount): Promise<Outcome<SignatureResult>>
  /**
   * Signs many with one entry of the PIN; see signBatch. Refuses what keeps the token from being asked at all, and
   * certificate-missing where only the PIN shows the certificate.
   */
  signMany(
    order: ManyToSign,
    account: SignedInAccount,
  ): Promise<Outcome<BatchReport<LetterToSign, SignatureResult>>>
  /** Stops the signing that runs before its next step, unless the signature has been kept. */
  cancel(): void
}

export function signing({ documents, tokens, progress }: SigningParts): Signing {
  const placesOf = placeCache(documents)
  let running: AbortController | undefined

  const plan: Signing['plan'] = async ({ letterId, positionId }, account) => {
    const read = await readToSign(letterId, positionId, account)
    if (!read.ok) return read
    const { letter, bytes, revision, delegationId } = read.value
    const { sha256 } = revision
    const found = await placesOf(sha256, bytes)
    if (!found.ok) return found
    const { pages, places } = found.value
    const directory = account.directory()
    return accept({
      subject: letter.subject,
      fileName: letter.fileName,
      pageCount: pages.length,
      revisionNumber: letter.revisions.length,
      sha256,
      number: letter.number && toThaiDigits(letter.number.text),
      date: letter.number && letterDate(letter.number.date),
      writesNumber: letter.signatures.length === 0,
      datedEarlier: isDatedEarlier(letter, new Date().toISOString()),
      block: places.block,
      overlaps: places.overlaps.block >= VISIBLE_OVERLAP,
      pages: pages.map(({ width, height }) => ({ width, height })),
      signerName: directory.person(account.personId)?.name ?? account.personId,
      signerPosition: positionLines(account.personId, positionId, delegationId, directory).join(' '),
    })
  }

  /** What the person chose, before its PIN is used. */
  const chosen = async (
    choice: TokenChoice,
    typed: Uint8Array,
    account: SignedInAccount,
  ): Promise<Outcome<ChosenSigner>> => {
    const present = await tokens.tokens()
    if (!present.ok) return present
    const found = chosenToken(present.value, choice)
    if (!found.ok) return found
    const { token, certificate: described } = found.value
    const pin = token.protectedPath ? {} : { pin: typed }
    const order = { tokenSerial: token.serial, ...pin }
    if (described === undefined) return accept({ order, shown: undefined })
    const certificate = parseCertificate(described.der)
    if (certificate === undefined) return refuse('certificate-missing')
    const owned = ownedBy(account, certificate)
    if (!owned.ok) return owned
    return accept({
      order: { ...order, certificateId: described.id },
      shown: { certificate, chain: token.chain },
    })
  }

  /** Runs `work` unless another runs; its PIN is wiped in the end. */
  const oneAtATime = async <Value>(
    text: string | undefined,
    work: (pin: Uint8Array, signal: AbortSignal) => Promise<Outcome<Value>>,
  ): Promise<Outcome<Value>> => {
    if (running !== undefined) return refuse('signing-busy')
    running = new AbortController()
    const pin = new Uint8Array(Buffer.from(text ?? '', 'utf8'))
    try {
      return await work(pin, running.signal)
    } finally {
      pin.fill(0)
      running = undefined
    }
  }

  const toldUnless = (isCancelled: () => boolean) => (letterId: string, step: SigningStep) => {
    if (isCancelled()) return false
    progress(letterId, step)
    return true
  }

  return {
    plan,
    sign: (input, account) =>
      oneAtATime(input.pin, async (pin, signal) => {
        const signer = await chosen(input, pin, account)
        if (!signer.ok) return signer
        const { order, shown } = signer.value
        const desk = { documents, placesOf, account, step: toldUnless(() => signal.aborted) }
        if (shown === undefined) {
          return withToken(tokens, order, async (opened) => {
            const owned = ownedBy(account, opened.certificate)
            return owned.ok ? signLetter(input, opened, desk) : owned
          })
        }
        const sign: LetterSigner['sign'] = (attributes, algorithm) =>
          withToken(tokens, { ...order, algorithm }, (opened) => opened.sign(attributes, algorithm))
        return signLetter(input, { ...shown, sign }, desk)
      }),
    signMany: ({ letters, tokenSerial, certificateId, pin: text, ...others }, account) =>
      oneAtATime(text, async (pin, signal) => {
        const signer = await chosen({ tokenSerial, certificateId, pin: text }, pin, account)
        if (!signer.ok) return signer
        const { order, shown } = signer.value
        if (shown === undefined) return refuse('certificate-missing')
        const report = await signBatch<LetterToSign, SignatureResult>({
          ...others,
          documents: letters,
          nameOf: ({ letterId }) => letterId,
          signal,
          open: () => tokens.open(order),
          sign: (letter, { sign }) => {
            // What the token has signed is finished, whatever is cancelled after that.
            let isSigned = false
            const step = toldUnless(() => signal.aborted && !isSigned)
            const signed: LetterSigner['sign'] = async (attributes, algorithm) => {
              const signature = await sign(attributes, algorithm)
              isSigned = signature.ok
              return signature
            }
            return signLetter(letter, { ...shown, sign: signed }, { documents, placesOf, account, step })
          },
        })
        return accept(report)
      }),
    cancel: () => running?.abort(),
  }
}

/** Refuses a certificate that is not the person's: the server takes nobody's signature for another's. */
function ownedBy(account: SignedInAccount, { email, commonName }: Certificate): Outcome<void> {
  const person = account.directory().person(account.personId)
  const isTheirs = email?.toLowerCase() === person?.email.toLowerCase()
  return isTheirs ? accept(undefined) : refuse('signer-not-actor', { signer: commonName })
}

/** Opens a token with one entry of the PIN for `work`, and closes it again. */
async function withToken<Value>(
  tokens: TokenHost,
  order: OpenOrder,
  work: (signer: TokenSigner) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const signer = await tokens.open(order)
  if (!signer.ok) return signer
  try {
    return await work(signer.value)
  } finally {
    await signer.value.close()
  }
}

/** The part of a block above which it is said to cover print. */
const VISIBLE_OVERLAP = 0.01
