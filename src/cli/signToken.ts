import { accept, type Outcome, refuse } from '../shared/outcome.ts'
import type { SignatureAlgorithm } from '../signing/cms/algorithm.ts'
import { type Certificate, parseCertificate } from '../signing/cms/certificate.ts'
import { openDriver } from '../signing/tokens/pkcs11/driver.ts'
import { knownModules } from '../signing/tokens/pkcs11/modules.ts'
import { OpenDrivers } from '../signing/tokens/pkcs11/openDrivers.ts'
import type { OpenOrder, TokenCertificate, TokenDescription } from '../signing/tokens/tokenHostProtocol.ts'
import type { TokenSigner } from '../signing/tokens/tokenSigner.ts'

/** The tokens that are plugged in, through one driver or through all that are known. */
interface Tokens {
  tokens(): Promise<Outcome<TokenDescription[]>>
  open(order: OpenOrder): Promise<Outcome<TokenSigner>>
  close(): void
}

/** A token that shall sign, before its PIN was asked for. */
export interface ChosenToken {
  readonly token: TokenDescription
  /** Undefined when the token shows its certificates only after the PIN. */
  readonly certificate: Certificate | undefined
  /** Opens it with the PIN, which is undefined when it is typed on the reader; see TokenDriver.open. */
  readonly open: (
    pin: Uint8Array | undefined,
    algorithm: SignatureAlgorithm | undefined,
  ) => Promise<Outcome<TokenSigner>>
}

/** What names the token. */
export interface TokenNames {
  /** Path of the driver; all that are known are tried when absent. */
  readonly module?: string
  /** Label or serial number; needed only where several are plugged in. */
  readonly token?: string
  /** Label of the certificate; absent when the token's only fit one is meant. */
  readonly key?: string
}

/**
 * Finds the token and its certificate and hands them to `work`; the driver is closed afterwards. The environment's
 * SARABAN_PKCS11_MODULE may name a further driver that this computer's administrator allows. Refuses what openDriver
 * refuses, token-absent, token-ambiguous, certificate-missing, certificate-ambiguous, and why a certificate is unfit.
 */
export async function withToken<Value>(
  names: TokenNames,
  work: (chosen: ChosenToken) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const addition = process.env.SARABAN_PKCS11_MODULE
  const allowed = knownModules(process.platform, addition ? [addition] : [])
  const tokens = openTokens(names.module, allowed)
  if (!tokens.ok) return tokens
  try {
    const found = await findToken(tokens.value, names.token)
    if (!found.ok) return found
    const token = found.value
    const chosen = chooseCertificate(token, names.key)
    if (!chosen.ok) return chosen
    const id = chosen.value?.id
    const open: ChosenToken['open'] = (pin, algorithm) =>
      tokens.value.open({
        tokenSerial: token.serial,
        ...(pin === undefined ? {} : { pin }),
        ...(algorithm === undefined ? {} : { algorithm }),
        ...(id === undefined ? {} : { certificateId: id }),
      })
    const certificate = chosen.value && parseCertificate(chosen.value.der)
    return await work({ token, certificate, open })
  } finally {
    tokens.value.close()
  }
}

function openTokens(module: string | undefined, allowed: readonly string[]): Outcome<Tokens> {
  if (module !== undefined) return openDriver(module, allowed)
  return accept(new OpenDrivers(allowed))
}

async function findToken(tokens: Tokens, name: string | undefined): Promise<Outcome<TokenDescription>> {
  const found = await tokens.tokens()
  if (!found.ok) return found
  const meant = found.value.filter(
    ({ label, serial }) => name === undefined || label === name || serial === name,
  )
  const [token, another] = meant
  if (token === undefined) return refuse('token-absent')
  if (another === undefined) return accept(token)
  return refuse('token-ambiguous', { token: name ?? meant.map(({ label }) => label).join(', ') })
}

/** The certificate with the label, or the only one that is fit; an only certificate that is unfit says why. */
function chooseCertificate(
  { certificates, certificatesNeedPin }: TokenDescription,
  label: string | undefined,
): Outcome<TokenCertificate | undefined> {
  if (certificatesNeedPin) return accept(undefined)
  const named = label === undefined ? certificates : certificates.filter((found) => found.label === label)
  const fit = named.filter(({ unfit }) => unfit === undefined)
  const [certificate, another] = fit.length === 0 ? named : fit
  if (certificate === undefined) return refuse('certificate-missing')
  if (another !== undefined) return refuse(fit.length === 0 ? 'certificate-missing' : 'certificate-ambiguous')
  return certificate.unfit === undefined ? accept(certificate) : { ok: false, refusal: certificate.unfit }
}
