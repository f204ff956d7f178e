import { verify } from 'node:crypto'
import type pkcs11 from 'pkcs11js'
import { accept, type Outcome, type Refusal, refuse } from '../../../shared/outcome.ts'
import { defaultAlgorithm, keyOptions, type SignatureAlgorithm } from '../../cms/algorithm.ts'
import type { Certificate } from '../../cms/certificate.ts'
import type { OpenOrder } from '../tokenHostProtocol.ts'
import type { TokenSigner } from '../tokenSigner.ts'
import { chooseCertificate } from './choice.ts'
import { asFault, calling, isUnsuited, refusalFor, TokenFault } from './faults.ts'
import { alwaysAuthenticates, findPrivateKey } from './keys.ts'
import { confirmWithPin, logIn, refusalOfLogin } from './login.ts'
import { mechanismsFor, type SigningMechanism } from './mechanisms.ts'
import {
  attempt,
  authoritiesAmong,
  type CertificateObject,
  certificateObjects,
  hidesCertificates,
  openSession,
  type TokenSlot,
} from './tokens.ts'

/**
 * Logs in and finds the certificate's key. What chooseCertificate and mechanismsFor refuse is refused before the PIN
 * is used, unless the token shows its certificates only after the login; then what logIn refuses, and key-missing. The
 * PIN is overwritten at once or, for a key that asks for it at each signature, when the signer is closed. `released`
 * is called when the token is logged out again, or was not logged in at all.
 */
export function openSigner(
  driver: pkcs11.PKCS11,
  token: TokenSlot,
  order: OpenOrder,
  released: () => void,
): Outcome<TokenSigner> {
  let access: Access | undefined
  let opened: Outcome<TokenSigner> | undefined
  try {
    const session = openSession(driver, token.slot)
    access = { driver, token, session, pin: order.pin, released, isLoggedIn: false }
    opened = openWith(access, order)
    return opened
  } finally {
    if (access === undefined) released()
    else if (opened?.ok !== true) leave(access)
  }
}

/** A session with a token. */
interface Access {
  readonly driver: pkcs11.PKCS11
  readonly token: TokenSlot
  session: pkcs11.Handle
  readonly pin: Uint8Array | undefined
  readonly released: () => void
  isLoggedIn: boolean
}

function leave({ driver, session, pin, released, isLoggedIn }: Access): void {
  released()
  pin?.fill(0)
  if (isLoggedIn) attempt(() => driver.C_Logout(session))
  attempt(() => driver.C_CloseSession(session))
}

function openWith(access: Access, order: OpenOrder): Outcome<TokenSigner> {
  const { driver, token, session, pin } = access
  const offered = calling(() => driver.C_GetMechanismList(token.slot))
  const choose = (objects: readonly CertificateObject[]): Outcome<CertificateObject> => {
    const chosen = chooseCertificate(objects, order)
    if (!chosen.ok) return chosen
    const { certificate } = chosen.value
    const mechanisms = mechanismsFor(order.algorithm ?? defaultAlgorithm(certificate), certificate, offered)
    return mechanisms.ok ? chosen : mechanisms
  }
  const visible = certificateObjects(driver, session)
  const early = hidesCertificates(visible) ? undefined : choose(visible)
  if (early?.ok === false) return early
  const login = logIn(driver, token, session, pin)
  if (!login.ok) return login
  access.isLoggedIn = true
  const objects = early === undefined ? certificateObjects(driver, session) : visible
  const chosen = early ?? choose(objects)
  if (!chosen.ok) return chosen
  const handle = findPrivateKey(driver, session, chosen.value)
  if (handle === undefined) return refuse('key-missing')
  const confirms = alwaysAuthenticates(driver, session, handle)
  if (!confirms) pin?.fill(0)
  return accept(
    new LoggedInSigner(access, {
      certificate: chosen.value.certificate,
      chain: authoritiesAmong(objects).map(({ certificate }) => certificate.der),
      handle,
      confirms,
      offered,
    }),
  )
}

/** A private key on a token, and what goes with it. */
interface TokenKey {
  readonly certificate: Certificate
  readonly chain: readonly Uint8Array[]
  readonly handle: pkcs11.Handle
  /** It asks for the PIN at each signature. */
  readonly confirms: boolean
  /** The token's mechanisms. */
  readonly offered: readonly number[]
}

/** Room for the signature of an RSA key of 8192 bits. */
const longestSignature = 1024

class LoggedInSigner implements TokenSigner {
  readonly certificate: Certificate
  readonly chain: readonly Uint8Array[]
  readonly #access: Access
  readonly #key: TokenKey
  /** Mechanisms that the token lists and then refuses for the key. */
  readonly #unsuited = new Set<number>()
  #latest: Promise<unknown> = Promise.resolve()
  /** Why nothing more is signed. */
  #over: Refusal | undefined

  constructor(access: Access, key: TokenKey) {
    this.certificate = key.certificate
    this.chain = key.chain
    this.#access = access
    this.#key = key
  }

  sign(attributes: Uint8Array, algorithm: SignatureAlgorithm): Promise<Outcome<Uint8Array>> {
    // A session holds one operation: a second call at the same time would break the first.
    const signed = this.#latest.then(() => this.#signNext(attributes, algorithm))
    this.#latest = signed.catch(() => undefined)
    return signed
  }

  async #signNext(attributes: Uint8Array, algorithm: SignatureAlgorithm): Promise<Outcome<Uint8Array>> {
    if (this.#over !== undefined) return { ok: false, refusal: this.#over }
    const mechanisms = mechanismsFor(algorithm, this.certificate, this.#key.offered)
    if (!mechanisms.ok) return mechanisms
    const signed = await this.#sign(attributes, algorithm, mechanisms.value)
    if (!signed.ok) this.#end(signed.refusal)
    return signed
  }

  async close(): Promise<void> {
    await this.#latest
    this.#end({ code: 'token-login-lost' })
  }

  #end(refusal: Refusal): void {
    if (this.#over !== undefined) return
    this.#over = refusal
    leave(this.#access)
  }

  async #sign(
    data: Uint8Array,
    algorithm: SignatureAlgorithm,
    mechanisms: readonly SigningMechanism[],
  ): Promise<Outcome<Uint8Array>> {
    try {
      const mechanism = this.#begin(mechanisms)
      const confirmed = this.#confirm()
      if (!confirmed.ok) return confirmed
      const signature = await this.#finish(mechanism.input(data))
      const key = { key: this.certificate.x509.publicKey, ...keyOptions(algorithm) }
      // The key shares the certificate's id but is not its pair: better told now than by the reader of the letter.
      return verify(algorithm.digest, data, key, signature) ? accept(signature) : refuse('key-missing')
    } catch (error) {
      if (!(error instanceof TokenFault)) throw error
      // The token was there at login, so it has been pulled out since.
      const refusal = refusalFor(error)
      return { ok: false, refusal: refusal.code === 'token-absent' ? { code: 'token-removed' } : refusal }
    }
  }

  /** Begins with the first mechanism that suits the key. */
  #begin(mechanisms: readonly SigningMechanism[]): SigningMechanism {
    const [mechanism, ...others] = mechanisms.filter(
      ({ mechanism: { mechanism } }) => !this.#unsuited.has(mechanism),
    )
    if (mechanism === undefined) throw new TokenFault('CKR_MECHANISM_INVALID')
    try {
      this.#initialise(mechanism)
      return mechanism
    } catch (error) {
      if (others.length === 0 || !(error instanceof TokenFault && isUnsuited(error))) throw error
      this.#unsuited.add(mechanism.mechanism.mechanism)
      return this.#begin(others)
    }
  }

  #initialise({ mechanism }: SigningMechanism): void {
    const { driver, token } = this.#access
    const begin = () => calling(() => driver.C_SignInit(this.#access.session, mechanism, this.#key.handle))
    try {
      begin()
    } catch (error) {
      if (!(error instanceof TokenFault && error.returned === 'CKR_OPERATION_ACTIVE')) throw error
      // An operation that the driver never ended blocks its session. The login outlasts a change of sessions.
      const blocked = this.#access.session
      this.#access.session = openSession(driver, token.slot)
      attempt(() => driver.C_CloseSession(blocked))
      begin()
    }
  }

  #confirm(): Outcome<void> {
    const { driver, token, session, pin } = this.#access
    if (!this.#key.confirms) return accept(undefined)
    try {
      confirmWithPin(driver, token, session, pin)
      return accept(undefined)
    } catch (error) {
      if (!(error instanceof TokenFault)) throw error
      return { ok: false, refusal: refusalOfLogin(driver, token, error) }
    }
  }

  async #finish(input: Uint8Array): Promise<Uint8Array> {
    const { driver, session } = this.#access
    const bytes = Buffer.from(input)
    try {
      return Uint8Array.from(await driver.C_SignAsync(session, bytes, Buffer.alloc(longestSignature)))
    } catch (error) {
      throw asFault(error)
    } finally {
      // Named once more after the call: the binding holds a bare pointer to what the driver reads meanwhile.
      bytes.fill(0)
    }
  }
}
