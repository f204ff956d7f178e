import { createHash, verify } from 'node:crypto'
import pkcs11 from 'pkcs11js'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { digestAlgorithmFor } from '../cades.ts'
import type { Certificate } from '../certificate.ts'
import { nullValue, objectIdentifier, octetString, sequence } from '../der.ts'
import { digestIdentifiers } from '../identifiers.ts'
import type { SignedBatch, SignOrder } from '../tokenHostProtocol.ts'
import { asFault, calling, refusalFor, TokenFault } from './faults.ts'
import { confirmWithPin, logIn } from './login.ts'
import {
  attempt,
  type CertificateObject,
  certificateObjects,
  findObjects,
  inSession,
  type TokenSlot,
} from './tokens.ts'

/**
 * Logs in once, signs each of the data with the certificate's key, logs out. Refuses what logIn refuses, and
 * certificate-missing, key-missing, mechanism-missing, token-removed, token-failed. A fault after the first
 * signature returns those made, with the reason why it stopped.
 */
export async function signWithToken(
  driver: pkcs11.PKCS11,
  token: TokenSlot,
  order: SignOrder,
  onSigned: (index: number) => void = () => undefined,
): Promise<Outcome<SignedBatch>> {
  return await inSession(driver, token.slot, async (session) => {
    const found = certificateObjects(driver, session).find(
      ({ certificate }) => certificate.fingerprint === order.certificateId,
    )
    if (found === undefined) return refuse('certificate-missing')
    const mechanism = chooseMechanism(driver, token.slot, found.certificate)
    if (!mechanism.ok) return mechanism
    const login = logIn(driver, token, session, order.pin)
    if (!login.ok) return login
    try {
      const key = findPrivateKey(driver, session, found)
      if (key === undefined) return refuse('key-missing')
      const signer = { driver, session, key, mechanism: mechanism.value, certificate: found.certificate }
      return await signEach(signer, order, onSigned)
    } finally {
      attempt(() => driver.C_Logout(session))
    }
  })
}

interface Signer {
  readonly driver: pkcs11.PKCS11
  readonly session: pkcs11.Handle
  readonly key: pkcs11.Handle
  readonly mechanism: SigningMechanism
  readonly certificate: Certificate
}

async function signEach(
  signer: Signer,
  { pin, data }: SignOrder,
  onSigned: (index: number) => void,
): Promise<Outcome<SignedBatch>> {
  const signatures: Uint8Array[] = []
  const confirms = alwaysAuthenticates(signer)
  for (const [index, bytes] of data.entries()) {
    try {
      signatures.push(await signOne(signer, bytes, confirms ? pin : undefined))
    } catch (error) {
      if (!(error instanceof TokenFault)) throw error
      // The token was there at login, so it has been pulled out since.
      const refusal = refusalFor(error)
      const stoppedBy = refusal.code === 'token-absent' ? ({ code: 'token-removed' } as const) : refusal
      return index === 0 ? { ok: false, refusal: stoppedBy } : accept({ signatures, stoppedBy })
    }
    onSigned(index)
  }
  return accept({ signatures })
}

/** How a kind of key signs: the PKCS #11 mechanism and what it is given. */
interface SigningMechanism {
  readonly mechanism: number
  readonly input: (data: Uint8Array) => Uint8Array
}

/** RSA hashes on the token where it can, or else gets a DigestInfo (RFC 8017 9.2); ECDSA always gets the hash. */
function chooseMechanism(
  driver: pkcs11.PKCS11,
  slot: pkcs11.Handle,
  certificate: Certificate,
): Outcome<SigningMechanism> {
  const available = calling(() => driver.C_GetMechanismList(slot))
  const algorithm = digestAlgorithmFor(certificate)
  const hash = (data: Uint8Array): Uint8Array => createHash(algorithm).update(data).digest()
  if (certificate.key.type === 'ec') {
    if (!available.includes(pkcs11.CKM_ECDSA)) return refuse('mechanism-missing', { mechanism: 'CKM_ECDSA' })
    return accept({ mechanism: pkcs11.CKM_ECDSA, input: hash })
  }
  if (available.includes(pkcs11.CKM_SHA256_RSA_PKCS)) {
    return accept({ mechanism: pkcs11.CKM_SHA256_RSA_PKCS, input: (data) => data })
  }
  if (!available.includes(pkcs11.CKM_RSA_PKCS)) {
    return refuse('mechanism-missing', { mechanism: 'CKM_RSA_PKCS' })
  }
  const algorithmIdentifier = sequence(objectIdentifier(digestIdentifiers[algorithm].digest), nullValue)
  return accept({
    mechanism: pkcs11.CKM_RSA_PKCS,
    input: (data) => sequence(algorithmIdentifier, octetString(hash(data))),
  })
}

/** By CKA_ID, which links key and certificate (PKCS #11 v2.40, 4.6), or else by the label that both bear. */
function findPrivateKey(
  driver: pkcs11.PKCS11,
  session: pkcs11.Handle,
  { certificate, keyId, label }: CertificateObject,
): pkcs11.Handle | undefined {
  const kind = [
    { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PRIVATE_KEY },
    { type: pkcs11.CKA_KEY_TYPE, value: certificate.key.type === 'ec' ? pkcs11.CKK_EC : pkcs11.CKK_RSA },
  ]
  const [byId] =
    keyId.length === 0 ? [] : findObjects(driver, session, [...kind, { type: pkcs11.CKA_ID, value: keyId }])
  if (byId !== undefined || label === '') return byId
  return findObjects(driver, session, [...kind, { type: pkcs11.CKA_LABEL, value: label }])[0]
}

function alwaysAuthenticates({ driver, session, key }: Signer): boolean {
  try {
    const template = [{ type: pkcs11.CKA_ALWAYS_AUTHENTICATE }]
    const [attribute] = calling(() => driver.C_GetAttributeValue(session, key, template))
    return attribute?.value[0] === 1
  } catch (error) {
    // Older drivers do not know the attribute.
    if (error instanceof TokenFault) return false
    throw error
  }
}

/** Room for the signature of an RSA key of 8192 bits. */
const longestSignature = 1024

async function signOne(signer: Signer, data: Uint8Array, pin: Uint8Array | undefined): Promise<Uint8Array> {
  const { driver, session, key, mechanism, certificate } = signer
  calling(() => driver.C_SignInit(session, { mechanism: mechanism.mechanism }, key))
  if (pin !== undefined) confirmWithPin(driver, session, pin)
  const input = Buffer.from(mechanism.input(data))
  const signature = await driver
    .C_SignAsync(session, input, Buffer.alloc(longestSignature))
    .catch((error: unknown) => Promise.reject(asFault(error)))
  const made = Uint8Array.from(signature)
  const publicKey = { key: certificate.x509.publicKey, dsaEncoding: 'ieee-p1363' } as const
  // The key shares the certificate's id but is not its pair: better told now than by the reader of the letter.
  if (!verify(digestAlgorithmFor(certificate), data, publicKey, made)) {
    throw new TokenFault('CKR_SIGNATURE_INVALID')
  }
  return made
}
