import type { PdfFile } from '../structure/document.ts'
import {
  isName,
  isNamed,
  isString,
  type PdfDictionary,
  type PdfValue,
  readText,
} from '../structure/values.ts'
import { type PermittedChanges, readPermitted } from './fieldLock.ts'

/**
 * What the author of a field demands of its signature (seed value dictionary, ISO 32000-2, 12.7.5.5): only what is
 * flagged as required, as what is merely proposed may be passed over. What is undefined demands nothing.
 */
export interface SeedValues {
  readonly filter: string | undefined
  /** Any of these. */
  readonly subFilters: readonly string[] | undefined
  /** The least version of the rules that must be understood. */
  readonly version: number | undefined
  /** Any of these; a signature gives no reason when there is none. */
  readonly reasons: readonly string[] | undefined
  /** Any of these, such as SHA256. */
  readonly digests: readonly string[] | undefined
  /** What a certification must permit; `none` demands a signature that does not certify. */
  readonly certification: PermittedChanges | 'none' | undefined
  /** Whether nothing may be changed after the signature. */
  readonly locksDocument: boolean | undefined
  readonly timestamp: { readonly service: string } | undefined
  readonly certificate: CertificateSeeds
  /** Demands that no signature of ours meets, by their keys. */
  readonly others: readonly string[]
}

/** What is demanded of the signer's certificate. */
export interface CertificateSeeds {
  /** Any of these certificates, DER. */
  readonly subjects: readonly Uint8Array[] | undefined
  /** Issued by any of these, directly or not; DER. */
  readonly issuers: readonly Uint8Array[] | undefined
  /** Any of these, bit by bit: 1 must be set, 0 must not, X is free. */
  readonly keyUsages: readonly string[] | undefined
}

/** Bits of /Ff (tables 237 and 238). */
const bits = {
  filter: 1,
  subFilter: 2,
  version: 4,
  reasons: 8,
  legalAttestation: 16,
  revocation: 32,
  digest: 64,
  lockDocument: 128,
  appearance: 256,
} as const
const certificateBits = { subject: 1, issuer: 2, policy: 4, subjectName: 8, keyUsage: 32 } as const

/** The demands of a field's /SV; undefined when it has none. */
export function readSeedValues(file: PdfFile, field: PdfDictionary): SeedValues | undefined {
  const seeds = file.dictionary(field.get('SV'))
  if (seeds === undefined) return undefined
  const flags = file.number(seeds.get('Ff')) ?? 0
  const required = (bit: number, key: string): PdfValue | undefined =>
    (flags & bit) === 0 ? undefined : (file.resolve(seeds.get(key)) ?? undefined)
  const filter = required(bits.filter, 'Filter')
  const version = required(bits.version, 'V')
  const locks = required(bits.lockDocument, 'LockDocument')
  return {
    filter: isName(filter) ? filter.name : undefined,
    subFilters: words(file, required(bits.subFilter, 'SubFilter')),
    version: typeof version === 'number' ? version : undefined,
    reasons: (flags & bits.reasons) === 0 ? undefined : reasonsOf(file, seeds.get('Reasons')),
    digests: words(file, required(bits.digest, 'DigestMethod')),
    certification: certificationOf(file, file.dictionary(seeds.get('MDP'))),
    locksDocument: isNamed(locks, 'true') ? true : isNamed(locks, 'false') ? false : undefined,
    timestamp: timestampOf(file, file.dictionary(seeds.get('TimeStamp'))),
    certificate: certificateOf(file, file.dictionary(seeds.get('Cert'))),
    others: [
      ...((file.array(required(bits.legalAttestation, 'LegalAttestation')) ?? []).length > 0
        ? ['LegalAttestation']
        : []),
      ...(required(bits.revocation, 'AddRevInfo') === true ? ['AddRevInfo'] : []),
      ...(required(bits.appearance, 'AppearanceFilter') === undefined ? [] : ['AppearanceFilter']),
      ...certificateOthers(file, file.dictionary(seeds.get('Cert'))),
    ],
  }
}

/** A single period stands for no reason at all. */
function reasonsOf(file: PdfFile, value: PdfValue | undefined): readonly string[] {
  const reasons = words(file, value) ?? []
  return reasons.length === 1 && reasons[0] === '.' ? [] : reasons
}

function certificationOf(file: PdfFile, demand: PdfDictionary | undefined): SeedValues['certification'] {
  return file.number(demand?.get('P')) === 0 ? 'none' : readPermitted(file, demand?.get('P'))
}

function timestampOf(file: PdfFile, demand: PdfDictionary | undefined): SeedValues['timestamp'] {
  if (((file.number(demand?.get('Ff')) ?? 0) & 1) === 0) return undefined
  return { service: words(file, demand?.get('URL'))?.[0] ?? '' }
}

function certificateOf(file: PdfFile, demand: PdfDictionary | undefined): CertificateSeeds {
  const flags = file.number(demand?.get('Ff')) ?? 0
  const certificates = (bit: number, key: string): Uint8Array[] | undefined =>
    (flags & bit) === 0
      ? undefined
      : file.array(demand?.get(key))?.flatMap((item) => {
          const value = file.resolve(item)
          return isString(value) ? [value.bytes] : []
        })
  return {
    subjects: certificates(certificateBits.subject, 'Subject'),
    issuers: certificates(certificateBits.issuer, 'Issuer'),
    keyUsages: (flags & certificateBits.keyUsage) === 0 ? undefined : words(file, demand?.get('KeyUsage')),
  }
}

function certificateOthers(file: PdfFile, demand: PdfDictionary | undefined): string[] {
  const flags = file.number(demand?.get('Ff')) ?? 0
  const others = { OID: certificateBits.policy, SubjectDN: certificateBits.subjectName }
  return Object.entries(others).flatMap(([key, bit]) =>
    (flags & bit) !== 0 && (file.array(demand?.get(key)) ?? []).length > 0 ? [key] : [],
  )
}

/** The names or strings of an array, or the single one; undefined when there is nothing. */
function words(file: PdfFile, value: PdfValue | undefined): readonly string[] | undefined {
  const resolved = file.resolve(value)
  if (resolved === undefined || resolved === null) return undefined
  return (file.array(resolved) ?? [resolved]).flatMap((item) => {
    const word = file.resolve(item)
    if (isName(word)) return [word.name]
    const text = readText(word)
    return text === undefined ? [] : [text]
  })
}
