import { createHash } from 'node:crypto'
import type { SignatureField } from '../../pdf/inspect.ts'
import type { ValidationMaterial } from '../../pdf/signature/securityStore.ts'
import { timestampSubFilter } from '../../pdf/signature/signatureDictionary.ts'
import { type Certificate, parseCertificate } from '../cms/certificate.ts'
import { type EvidenceItem, readEvidence } from '../revocation/evidence.ts'
import { evidenceInCms } from '../revocation/inCms.ts'
import type { RevocationServices } from '../revocation/services.ts'
import { messagesIn } from './messages.ts'
import type { TrustContext } from './path.ts'
import { type Existence, type Proof, prove } from './proof.ts'

/** How trust is judged. */
export interface TrustSettings {
  /** Roots, or authorities below them, that are trusted as they are. */
  readonly trust: readonly Certificate[]
  /** SHA-256 fingerprints of further ones, hexadecimal, lower case: certificates that come with the signature. */
  readonly pinned: readonly string[]
  /** The time for which validity is judged when no trusted time-stamp tells one. Default: now. */
  readonly at?: Date
  /** Evidence from elsewhere, besides what the file holds. */
  readonly evidence?: ValidationMaterial
  /** Asks online for what no evidence tells. */
  readonly services?: RevocationServices
}

/** A signature with what its byte range covers: nothing when the range is not right. */
export interface FieldToProve {
  readonly field: SignatureField
  readonly covered: Iterable<Uint8Array>
  readonly isPartial: boolean
}

/** Questions may lead to others: an answer to its responder, a certificate to its issuer. */
const mostRounds = 4

/**
 * Proves the signatures of a file, given in the order in which they were made, by the evidence in the file (`store`) and
 * in the settings, and, when that leaves something open and services are given, by asking them.
 */
export async function proveFields(
  fields: readonly FieldToProve[],
  store: ValidationMaterial | undefined,
  settings: TrustSettings,
): Promise<Proof[]> {
  let context = contextOf(fields, store, settings)
  let proofs = proveAll(fields, context)
  for (let round = 0; round < mostRounds && settings.services !== undefined; round++) {
    const more = await ask(proofs, context, settings.services)
    if (more.evidence.length === 0 && more.known.length === 0) break
    context = {
      ...context,
      evidence: [...context.evidence, ...more.evidence],
      known: [...context.known, ...more.known],
    }
    proofs = proveAll(fields, context)
  }
  return proofs
}

function contextOf(
  fields: readonly FieldToProve[],
  store: ValidationMaterial | undefined,
  settings: TrustSettings,
): TrustContext {
  const messages = fields.flatMap(({ field }) => messagesIn(field.contents))
  const materials = [store, settings.evidence].filter((found) => found !== undefined)
  const { services } = settings
  return {
    trust: settings.trust,
    pinned: settings.pinned,
    known: [
      ...messages.flatMap(({ certificates }) => certificates),
      ...materials.flatMap(({ certificates }) => certificates.map(parseCertificate)),
    ].filter((found) => found !== undefined),
    evidence: [...messages.map(evidenceInCms), ...materials].flatMap(readEvidence),
    hasServices: (services?.ocsp?.length ?? 0) + (services?.crls?.length ?? 0) > 0,
    now: settings.at ?? new Date(),
  }
}

/** From the last to the first, since a time-stamp proves that what it covers existed. */
function proveAll(fields: readonly FieldToProve[], context: TrustContext): Proof[] {
  const stamps: { readonly field: SignatureField; readonly existence: Existence }[] = []
  const proofs: Proof[] = []
  for (const { field, covered, isPartial } of fields.toReversed()) {
    const existence = stamps
      .filter((stamp) => covers(stamp.field, field))
      .map((stamp) => stamp.existence)
      .toSorted((one, other) => Number(other.isSettled) - Number(one.isSettled) || compare(one, other))[0]
    const proof = prove(field, covered, context, existence)
    proofs.unshift(proof)
    if (field.subFilter === timestampSubFilter && !isPartial && proof.provenAt !== undefined) {
      const isSettled = proof.paths.every(({ unsettled }) => unsettled.length === 0)
      stamps.push({ field, existence: { time: proof.provenAt, isSettled } })
    }
  }
  return proofs
}

const compare = (one: Existence, other: Existence): number => one.time.getTime() - other.time.getTime()

/** Whether a later signature's byte range covers all of an earlier one, its CMS included. */
export function covers(later: SignatureField, earlier: SignatureField): boolean {
  const end = earlier.byteRange[2] + earlier.byteRange[3]
  return later.byteRange[0] === 0 && later.byteRange[1] >= end
}

interface More {
  readonly evidence: readonly EvidenceItem[]
  readonly known: readonly Certificate[]
}

async function ask(
  proofs: readonly Proof[],
  context: TrustContext,
  services: RevocationServices,
): Promise<More> {
  const paths = proofs.flatMap((proof) => proof.paths)
  const had = new Set(context.evidence.map(({ der }) => fingerprintOf(der)))
  // Network clients are loaded by those who ask.
  const { fetchEvidence, fetchIssuers } = await import('../revocation/services.ts')
  const evidence = await fetchEvidence(
    paths.flatMap(({ unsettled }) => unsettled),
    context,
    services,
  )
  const ends = paths.filter(({ chain }) => chain === 'incomplete').map(({ path }) => path.at(-1)!)
  const issuers = services.completeChains === true ? await fetchIssuers(ends, services) : []
  const known = new Set(context.known.map(({ fingerprint }) => fingerprint))
  return {
    evidence: evidence.filter(({ der }) => !had.has(fingerprintOf(der))),
    known: issuers.filter(({ fingerprint }) => !known.has(fingerprint)),
  }
}

const fingerprintOf = (der: Uint8Array): string => createHash('sha256').update(der).digest('base64')
