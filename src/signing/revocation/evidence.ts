import { type RevocationList, readRevocationList } from './crl.ts'
import { answerHoldsUntil, type OcspAnswer, readOcspAnswer } from './ocsp.ts'

/** CRLs and OCSP answers, DER each. */
export interface Evidence {
  readonly ocsps: readonly Uint8Array[]
  readonly crls: readonly Uint8Array[]
}

/** One of them, read but not verified. */
export type EvidenceItem =
  | { readonly kind: 'ocsp'; readonly der: Uint8Array; readonly answer: OcspAnswer }
  | { readonly kind: 'crl'; readonly der: Uint8Array; readonly list: RevocationList }

/** Reads an OCSP answer; undefined when it is none, or one that only says that something failed. */
export function ocspItem(der: Uint8Array): EvidenceItem | undefined {
  const answer = readOcspAnswer(der)
  return typeof answer === 'string' ? undefined : { kind: 'ocsp', der, answer }
}

/** Reads a CRL; undefined when it is none. */
export function crlItem(der: Uint8Array): EvidenceItem | undefined {
  const list = readRevocationList(der)
  return list === undefined ? undefined : { kind: 'crl', der, list }
}

/** Reads all of them; what cannot be read is left out. */
export const readEvidence = ({ ocsps, crls }: Evidence): EvidenceItem[] =>
  [...ocsps.map(ocspItem), ...crls.map(crlItem)].filter((item) => item !== undefined)

/** Until when its issuer says that it holds; undefined when it does not say. */
export const holdsUntil = (item: EvidenceItem): Date | undefined =>
  item.kind === 'ocsp' ? answerHoldsUntil(item.answer) : item.list.nextUpdate
