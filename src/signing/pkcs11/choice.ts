import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { algorithmFor, type SignatureAlgorithm } from '../algorithm.ts'
import { fitForSigning } from '../certificate.ts'
import type { OpenOrder } from '../tokenHostProtocol.ts'
import { mechanismsFor, type SigningMechanism } from './mechanisms.ts'
import { type CertificateObject, signersAmong } from './tokens.ts'

/** With which certificate, in which algorithm and by which mechanisms a token signs. */
export interface SigningChoice {
  readonly object: CertificateObject
  readonly algorithm: SignatureAlgorithm
  readonly mechanisms: readonly SigningMechanism[]
}

/**
 * What an order asks for, or else the only certificate that is fit, in its usual algorithm. `offered` are the token's
 * mechanisms. Refuses certificate-missing, certificate-ambiguous, what fitForSigning refuses when the only one is
 * unfit, algorithm-unfit and mechanism-missing.
 */
export function chooseSigning(
  objects: readonly CertificateObject[],
  order: OpenOrder,
  offered: readonly number[],
): Outcome<SigningChoice> {
  const object = chooseCertificate(objects, order.certificateId)
  if (!object.ok) return object
  const { certificate } = object.value
  const { scheme, digest } = order.algorithm ?? {}
  const algorithm = algorithmFor(certificate, {
    pss: scheme === 'rsa-pss',
    ...(digest === undefined ? {} : { digest }),
  })
  if (!algorithm.ok) return algorithm
  if (scheme !== undefined && scheme !== algorithm.value.scheme) {
    return refuse('algorithm-unfit', { algorithm: scheme })
  }
  const mechanisms = mechanismsFor(algorithm.value, certificate, offered)
  if (!mechanisms.ok) return mechanisms
  return accept({ object: object.value, algorithm: algorithm.value, mechanisms: mechanisms.value })
}

function chooseCertificate(
  objects: readonly CertificateObject[],
  id: string | undefined,
): Outcome<CertificateObject> {
  if (id !== undefined) {
    const named = objects.find(({ certificate }) => certificate.fingerprint === id)
    return named === undefined ? refuse('certificate-missing') : accept(named)
  }
  const now = new Date()
  const signers = signersAmong(objects)
  const fit = signers.filter(({ certificate }) => fitForSigning(certificate, now).ok)
  const [only, another] = fit.length === 0 ? signers : fit
  if (only === undefined) return refuse('certificate-missing')
  if (another !== undefined) return refuse(fit.length === 0 ? 'certificate-missing' : 'certificate-ambiguous')
  const fitness = fitForSigning(only.certificate, now)
  return fitness.ok ? accept(only) : fitness
}
