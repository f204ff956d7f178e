import { inspect } from '../../../pdf/inspect.ts'
import { composeMemo } from '../../../pdf/memo/memo.ts'
import { findPlaces } from '../../../pdf/places/places.ts'
import { readText } from '../../../pdf/readText.ts'
import { accept, refuse } from '../../../shared/outcome.ts'
import { parseCertificate } from '../../../signing/cms/certificate.ts'
import { beginSignature, finishSignature } from '../../../signing/signPdf.ts'
import { type SignatureVerification, verifyFile } from '../../../signing/verify.ts'
import { faultFacts } from '../log.ts'
import type {
  DocumentInput,
  DocumentOperations,
  DocumentReply,
  DocumentRequest,
} from './documentOperations.ts'
import type { ParentPort } from './parentPort.ts'

const operations: DocumentOperations = {
  inspect,
  findPlaces,
  readText: ({ bytes, most }) => readText(bytes, most),
  composeMemo,
  beginSignature: async ({ bytes, request, certificate, chain }) => {
    const signer = parseCertificate(certificate)
    if (signer === undefined) return refuse('certificate-missing')
    return beginSignature(bytes, request, signer, { chain, hasTimestamp: false })
  },
  finishSignature: async ({ begun, signature, certificate, chain }) => {
    const signer = parseCertificate(certificate)
    if (signer === undefined) return refuse('certificate-missing')
    return finishSignature(begun, { signature, certificate: signer, chain })
  },
  checkSignatures,
}

async function checkSignatures({ bytes, earlierBytes }: DocumentInput<'checkSignatures'>) {
  const { signatures } = await verifyFile(bytes, { trust: [] })
  const newest = signatures[signatures.length - 1]
  if (newest === undefined || newest.verdict === 'invalid') return broken(newest)
  const damaged = signatures.filter(({ verdict }) => verdict === 'invalid')
  if (damaged.length === 0) return accept(null)
  const earlier = await verifyFile(bytes.subarray(0, earlierBytes), { trust: [] })
  const held = earlier.signatures.filter(({ verdict }) => verdict !== 'invalid').map(({ field }) => field)
  const spoilt = damaged.find(({ field }) => held.includes(field))
  return spoilt === undefined ? accept(null) : broken(spoilt)
}

const broken = (signature: SignatureVerification | undefined) =>
  refuse('signature-invalid', { reason: signature?.reasons.join(', ') ?? '' })

/** Answers document requests from `port`, each as soon as its work is done. */
export function serveDocuments(port: ParentPort): void {
  port.onMessage((message) => {
    const { id, name, input } = message as DocumentRequest
    const perform = operations[name] as (input: unknown) => Promise<unknown>
    const reply = (outcome: DocumentReply) => port.postMessage(outcome)
    perform(input).then(
      (answer) => reply({ id, answer }),
      (error: unknown) => reply({ id, fault: { ...faultFacts(error), operation: name } }),
    )
  })
}
