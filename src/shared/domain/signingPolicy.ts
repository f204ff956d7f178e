import type { Intent, SignatureElements, SignatureLook, Signer } from '../contract/shapes.ts'
import { accept, type Outcome, refuse } from '../outcome.ts'
import type { DecisionContext } from './asked.ts'
import type { Letter } from './letter.ts'

const REASONS = {
  procurement: 'esign-procurement',
  litigation: 'esign-litigation',
  discipline: 'esign-discipline',
} as const

/**
 * Whether a letter may be signed electronically, with a certificate or without (slide การใช้งานเอกสารอื่นๆ 1–2): not
 * evidence of procurement, secret letters, litigation and discipline, unless the organisation's rules have changed.
 * Those are printed, signed by hand and scanned. Refuses with the rule's reason.
 */
export function mayBeSignedElectronically(
  { matter, secrecy }: Pick<Letter, 'matter' | 'secrecy'>,
  { directory }: Pick<DecisionContext, 'directory'>,
): Outcome<null> {
  const { paperMatters, secretOnPaper } = directory.organisation.policy
  if (matter !== 'general' && paperMatters.includes(matter)) return refuse(REASONS[matter])
  if (secrecy !== 'none' && secretOnPaper) return refuse('esign-secret')
  return accept(null)
}

/** The elements of a signature that the session stands for: a name that was typed, drawn or pasted (type 1). */
export const electronicElements = (
  { actor, directory }: DecisionContext,
  positionId: string | null,
  intent: Intent,
  look: SignatureLook = 'typed',
): SignatureElements => ({
  who: who(actor, directory, positionId),
  intent,
  method: { kind: 'electronic', assurance: 1, look },
})

/**
 * The elements of a proposal or of a reviewer's word; null where the letter takes no electronic signature, of whatever
 * kind (slide การใช้งานเอกสารอื่นๆ 1–2).
 */
export const elementsWherePermitted = (
  letter: Pick<Letter, 'matter' | 'secrecy'>,
  context: DecisionContext,
  intent: Intent,
): SignatureElements | null =>
  mayBeSignedElectronically(letter, context).ok ? electronicElements(context, null, intent) : null

/** The elements of a signature made with a certificate (type 3). */
export const digitalElements = (
  { actor, directory }: DecisionContext,
  positionId: string | null,
  intent: Intent,
  signer: Signer,
): SignatureElements => ({
  who: who(actor, directory, positionId),
  intent,
  method: { kind: 'digital', assurance: 3, signer },
})

const who = (personId: string, directory: DecisionContext['directory'], positionId: string | null) => ({
  personId,
  name: directory.person(personId)?.name ?? personId,
  positionId,
})

/**
 * Whether the certificate is the actor's own: a delegate signs with theirs, never with the holder's. Refuses
 * signer-not-actor.
 */
export function signsForOneself(signer: Signer, { directory, actor }: DecisionContext): Outcome<null> {
  const own = directory.person(actor)?.email.toLowerCase()
  return own !== undefined && signer.email?.toLowerCase() === own
    ? accept(null)
    : refuse('signer-not-actor', { signer: signer.commonName })
}
