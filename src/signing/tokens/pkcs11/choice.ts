import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import { fitForSigning } from '../../cms/certificate.ts'
import type { OpenOrder } from '../tokenHostProtocol.ts'
import { type CertificateObject, signersAmong } from './tokens.ts'

/**
 * The certificate that the order names, or else the only one that is fit. Refuses certificate-missing,
 * certificate-ambiguous, and what fitForSigning refuses when the only one is unfit.
 */
export function chooseCertificate(
  objects: readonly CertificateObject[],
  { certificateId }: OpenOrder,
): Outcome<CertificateObject> {
  if (certificateId !== undefined) {
    const named = objects.find(({ certificate }) => certificate.fingerprint === certificateId)
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
