import { accept, type Outcome, refuse } from '../shared/outcome.ts'
import { bangkokDay, bangkokTime, listDate } from '../shared/thai/dates.ts'
import { type Certificate, parseCertificate } from '../signing/certificate.ts'
import { openDriver, type TokenDriver } from '../signing/pkcs11/driver.ts'
import { knownModules } from '../signing/pkcs11/modules.ts'
import { signFile } from '../signing/signFile.ts'
import type { TokenCertificate, TokenDescription } from '../signing/tokenHostProtocol.ts'
import { wantsJson } from './flags.ts'
import { checkOutput } from './outputs.ts'
import { readSignCommand, type SignCommand } from './signOrder.ts'
import { tellRefusal } from './tell.ts'
import { shownName } from './words.ts'

/**
 * `saraban sign FILE --out FILE --module LIB --token LABEL --pin-env NAME …`: signs with a token, PAdES B-B or B-T.
 * SARABAN_PKCS11_MODULE may name a further driver that this computer's administrator allows. Exit codes: 0 signed, 1 refused.
 */
export async function sign(argv: string[]): Promise<number> {
  const json = wantsJson(argv)
  const signed = await run(argv)
  if (!signed.ok) return tellRefusal(signed.refusal, json, 1)
  const { file, signer } = signed.value
  const words = `${signer} ลงนามแล้ว · signed: ${shownName(file)}`
  console.log(json ? JSON.stringify(signed.value) : words)
  return 0
}

interface Signed {
  readonly file: string
  readonly signer: string
  readonly serial: string
  readonly level: 'B-B' | 'B-T'
  readonly signedAt: string
}

async function run(argv: string[]): Promise<Outcome<Signed>> {
  const command = readSignCommand(argv, process.env)
  if (!command.ok) return command
  const free = await checkOutput({ from: command.value.file, to: command.value.out, replaces: true })
  if (!free.ok) return free
  const addition = process.env.SARABAN_PKCS11_MODULE
  const allowed = knownModules(process.platform, addition ? [addition] : [])
  const driver = openDriver(command.value.module, allowed)
  if (!driver.ok) return driver
  try {
    return await signWith(driver.value, command.value)
  } finally {
    driver.value.close()
  }
}

async function signWith(driver: TokenDriver, command: SignCommand): Promise<Outcome<Signed>> {
  const token = await findToken(driver, command.token)
  if (!token.ok) return token
  const chosen = chooseCertificate(token.value.certificates, command.key)
  if (!chosen.ok) return chosen
  const certificate = parseCertificate(chosen.value.der)
  if (certificate === undefined) return refuse('certificate-missing')
  const signedAt = new Date()
  const signed = await signFile(command.file, command.out, {
    certificate,
    chain: token.value.chain,
    ...(command.timestampService === undefined
      ? {}
      : { timestampServices: [{ url: command.timestampService }] }),
    request: {
      fieldName: 'Signature',
      signerName: certificate.commonName,
      reason: 'ลงนามในหนังสือ',
      signedAt,
      marks: [],
      ...(command.block === undefined
        ? {}
        : { block: { ...command.block, lines: linesOf(certificate, signedAt) } }),
    },
    sign: async (attributes) => {
      const batch = await driver.sign({
        tokenSerial: token.value.serial,
        certificateId: certificate.fingerprint,
        pin: command.pin,
        data: [attributes],
      })
      return batch.ok ? accept(batch.value.signatures[0]!) : batch
    },
  })
  if (!signed.ok) return signed
  return accept({
    file: command.out,
    signer: certificate.commonName,
    serial: certificate.serial,
    level: command.timestampService === undefined ? 'B-B' : 'B-T',
    signedAt: signedAt.toISOString(),
  })
}

async function findToken(driver: TokenDriver, name: string): Promise<Outcome<TokenDescription>> {
  const tokens = await driver.tokens()
  if (!tokens.ok) return tokens
  const [token, another] = tokens.value.filter(({ label, serial }) => label === name || serial === name)
  if (token === undefined) return refuse('token-absent')
  return another === undefined ? accept(token) : refuse('token-ambiguous', { token: name })
}

/** The certificate with the label, or the only one that is fit; an only certificate that is unfit says why. */
function chooseCertificate(
  certificates: readonly TokenCertificate[],
  label: string | undefined,
): Outcome<TokenCertificate> {
  const named = label === undefined ? certificates : certificates.filter((found) => found.label === label)
  const fit = named.filter(({ unfit }) => unfit === undefined)
  const [certificate, another] = fit.length === 0 ? named : fit
  if (certificate === undefined) return refuse('certificate-missing')
  if (another !== undefined) return refuse(fit.length === 0 ? 'certificate-missing' : 'certificate-ambiguous')
  return certificate.unfit === undefined ? accept(certificate) : { ok: false, refusal: certificate.unfit }
}

function linesOf({ commonName }: Certificate, at: Date): string[] {
  const instant = at.toISOString()
  return [`(${commonName})`, `ลงนาม ${listDate(bangkokDay(instant))} ${bangkokTime(instant)}`]
}
