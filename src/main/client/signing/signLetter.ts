import { withAppended } from '../../../pdf/structure/append.ts'
import type { IpcInput } from '../../../shared/contract/ipc.ts'
import type { Revision } from '../../../shared/contract/letter.ts'
import type { SignatureResult, SigningStep } from '../../../shared/contract/views.ts'
import { decide } from '../../../shared/domain/decide.ts'
import { currentRevision, type Letter } from '../../../shared/domain/letter.ts'
import type { Directory } from '../../../shared/domain/organisation.ts'
import { signatureBlockLines } from '../../../shared/domain/signatureBlock.ts'
import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import type { Certificate } from '../../../signing/cms/certificate.ts'
import type { Signing } from '../../../signing/signPdf.ts'
import type { Documents } from '../processes/documents.ts'
import type { SignedInAccount } from '../session/signedInAccount.ts'
import { bindNumber } from './bindNumber.ts'
import { keepAndSend } from './keepAndSend.ts'
import type { PlaceCache } from './placeCache.ts'
import { signatureRequest } from './signatureText.ts'

/** A letter that a person wants to sign as they have seen it. */
export type LetterToSign = Pick<IpcInput<'signing.sign'>, 'letterId' | 'positionId' | 'sha256' | 'block'>

/** The certificate that a person signs with, and the token's way to sign with it. */
export interface LetterSigner {
  readonly certificate: Certificate
  /** The issuers' certificates, DER. */
  readonly chain: readonly Uint8Array[]
  readonly sign: Signing['sign']
}

/** What signing a letter works with. */
export interface LetterDesk {
  readonly documents: Documents
  readonly placesOf: PlaceCache
  readonly account: SignedInAccount
  /** Told before each step; false when the person has cancelled. */
  readonly step: (letterId: string, name: SigningStep) => boolean
}

/**
 * Signs one letter, from the number to the server's record. Until the signature is kept a refusal leaves the letter as
 * it was, apart from its number; after that the outbox sees to it that it reaches the server once.
 */
export async function signLetter(
  { letterId, positionId, sha256, block }: LetterToSign,
  { certificate, chain, sign }: LetterSigner,
  { documents, placesOf, account, step }: LetterDesk,
): Promise<Outcome<SignatureResult>> {
  const read = await readToSign(letterId, positionId, account)
  if (!read.ok) return read
  if (currentRevision(read.value.letter)?.sha256 !== sha256) return refuse('revision-not-current')

  if (!step(letterId, 'number')) return refuse('signature-cancelled')
  const numbered = await bindNumber(read.value.letter, positionId, account)
  if (!numbered.ok) return numbered
  const letter = numbered.value
  if (letter.number === null || currentRevision(letter)?.sha256 !== sha256)
    return refuse('revision-not-current')

  if (!step(letterId, 'prepare')) return refuse('signature-cancelled')
  const { bytes } = read.value
  const found = await placesOf(sha256, bytes)
  if (!found.ok) return found
  const directory = account.directory()
  const request = signatureRequest(
    {
      number: letter.number,
      agencyCode: directory.organisation.agencyCode,
      signerName: directory.person(account.personId)?.name ?? certificate.commonName,
      positionLines: positionLines(account.personId, positionId, read.value.delegationId, directory),
      certificateSerial: certificate.serial,
      signedAt: new Date(),
      isFirst: letter.signatures.length === 0,
      fieldName: `saraban-${letter.signatures.length + 1}`,
      block: block ?? found.value.places.block,
    },
    found.value.places,
  )
  const signing = { certificate: certificate.der, chain }
  const begun = await documents.call('beginSignature', { bytes, request, ...signing })
  if (!begun.ok) return begun

  if (!step(letterId, 'token')) return refuse('signature-cancelled')
  const signature = await sign(begun.value.attributes, begun.value.algorithm)
  if (!signature.ok) return signature

  if (!step(letterId, 'embed')) return refuse('signature-cancelled')
  const finished = await documents.call('finishSignature', {
    begun: begun.value,
    signature: signature.value,
    ...signing,
  })
  if (!finished.ok) return finished

  if (!step(letterId, 'check')) return refuse('signature-cancelled')
  const result = withAppended(bytes, finished.value)
  const checked = await documents.call('checkSignatures', { bytes: result, earlierBytes: bytes.length })
  if (!checked.ok) return checked

  if (!step(letterId, 'keep')) return refuse('signature-cancelled')
  return keepAndSend({
    letter,
    positionId,
    bytes: result,
    certificate,
    marks: request.marks,
    account,
    sending: () => void step(letterId, 'send'),
  })
}

/** A letter that may be signed now, with its file. */
interface LetterToRead {
  readonly letter: Letter
  readonly revision: Revision
  readonly bytes: Uint8Array
  /** The delegation under which the account's person signs; null for the holder. */
  readonly delegationId: string | null
}

/** What stands under the name: the position, or one's own and the one represented (ภาคผนวก 3). */
export const positionLines = (
  personId: string,
  positionId: string,
  delegationId: string | null,
  directory: Directory,
): string[] => signatureBlockLines(personId, positionId, delegationId, directory).slice(1)

/** A letter and its file. Refuses letter-unknown, file-missing, and what the letter's rules refuse this person now. */
export async function readToSign(
  letterId: string,
  positionId: string,
  account: SignedInAccount,
): Promise<Outcome<LetterToRead>> {
  const stored = await account.store.call('letter', letterId)
  if (stored === null) return refuse('letter-unknown')
  const allowed = maySign(stored.letter, positionId, account)
  if (!allowed.ok) return allowed
  const revision = currentRevision(stored.letter)
  const bytes = revision && (await account.readFile(revision.sha256))
  if (revision === undefined || bytes === undefined) return refuse('file-missing')
  return accept({ letter: stored.letter, revision, bytes, delegationId: allowed.value })
}

/** What the letter's rules say before anything is bound or signed; the delegation under which it would be. */
function maySign(letter: Letter, positionId: string, account: SignedInAccount): Outcome<string | null> {
  const now = new Date().toISOString()
  const command = account.command(letter.id, positionId, { type: 'bind-number' })
  // Binding a number and signing ask the same of the person and the leg; the number itself may be there already.
  const unnumbered = { ...letter, number: null }
  const decided = decide(unnumbered, command, {
    directory: account.directory(),
    actor: account.personId,
    now,
    numbers: { nextSerial: 1 },
  })
  return decided.ok ? accept(decided.value[0]?.delegationId ?? null) : decided
}
