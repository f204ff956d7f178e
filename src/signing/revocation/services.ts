import { createHash, randomBytes } from 'node:crypto'
import { type Certificate, parseCertificates } from '../cms/certificate.ts'
import { readSignedData } from '../cms/cms.ts'
import { askService, type ServiceAnswer, type ServiceRequest } from '../serviceRequest.ts'
import { type Keeping, keepEvidence, keptEvidence } from './cache.ts'
import { crlItem, type EvidenceItem, ocspItem } from './evidence.ts'
import { judgeRevocation } from './judge.ts'
import { ocspRequest } from './ocsp.ts'
import { pointersOf } from './pointers.ts'
import type { StatusQuestion } from './statement.ts'

/** Where the status of certificates is asked for, and how. Plain values, so that they may go to another thread. */
export interface RevocationServices {
  /** OCSP services that are asked first, for every certificate. */
  readonly ocsp?: readonly string[]
  /** Addresses of CRLs that are looked into first, for every certificate. */
  readonly crls?: readonly string[]
  /** Address of an HTTP proxy. */
  readonly proxy?: string
  /** Folder in which answers are kept besides in memory. */
  readonly cacheFolder?: string
  /** Milliseconds for which answers are used again, unless they run out before; an hour when absent. */
  readonly keepFor?: number
  /**
   * Whether a missing issuer's certificate is fetched from the address that a certificate names, although nobody
   * vouches for that certificate yet. Only for files whose signers are known; default false.
   */
  readonly completeChains?: boolean
  /** Milliseconds for one question; 10,000 when absent. */
  readonly patience?: number
  /**
   * Hosts that did not answer, as `https://host:port`. They are noted here and not asked again, so that many files do
   * not wait for the same dead host; for as long as one command takes. Absent: each question is asked.
   */
  readonly silent?: Set<string>
}

const largestAnswer = 1024 * 1024
const largestList = 64 * 1024 * 1024
const usualPatience = 10_000
const usualKeeping = 3_600_000

/** What an answer is judged with. */
interface Surroundings {
  readonly evidence: readonly EvidenceItem[]
  readonly known: readonly Certificate[]
  readonly now: Date
}

/**
 * Asks the services configured, and those that the certificates name, for each certificate until one answer tells its
 * status at the time asked for. Returns the answers that tell something; none for what could not be had.
 */
export async function fetchEvidence(
  questions: readonly StatusQuestion[],
  surroundings: Surroundings,
  services: RevocationServices,
): Promise<EvidenceItem[]> {
  const asked = new Map<string, Promise<EvidenceItem | undefined>>()
  const once = (key: string, ask: () => Promise<EvidenceItem | undefined>) => {
    const under = asked.get(key) ?? ask()
    asked.set(key, under)
    return under
  }
  const unique = new Map(questions.map((question) => [question.certificate.fingerprint, question]))
  const found = await Promise.all(
    [...unique.values()].map(async (question) => {
      const halfway: EvidenceItem[] = []
      for (const source of sourcesFor(question, services)) {
        const item = await once(source.key, () => source.ask(question, surroundings))
        const told = item === undefined ? 'nothing' : tells(item, question, surroundings)
        if (item !== undefined && told !== 'nothing') halfway.push(item)
        if (told === 'status') break
      }
      return halfway
    }),
  )
  return found.flat()
}

/** The addresses at which a certificate's status is asked for, in order, without what is only for programs. */
export function addressesFor(certificate: Certificate, services: RevocationServices): string[] {
  const { ocsp, crls } = pointersOf(certificate)
  return [...new Set([...(services.ocsp ?? []), ...ocsp, ...(services.crls ?? []), ...crls])]
}

interface Source {
  readonly key: string
  readonly ask: (question: StatusQuestion, surroundings: Surroundings) => Promise<EvidenceItem | undefined>
}

function sourcesFor({ certificate }: StatusQuestion, services: RevocationServices): Source[] {
  const { ocsp, crls } = pointersOf(certificate)
  return [
    ...[...(services.ocsp ?? []), ...ocsp].map((url) => ocspSource(url, certificate, services)),
    ...[...(services.crls ?? []), ...crls].map((url) => crlSource(url, services)),
  ]
}

function ocspSource(url: string, { fingerprint }: Certificate, services: RevocationServices): Source {
  const key = keyOf('ocsp', url, fingerprint)
  return {
    key,
    ask: async (question, surroundings) => {
      const kept = await keptEvidence(key, 'ocsp', keepingOf(services))
      if (kept !== undefined && tells(kept, question, surroundings) !== 'nothing') return kept
      const nonce = randomBytes(16)
      const bytes = ocspRequest(question.certificate, question.issuer, nonce)
      const body = { bytes, type: 'application/ocsp-request' }
      const answer = await ask({ ...plainRequest(url, largestAnswer, services), body }, services)
      const item = answer.ok ? ocspItem(answer.bytes) : undefined
      if (item?.kind !== 'ocsp') return undefined
      // A nonce that comes back must be ours; services that answer from stock send none (RFC 8954, 2.1).
      if (item.answer.nonce !== undefined && Buffer.compare(item.answer.nonce, nonce) !== 0) return undefined
      if (tells(item, question, surroundings) !== 'nothing') {
        await keepEvidence(key, item, keepingOf(services))
      }
      return item
    },
  }
}

function crlSource(url: string, services: RevocationServices): Source {
  const key = keyOf('crl', url, '')
  return {
    key,
    ask: async (question, surroundings) => {
      const kept = await keptEvidence(key, 'crl', keepingOf(services))
      if (kept !== undefined && tells(kept, question, surroundings) !== 'nothing') return kept
      const answer = await ask(plainRequest(url, largestList, services), services)
      const item = answer.ok ? crlItem(answer.bytes) : undefined
      if (item !== undefined && tells(item, question, surroundings) !== 'nothing') {
        await keepEvidence(key, item, keepingOf(services))
      }
      return item
    },
  }
}

/** Asks a host unless it is known not to answer. */
async function ask(request: ServiceRequest, { silent }: RevocationServices): Promise<ServiceAnswer> {
  const host = URL.canParse(request.url) ? new URL(request.url).origin : ''
  if (silent?.has(host)) return { ok: false, isPassing: true, isSilent: true }
  const answer = await askService(request)
  if (!answer.ok && answer.isSilent) silent?.add(host)
  return answer
}

const keepingOf = ({ cacheFolder, keepFor }: RevocationServices): Keeping => ({
  longest: keepFor ?? usualKeeping,
  ...(cacheFolder === undefined ? {} : { folder: cacheFolder }),
})

const keyOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex')

const plainRequest = (
  url: string,
  limit: number,
  { proxy, patience }: RevocationServices,
): ServiceRequest => ({
  url,
  limit,
  patience: patience ?? usualPatience,
  ...(proxy === undefined ? {} : { proxy }),
})

/** Whether an item tells the status, or would when its responder's own status were known. */
function tells(
  item: EvidenceItem,
  question: StatusQuestion,
  { evidence, known, now }: Surroundings,
): 'status' | 'open' | 'nothing' {
  const { certificate, issuer, at } = question
  const lists = evidence.filter(({ kind }) => kind === 'crl')
  const judged = judgeRevocation(certificate, issuer, [item, ...lists], { at, now, known })
  if (judged.status !== 'unknown') return 'status'
  return judged.unsettled.length > 0 ? 'open' : 'nothing'
}

/** Fetches the certificates of issuers from where certificates say that they are (RFC 5280 4.2.2.1). */
export async function fetchIssuers(
  certificates: readonly Certificate[],
  services: RevocationServices,
): Promise<Certificate[]> {
  const addresses = new Set(certificates.flatMap((certificate) => pointersOf(certificate).issuers))
  const found = await Promise.all(
    [...addresses].map(async (url) => {
      const answer = await ask(plainRequest(url, largestAnswer, services), services)
      return answer.ok ? certificatesIn(answer.bytes) : []
    }),
  )
  return found.flat()
}

/** A certificate in DER or PEM, or a PKCS #7 that holds nothing but certificates. */
function certificatesIn(bytes: Uint8Array): readonly Certificate[] {
  const [plain] = parseCertificates(bytes)
  return plain === undefined ? (readSignedData(bytes)?.certificates ?? []) : parseCertificates(bytes)
}
