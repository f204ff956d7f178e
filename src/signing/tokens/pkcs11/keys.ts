import pkcs11 from 'pkcs11js'
import { calling, TokenFault } from './faults.ts'
import { type CertificateObject, findObjects } from './tokens.ts'

/** By CKA_ID, which links key and certificate (PKCS #11 v2.40, 4.6), or else by the label that both bear. */
export function findPrivateKey(
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

/** Whether the key asks for the PIN at each signature (CKA_ALWAYS_AUTHENTICATE). */
export function alwaysAuthenticates(
  driver: pkcs11.PKCS11,
  session: pkcs11.Handle,
  key: pkcs11.Handle,
): boolean {
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
