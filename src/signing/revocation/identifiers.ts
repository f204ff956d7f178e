/** Object identifiers of revocation: RFC 5280 (extensions), RFC 6960 (OCSP), and where signatures keep evidence. */
export const revocationIdentifiers = {
  authorityInformationAccess: '1.3.6.1.5.5.7.1.1',
  ocspAccess: '1.3.6.1.5.5.7.48.1',
  issuersAccess: '1.3.6.1.5.5.7.48.2',
  crlDistributionPoints: '2.5.29.31',
  issuingDistributionPoint: '2.5.29.28',
  crlNumber: '2.5.29.20',
  crlReason: '2.5.29.21',
  authorityKeyIdentifier: '2.5.29.35',
  /** The list keeps revoked certificates after they expired (ITU-T X.509, expiredCertsOnCRL). */
  expiredCertificatesOnList: '2.5.29.60',
  basicOcspResponse: '1.3.6.1.5.5.7.48.1.1',
  ocspNonce: '1.3.6.1.5.5.7.48.1.2',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
  ocspArchiveCutoff: '1.3.6.1.5.5.7.48.1.6',
  /** Extended key usage of delegated responders (RFC 6960 4.2.2.2). */
  ocspSigning: '1.3.6.1.5.5.7.3.9',
  /** Signed attribute of Adobe with CRLs and OCSP answers (ISO 32000-2, 12.8.3.3.2). */
  revocationArchival: '1.2.840.113583.1.1.8',
  /** An OCSP answer among a CMS's CRLs (RFC 5940). */
  ocspInCms: '1.3.6.1.5.5.7.16.2',
  sha1: '1.3.14.3.2.26',
} as const
