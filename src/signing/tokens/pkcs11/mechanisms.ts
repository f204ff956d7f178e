import { createHash } from 'node:crypto'
import pkcs11 from 'pkcs11js'
import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import { digestLengths, type SignatureAlgorithm } from '../../cms/algorithm.ts'
import type { Certificate } from '../../cms/certificate.ts'
import type { DigestAlgorithm } from '../../cms/identifiers.ts'
import { digestInfo, encodePkcs1, encodePss } from './padding.ts'

/** A way in which a token can make a signature: the PKCS #11 mechanism and what it is given. */
export interface SigningMechanism {
  readonly mechanism: pkcs11.Mechanism
  readonly input: (data: Uint8Array) => Uint8Array
}

const onToken = {
  'rsa-pkcs1': {
    sha256: pkcs11.CKM_SHA256_RSA_PKCS,
    sha384: pkcs11.CKM_SHA384_RSA_PKCS,
    sha512: pkcs11.CKM_SHA512_RSA_PKCS,
  },
  'rsa-pss': {
    sha256: pkcs11.CKM_SHA256_RSA_PKCS_PSS,
    sha384: pkcs11.CKM_SHA384_RSA_PKCS_PSS,
    sha512: pkcs11.CKM_SHA512_RSA_PKCS_PSS,
  },
  ecdsa: {
    sha256: pkcs11.CKM_ECDSA_SHA256,
    sha384: pkcs11.CKM_ECDSA_SHA384,
    sha512: pkcs11.CKM_ECDSA_SHA512,
  },
} as const

const masks: Readonly<Record<DigestAlgorithm, { readonly hashAlg: number; readonly mgf: number }>> = {
  sha256: { hashAlg: pkcs11.CKM_SHA256, mgf: pkcs11.CKG_MGF1_SHA256 },
  sha384: { hashAlg: pkcs11.CKM_SHA384, mgf: pkcs11.CKG_MGF1_SHA384 },
  sha512: { hashAlg: pkcs11.CKM_SHA512, mgf: pkcs11.CKG_MGF1_SHA512 },
}

const plain = {
  'rsa-pkcs1': { mechanism: pkcs11.CKM_RSA_PKCS, name: 'CKM_RSA_PKCS' },
  'rsa-pss': { mechanism: pkcs11.CKM_RSA_PKCS_PSS, name: 'CKM_RSA_PKCS_PSS' },
  ecdsa: { mechanism: pkcs11.CKM_ECDSA, name: 'CKM_ECDSA' },
} as const

/**
 * The ways to make such a signature among the mechanisms that the token offers, best first: hashing on the token,
 * then hashing here, then padding here as well (CKM_RSA_X_509). Refuses algorithm-unfit when it is for keys of another
 * kind, and mechanism-missing.
 */
export function mechanismsFor(
  { scheme, digest }: SignatureAlgorithm,
  { key }: Certificate,
  offered: readonly number[],
): Outcome<readonly [SigningMechanism, ...SigningMechanism[]]> {
  if ((key.type === 'ec') !== (scheme === 'ecdsa')) return refuse('algorithm-unfit', { algorithm: scheme })
  const hash = (data: Uint8Array): Uint8Array => createHash(digest).update(data).digest()
  const parameter =
    scheme === 'rsa-pss'
      ? { parameter: { type: pkcs11.CK_PARAMS_RSA_PSS, ...masks[digest], saltLen: digestLengths[digest] } }
      : {}
  const hashed = {
    'rsa-pkcs1': (data: Uint8Array) => digestInfo(digest, hash(data)),
    'rsa-pss': hash,
    ecdsa: (data: Uint8Array) => hash(data).subarray(0, longestHash(key)),
  }[scheme]
  const ways: SigningMechanism[] = [
    { mechanism: { mechanism: onToken[scheme][digest], ...parameter }, input: (data) => data },
    { mechanism: { mechanism: plain[scheme].mechanism, ...parameter }, input: hashed },
  ]
  if (key.type === 'rsa' || key.type === 'rsa-pss') {
    const encode = scheme === 'rsa-pss' ? encodePss : encodePkcs1
    const input = (data: Uint8Array) => encode(digest, hash(data), key.bits)
    ways.push({ mechanism: { mechanism: pkcs11.CKM_RSA_X_509 }, input })
  }
  const [first, ...rest] = ways.filter(({ mechanism }) => offered.includes(mechanism.mechanism))
  if (first === undefined) return refuse('mechanism-missing', { mechanism: plain[scheme].name })
  return accept([first, ...rest])
}

/** ECDSA uses no more bits of the hash than the curve's order has, and some tokens take no more (FIPS 186-5 6.4.1). */
const longestHash = (key: Certificate['key']): number =>
  key.type === 'ec' ? { 'P-256': 32, 'P-384': 48, 'P-521': 66 }[key.curve] : Number.POSITIVE_INFINITY
