import type { PermittedChanges } from '../pdf/signature/fieldLock.ts'
import type { CertificateSeeds, SeedValues } from '../pdf/signature/seedValues.ts'
import { signatureFilter, signatureSubFilter } from '../pdf/signature/signatureDictionary.ts'
import { type Certificate, keyUsages } from './cms/certificate.ts'
import type { DigestAlgorithm } from './cms/identifiers.ts'

/** What a signature will be, as far as a field's author may demand something of it. */
export interface PlannedSignature {
  readonly certificate: Certificate
  /** The issuers' certificates, DER. */
  readonly chain: readonly Uint8Array[]
  readonly digest: DigestAlgorithm
  readonly reason: string
  readonly certifies: PermittedChanges | undefined
  /** What may be changed after it, by certification or lock. */
  readonly permits: PermittedChanges | undefined
  readonly hasTimestamp: boolean
}

/** The newest rules of seed values: those of PDF 2.0. */
const knownVersion = 3

/** The first demand that the signature would not meet, in the words of the seed value; undefined when it meets all. */
export function unmetDemand(seeds: SeedValues, planned: PlannedSignature): string | undefined {
  const meets = {
    [`Filter ${seeds.filter}`]: seeds.filter === undefined || seeds.filter === signatureFilter,
    [`SubFilter ${listed(seeds.subFilters)}`]: seeds.subFilters?.includes(signatureSubFilter) ?? true,
    [`V ${seeds.version}`]: (seeds.version ?? 0) <= knownVersion,
    [`Reasons ${listed(seeds.reasons)}`]: meetsReasons(seeds.reasons, planned.reason),
    [`DigestMethod ${listed(seeds.digests)}`]: seeds.digests?.includes(planned.digest.toUpperCase()) ?? true,
    [`MDP ${seeds.certification}`]: meetsCertification(seeds.certification, planned.certifies),
    [`LockDocument ${seeds.locksDocument}`]:
      seeds.locksDocument === undefined || seeds.locksDocument === (planned.permits === 1),
    [`TimeStamp ${seeds.timestamp?.service}`]: seeds.timestamp === undefined || planned.hasTimestamp,
    Cert: meetsCertificate(seeds.certificate, planned),
  }
  return Object.entries(meets).find(([, isMet]) => !isMet)?.[0] ?? seeds.others[0]
}

const listed = (words: readonly string[] | undefined): string =>
  words === undefined || words.length === 0 ? '–' : words.map((word) => `“${word}”`).join(', ')

function meetsReasons(demanded: readonly string[] | undefined, reason: string): boolean {
  if (demanded === undefined) return true
  return demanded.length === 0 ? reason === '' : demanded.includes(reason)
}

const meetsCertification = (
  demanded: SeedValues['certification'],
  certifies: PermittedChanges | undefined,
): boolean => demanded === undefined || demanded === (certifies ?? 'none')

function meetsCertificate(demanded: CertificateSeeds, { certificate, chain }: PlannedSignature): boolean {
  const isAmong = (wanted: readonly Uint8Array[], found: Uint8Array): boolean =>
    wanted.some((one) => Buffer.compare(one, found) === 0)
  const { subjects, issuers } = demanded
  return (
    (subjects === undefined || isAmong(subjects, certificate.der)) &&
    (issuers === undefined || chain.some((issuer) => isAmong(issuers, issuer))) &&
    (demanded.keyUsages?.some((usage) => meetsUsage(usage, certificate)) ?? true)
  )
}

/** A certificate without the extension may be used for all. */
const meetsUsage = (demanded: string, { keyUsage }: Certificate): boolean =>
  keyUsages.every((usage, index) => {
    const bit = demanded[index]
    const isSet = keyUsage?.includes(usage) ?? true
    return bit === '1' ? isSet : bit !== '0' || !isSet
  })
