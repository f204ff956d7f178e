import pkcs11 from 'pkcs11js'
import { type Certificate, fitForSigning, parseCertificate } from '../../cms/certificate.ts'
import type { PinState, TokenCertificate, TokenDescription } from '../tokenHostProtocol.ts'
import { calling, TokenFault } from './faults.ts'

/** A slot with a token in it. */
export interface TokenSlot {
  readonly slot: pkcs11.Handle
  readonly info: pkcs11.TokenInfo
  /**
   * The token's serial number as shown to people and used in requests. A card with several PINs is shown as several
   * tokens with one serial number, and some drivers have none: then the label, and at need a number, stands behind it.
   */
  readonly serial: string
}

/** A certificate object on a token. */
export interface CertificateObject {
  readonly label: string
  /** CKA_ID, which its private key shares. */
  readonly keyId: Buffer
  readonly certificate: Certificate
}

/** The slots that hold a token; a slot whose token cannot be asked is left out, so that the others can be used. */
export function tokenSlots(driver: pkcs11.PKCS11): TokenSlot[] {
  const slots = calling(() => driver.C_GetSlotList(true)).flatMap((slot) => {
    const info = unlessFault(() => driver.C_GetTokenInfo(slot))
    const isUsable = info !== undefined && (info.flags & pkcs11.CKF_TOKEN_INITIALIZED) !== 0
    return isUsable ? [{ slot, info, serial: padded(info.serialNumber) }] : []
  })
  return numberTwins(withLabels(slots))
}

/** Tokens of one serial number are told apart by their labels. */
const withLabels = (slots: readonly TokenSlot[]): TokenSlot[] =>
  slots.map((token) => {
    const isAlone = slots.every(({ slot, serial }) => slot === token.slot || serial !== token.serial)
    return isAlone ? token : { ...token, serial: `${token.serial} (${padded(token.info.label)})` }
  })

/** Tokens that nothing else tells apart are so by the order of their slots. */
const numberTwins = (slots: readonly TokenSlot[]): TokenSlot[] =>
  slots.map((token, index) => {
    const earlier = slots.slice(0, index).filter(({ serial }) => serial === token.serial).length
    return earlier === 0 ? token : { ...token, serial: `${token.serial} ${earlier + 1}` }
  })

/** Whether both are the same hardware, which a second driver may show under the bare serial number. */
export const isSameHardware = (serial: string, other: string): boolean =>
  serial === other || serial.startsWith(`${other} (`) || other.startsWith(`${serial} (`)

/** PKCS #11 pads its texts with blanks, some drivers with zeroes. */
const padded = (text: string): string => text.replace(/[\s\0]+$/, '')

/** What the token's flags say about the PIN (PKCS #11 v2.40, CK_TOKEN_INFO). */
export function pinStateOf({ flags }: pkcs11.TokenInfo): PinState {
  if ((flags & pkcs11.CKF_USER_PIN_LOCKED) !== 0) return 'locked'
  if ((flags & pkcs11.CKF_USER_PIN_INITIALIZED) === 0) return 'not-initialised'
  if ((flags & pkcs11.CKF_USER_PIN_FINAL_TRY) !== 0) return 'final-try'
  return (flags & pkcs11.CKF_USER_PIN_COUNT_LOW) === 0 ? 'ok' : 'low'
}

/** Whether the PIN is typed on the reader. */
export const hasProtectedPath = ({ flags }: pkcs11.TokenInfo): boolean =>
  (flags & pkcs11.CKF_PROTECTED_AUTHENTICATION_PATH) !== 0

/** The value, or undefined when the driver returns a fault. */
function unlessFault<Value>(call: () => Value): Value | undefined {
  try {
    return calling(call)
  } catch (error) {
    if (error instanceof TokenFault) return undefined
    throw error
  }
}

/** Opens a read-only session. */
export const openSession = (driver: pkcs11.PKCS11, slot: pkcs11.Handle): pkcs11.Handle =>
  calling(() => driver.C_OpenSession(slot, pkcs11.CKF_SERIAL_SESSION))

/** Runs `work` in a read-only session and closes it, whatever happens. */
async function inSession<Value>(
  driver: pkcs11.PKCS11,
  slot: pkcs11.Handle,
  work: (session: pkcs11.Handle) => Value | Promise<Value>,
): Promise<Value> {
  const session = openSession(driver, slot)
  try {
    return await work(session)
  } finally {
    attempt(() => driver.C_CloseSession(session))
  }
}

/** Runs a clean-up call whose failure changes nothing: the token may be gone by then. */
export function attempt(call: () => void): void {
  unlessFault(call)
}

/** Most objects of one kind that are looked at on a token. */
const mostObjects = 64

/** The objects that match the template. Some drivers return fewer at a time than they are asked for. */
export function findObjects(
  driver: pkcs11.PKCS11,
  session: pkcs11.Handle,
  template: pkcs11.Template,
): pkcs11.Handle[] {
  calling(() => driver.C_FindObjectsInit(session, template))
  try {
    const found: pkcs11.Handle[] = []
    while (found.length < mostObjects) {
      const more = calling(() => driver.C_FindObjects(session, mostObjects - found.length))
      if (more.length === 0) break
      found.push(...more)
    }
    return found
  } finally {
    attempt(() => driver.C_FindObjectsFinal(session))
  }
}

/** The X.509 certificates that the session may see; what is not a certificate is left out. */
export function certificateObjects(driver: pkcs11.PKCS11, session: pkcs11.Handle): CertificateObject[] {
  const found = findObjects(driver, session, [
    { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_CERTIFICATE },
    { type: pkcs11.CKA_CERTIFICATE_TYPE, value: pkcs11.CKC_X_509 },
  ])
  return found.flatMap((object) => {
    const value = attributeOf(driver, session, object, pkcs11.CKA_VALUE)
    const certificate = value && parseCertificate(value)
    if (certificate === undefined) return []
    const keyId = attributeOf(driver, session, object, pkcs11.CKA_ID) ?? Buffer.alloc(0)
    const label = attributeOf(driver, session, object, pkcs11.CKA_LABEL)?.toString('utf8') ?? ''
    return [{ certificate, keyId, label: padded(label) }]
  })
}

/** An object's attribute; undefined when it has none such. Asked for one by one: one that is missing spoils all. */
function attributeOf(
  driver: pkcs11.PKCS11,
  session: pkcs11.Handle,
  object: pkcs11.Handle,
  type: number,
): Buffer | undefined {
  try {
    return calling(() => driver.C_GetAttributeValue(session, object, [{ type }]))[0]?.value
  } catch (error) {
    if (error instanceof TokenFault && error.returned.startsWith('CKR_ATTRIBUTE_')) return undefined
    throw error
  }
}

/** Those of people, who sign. */
export const signersAmong = (objects: readonly CertificateObject[]): CertificateObject[] =>
  objects.filter(({ certificate }) => !certificate.isAuthority)

/** Those of authorities. */
export const authoritiesAmong = (objects: readonly CertificateObject[]): CertificateObject[] =>
  objects.filter(({ certificate }) => certificate.isAuthority)

/** Whether a signer's certificate, if there is any, is shown only after the login (CKA_PRIVATE). */
export const hidesCertificates = (visible: readonly CertificateObject[]): boolean =>
  signersAmong(visible).length === 0

/** Describes a token and its certificates without a PIN. `at` decides which certificates are fit for signing. */
export async function describeToken(
  driver: pkcs11.PKCS11,
  module: string,
  { slot, info, serial }: TokenSlot,
  at: Date,
): Promise<TokenDescription> {
  const objects = await inSession(driver, slot, (session) => certificateObjects(driver, session))
  return {
    serial,
    label: padded(info.label),
    manufacturer: padded(info.manufacturerID),
    model: padded(info.model),
    module,
    pinState: pinStateOf(info),
    protectedPath: hasProtectedPath(info),
    pinMinimum: info.minPinLen,
    pinMaximum: info.maxPinLen,
    certificates: signersAmong(objects).map((object) => describeCertificate(object, at)),
    certificatesNeedPin: hidesCertificates(objects),
    chain: authoritiesAmong(objects).map(({ certificate }) => certificate.der),
  }
}

function describeCertificate({ certificate, label }: CertificateObject, at: Date): TokenCertificate {
  const fitness = fitForSigning(certificate, at)
  return {
    id: certificate.fingerprint,
    label,
    der: certificate.der,
    commonName: certificate.commonName,
    ...(certificate.email === undefined ? {} : { email: certificate.email }),
    issuerCommonName: certificate.issuerCommonName,
    serial: certificate.serial,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    keyType: certificate.key.type,
    ...(fitness.ok ? {} : { unfit: fitness.refusal }),
  }
}
