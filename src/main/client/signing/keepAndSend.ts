import { createHash } from 'node:crypto'
import type { TextMark } from '../../../pdf/marks/textMark.ts'
import type { SignatureResult } from '../../../shared/contract/views.ts'
import type { RevisionEvidence } from '../../../shared/domain/decide.ts'
import { currentRevision, type Letter } from '../../../shared/domain/letter.ts'
import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import { letterDate } from '../../../shared/thai/dates.ts'
import { numberWithLabel } from '../../../shared/thai/letterNumber.ts'
import type { Certificate } from '../../../signing/cms/certificate.ts'
import type { SignedInAccount } from '../session/signedInAccount.ts'

/** A signed revision on its way into the letter. */
export interface SignedRevision {
  readonly letter: Letter
  readonly positionId: string
  readonly bytes: Uint8Array
  readonly certificate: Certificate
  readonly marks: readonly TextMark[]
  readonly account: SignedInAccount
  /** Told when the signature is safe and the server's turn comes. */
  readonly sending: () => void
}

const ANSWER_MS = 20_000

/**
 * Makes a signature safe, the file durably before the command that names it, and waits a while for the server's
 * answer. A refusal comes back and stays in the outbox; without an answer the signature is kept but not sent.
 */
export async function keepAndSend(signed: SignedRevision): Promise<Outcome<SignatureResult>> {
  const { letter, positionId, bytes, account } = signed
  const revision = {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    extends: currentRevision(letter)?.sha256 ?? null,
  }
  const command = account.command(letter.id, positionId, { type: 'sign', revision })
  const kept = await account.enqueue(command, evidenceOf(signed), {
    bytes,
    name: letter.fileName,
    pageCount: letter.pageCount,
    signatures: letter.signatures.length + 1,
  })
  if (!kept.ok) return kept

  signed.sending()
  const answer = await account.synchroniser.answerTo(command.id, ANSWER_MS)
  if (answer !== 'unanswered' && answer.outcome === 'refused') {
    return refuse(answer.refusal.code, answer.refusal.detail)
  }
  return accept({
    number: letter.number?.text ?? '',
    sha256: revision.sha256,
    sent: answer !== 'unanswered',
  })
}

/** What this device knows of the file without reading it back: it wrote number and date itself, or found them. */
function evidenceOf({ letter, certificate, marks }: SignedRevision): RevisionEvidence {
  const written = (name: string) => marks.find((mark) => mark.name === name)?.lines[0] ?? null
  const { number } = letter
  return {
    signer: {
      commonName: certificate.commonName,
      email: certificate.email ?? null,
      serial: certificate.serial,
      fingerprint: certificate.fingerprint,
    },
    numberText: written('number') ?? (number && numberWithLabel(number.text)),
    dateText: written('date') ?? (number && letterDate(number.date)),
  }
}
