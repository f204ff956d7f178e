import { withAppended } from '../../../pdf/append.ts'
import type { IpcInput } from '../../../shared/contract/ipc.ts'
import type { SignatureResult, SigningPlan, SigningStep } from '../../../shared/contract/views.ts'
import { decide } from '../../../shared/domain/decide.ts'
import { currentRevision, type Letter } from '../../../shared/domain/letter.ts'
import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import { letterDate } from '../../../shared/thai/dates.ts'
import { toThaiDigits } from '../../../shared/thai/digits.ts'
import type { BegunSignature } from '../../../signing/signPdf.ts'
import type { OpenOrder } from '../../../signing/tokenHostProtocol.ts'
import type { Documents } from '../processes/documents.ts'
import type { TokenHost } from '../processes/tokenHost.ts'
import type { SignedInAccount } from '../session/signedInAccount.ts'
import { bindNumber } from './bindNumber.ts'
import { isDatedEarlier } from './datedEarlier.ts'
import { keepAndSend } from './keepAndSend.ts'
import { placeCache } from './placeCache.ts'
import { signatureRequest } from './signatureText.ts'
import { chosenCertificate } from './tokenView.ts'

/** What signing works with, and whom it tells. */
export interface SigningParts {
  readonly documents: Documents
  readonly tokens: TokenHost
  readonly progress: (letterId: string, step: SigningStep) => void
}

/** Signing of one letter at a time, from the number to the server's record. */
export interface Signing {
  /** What would be signed, and where. Refuses what the letter's rules refuse this person now. */
  plan(input: IpcInput<'signing.plan'>, account: SignedInAccount): Promise<Outcome<SigningPlan>>
  /**
   * Signs. Until the signature is kept a refusal leaves the letter as it was, apart from its number; after that the
   * outbox sees to it that it reaches the server once.
   */
  sign(input: IpcInput<'signing.sign'>, account: SignedInAccount): Promise<Outcome<SignatureResult>>
  /** Stops the signing that runs before its next step, unless the signature has been kept. */
  cancel(): void
}

export function signing({ documents, tokens, progress }: SigningParts): Signing {
  const placesOf = placeCache(documents)
  let running: { cancelled: boolean } | undefined

  const readable = async (letterId: string, positionId: string, account: SignedInAccount) => {
    const stored = await account.store.call('letter', letterId)
    if (stored === null) return refuse('letter-unknown')
    const allowed = maySign(stored.letter, positionId, account)
    if (!allowed.ok) return allowed
    const bytes = await account.readFile(currentRevision(stored.letter).sha256)
    return bytes === undefined ? refuse('file-missing') : accept({ letter: stored.letter, bytes })
  }

  const plan: Signing['plan'] = async ({ letterId, positionId }, account) => {
    const read = await readable(letterId, positionId, account)
    if (!read.ok) return read
    const { letter, bytes } = read.value
    const { sha256 } = currentRevision(letter)
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
      signerPosition: directory.position(positionId)?.title ?? positionId,
    })
  }

  const signWith = async (
    input: IpcInput<'signing.sign'>,
    pin: Uint8Array,
    account: SignedInAccount,
    isCancelled: () => boolean,
  ): Promise<Outcome<SignatureResult>> => {
    const { letterId, positionId } = input
    const step = (name: SigningStep) => {
      if (isCancelled()) return false
      progress(letterId, name)
      return true
    }
    const read = await readable(letterId, positionId, account)
    if (!read.ok) return read
    if (currentRevision(read.value.letter).sha256 !== input.sha256) return refuse('revision-not-current')
    const present = await tokens.tokens()
    if (!present.ok) return present
    const chosen = chosenCertificate(present.value, input.tokenSerial, input.certificateId)
    if (!chosen.ok) return chosen
    const { certificate, chain } = chosen.value
    // Known before the PIN is used: the server takes nobody's signature for another's.
    const person = account.directory().person(account.personId)
    if (certificate.email?.toLowerCase() !== person?.email.toLowerCase()) {
      return refuse('signer-not-actor', { signer: certificate.commonName })
    }

    if (!step('number')) return refuse('signature-cancelled')
    const numbered = await bindNumber(read.value.letter, positionId, account)
    if (!numbered.ok) return numbered
    const letter = numbered.value
    if (letter.number === null || currentRevision(letter).sha256 !== input.sha256) {
      return refuse('revision-not-current')
    }

    if (!step('prepare')) return refuse('signature-cancelled')
    const { bytes } = read.value
    const found = await placesOf(input.sha256, bytes)
    if (!found.ok) return found
    const directory = account.directory()
    const request = signatureRequest(
      {
        number: letter.number,
        agencyCode: directory.organisation.agencyCode,
        signerName: directory.person(account.personId)?.name ?? certificate.commonName,
        positionTitle: directory.position(positionId)?.title ?? positionId,
        certificateSerial: certificate.serial,
        signedAt: new Date(),
        isFirst: letter.signatures.length === 0,
        fieldName: `saraban-${letter.signatures.length + 1}`,
        block: input.block ?? found.value.places.block,
      },
      found.value.places,
    )
    const signing = { certificate: certificate.der, chain }
    const begun = await documents.call('beginSignature', { bytes, request, ...signing })
    if (!begun.ok) return begun

    if (!step('token')) return refuse('signature-cancelled')
    const { tokenSerial } = input
    const signature = await signOne(tokens, { tokenSerial, certificateId: certificate.id, pin }, begun.value)
    if (!signature.ok) return signature

    if (!step('embed')) return refuse('signature-cancelled')
    const finished = await documents.call('finishSignature', {
      begun: begun.value,
      signature: signature.value,
      ...signing,
    })
    if (!finished.ok) return finished

    if (!step('check')) return refuse('signature-cancelled')
    const result = withAppended(bytes, finished.value)
    const checked = await documents.call('checkSignatures', { bytes: result, earlierBytes: bytes.length })
    if (!checked.ok) return checked

    if (!step('keep')) return refuse('signature-cancelled')
    return keepAndSend({
      letter,
      positionId,
      bytes: result,
      certificate,
      marks: request.marks,
      account,
      sending: () => progress(letterId, 'send'),
    })
  }

  return {
    plan,
    sign: async (input, account) => {
      if (running !== undefined) return refuse('signing-busy')
      const current = { cancelled: false }
      running = current
      const pin = new Uint8Array(Buffer.from(input.pin, 'utf8'))
      try {
        return await signWith(input, pin, account, () => current.cancelled)
      } finally {
        pin.fill(0)
        running = undefined
      }
    },
    cancel: () => {
      if (running !== undefined) running.cancelled = true
    },
  }
}

/** Signs the attributes of one letter with one entry of the PIN. */
async function signOne(
  tokens: TokenHost,
  order: OpenOrder,
  { attributes, algorithm }: BegunSignature,
): Promise<Outcome<Uint8Array>> {
  const signer = await tokens.open(order)
  if (!signer.ok) return signer
  try {
    return await signer.value.sign(attributes, algorithm)
  } finally {
    await signer.value.close()
  }
}

/** The part of a block above which it is said to cover print. */
const VISIBLE_OVERLAP = 0.01

/** What the letter's rules say before anything is bound or signed. */
function maySign(letter: Letter, positionId: string, account: SignedInAccount): Outcome<unknown> {
  const now = new Date().toISOString()
  const command = account.command(letter.id, positionId, { type: 'bind-number' })
  // Binding a number and signing ask the same of the person and the leg; the number itself may be there already.
  const unnumbered = { ...letter, number: null }
  return decide(unnumbered, command, {
    directory: account.directory(),
    actor: account.personId,
    now,
    nextSerial: 1,
  })
}
