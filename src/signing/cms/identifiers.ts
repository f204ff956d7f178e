/** Object identifiers of CMS (RFC 5652), ESS (RFC 2634, 5035), X.509 (RFC 5280) and the algorithms (RFC 4055, 5754, 5480). */
export const identifiers = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  emailAddress: '1.2.840.113549.1.9.1',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  signatureTimestamp: '1.2.840.113549.1.9.16.2.14',
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
  commonName: '2.5.4.3',
  subjectKeyIdentifier: '2.5.29.14',
  subjectAlternativeName: '2.5.29.17',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  rsa: '1.2.840.113549.1.1.1',
  rsaPss: '1.2.840.113549.1.1.10',
  mgf1: '1.2.840.113549.1.1.8',
} as const

/** The digest algorithms that signatures may use. */
export type DigestAlgorithm = 'sha256' | 'sha384' | 'sha512'

/** What names a digest algorithm on its own, with RSA PKCS #1 v1.5 and with ECDSA. */
export const digestIdentifiers: Readonly<
  Record<DigestAlgorithm, { readonly digest: string; readonly withRsa: string; readonly withEcdsa: string }>
> = {
  sha256: {
    digest: '2.16.840.1.101.3.4.2.1',
    withRsa: '1.2.840.113549.1.1.11',
    withEcdsa: '1.2.840.10045.4.3.2',
  },
  sha384: {
    digest: '2.16.840.1.101.3.4.2.2',
    withRsa: '1.2.840.113549.1.1.12',
    withEcdsa: '1.2.840.10045.4.3.3',
  },
  sha512: {
    digest: '2.16.840.1.101.3.4.2.3',
    withRsa: '1.2.840.113549.1.1.13',
    withEcdsa: '1.2.840.10045.4.3.4',
  },
}

/** All of them, the shortest first. */
export const digestAlgorithms = ['sha256', 'sha384', 'sha512'] as const satisfies DigestAlgorithm[]

/** The digest algorithm with this identifier; undefined for SHA-1 and whatever else is not accepted. */
export const digestAlgorithmOf = (identifier: string): DigestAlgorithm | undefined =>
  digestAlgorithms.find((name) => digestIdentifiers[name].digest === identifier)
