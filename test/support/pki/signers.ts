import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SignatureRequest } from '../../../src/pdf/signature/signatureRevision.ts'
import { withAppended } from '../../../src/pdf/structure/append.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import { defaultAlgorithm } from '../../../src/signing/cms/algorithm.ts'
import { type Certificate, parseCertificate } from '../../../src/signing/cms/certificate.ts'
import { beginSignature, finishSignature, signPdf } from '../../../src/signing/signPdf.ts'
import { openDriver, type TokenDriver } from '../../../src/signing/tokens/pkcs11/driver.ts'
import { createTestPki, type PersonAsked, type TestPki } from './authority.ts'
import { createNssDatabase } from './nss.ts'
import { createTokens, type TestTokens } from './tokens.ts'

/** People with tokens in a temporary folder, and a root that judges trust. Person n has the PIN `PIN`. */
export interface Signers {
  readonly directory: string
  readonly pki: TestPki
  readonly tokens: TestTokens
  readonly nssDirectory: string
  /** The root certificate, PEM. */
  readonly root: Uint8Array
  /**
   * Signs as person number `index` (from 0) with the token; unset parts of the request have plain defaults. With a
   * service's address it is time-stamped; a token in its place is put in as it is.
   */
  sign(
    bytes: Uint8Array,
    index: number,
    request?: Partial<SignatureRequest>,
    timestamp?: string | Uint8Array,
  ): Promise<Outcome<Uint8Array>>
  /** The token's signature over attributes made by hand. */
  signAttributes(attributes: Uint8Array, index: number): Promise<Uint8Array>
  certificate(index: number): Certificate
  /** The issuing authority's certificate, DER. */
  readonly chain: readonly Uint8Array[]
  /** Writes bytes to a file of the folder and returns its path. */
  save(name: string, bytes: Uint8Array): string
  /** Closes the driver and removes the folder. */
  close(): void
}

/** The PIN of every token made by createSigners. */
export const signersPin = '482913'

/** Makes a hierarchy, one SoftHSM token for each person, and an NSS database that trusts the root. */
export function createSigners(people: readonly PersonAsked[]): Signers {
  const directory = mkdtempSync(join(tmpdir(), 'signers-'))
  const pki = createTestPki(join(directory, 'pki'), people)
  const tokens = createTokens(
    join(directory, 'softhsm'),
    pki.people.map((person, index) => ({
      ...person,
      label: `token-${index + 1}`,
      pin: signersPin,
      chain: [pki.issuing.certificateDer],
    })),
  )
  const certificate = (index: number): Certificate =>
    parseCertificate(readFileSync(pki.people[index]!.certificateDer))!
  const chain = [readFileSync(pki.issuing.certificateDer)]
  let driver: TokenDriver | undefined
  const open = (): TokenDriver => {
    if (driver !== undefined) return driver
    process.env.SOFTHSM2_CONF = tokens.env.SOFTHSM2_CONF
    const opened = openDriver(tokens.module, [tokens.module])
    if (!opened.ok) throw new Error(opened.refusal.code)
    driver = opened.value
    return driver
  }
  const signWithToken = async (
    attributes: Uint8Array,
    index: number,
    algorithm = defaultAlgorithm(certificate(index)),
  ): Promise<Outcome<Uint8Array>> => {
    const tokenSerial = tokens.tokens[index]!.serial
    const certificateId = certificate(index).fingerprint
    const signer = await open().open({ tokenSerial, certificateId, pin: Buffer.from(signersPin) })
    if (!signer.ok) return signer
    const signature = await signer.value.sign(attributes, algorithm)
    await signer.value.close()
    return signature
  }
  return {
    directory,
    pki,
    tokens,
    nssDirectory: createNssDatabase(join(directory, 'nss'), pki.root.certificatePem),
    root: readFileSync(pki.root.certificatePem),
    certificate,
    chain,
    sign: async (bytes, index, request = {}, timestamp = undefined) => {
      const signer = certificate(index)
      const whole = { ...plainRequest(signer), ...request }
      if (timestamp instanceof Uint8Array) {
        const begun = await beginSignature(bytes, whole, signer)
        if (!begun.ok) return begun
        const signature = await signWithToken(begun.value.attributes, index, begun.value.algorithm)
        if (!signature.ok) return signature
        const appended = finishSignature(begun.value, {
          signature: signature.value,
          certificate: signer,
          chain,
          timestamp,
        })
        return appended.ok ? { ok: true, value: withAppended(bytes, appended.value) } : appended
      }
      return await signPdf(bytes, {
        certificate: signer,
        chain,
        request: whole,
        sign: (attributes, algorithm) => signWithToken(attributes, index, algorithm),
        ...(timestamp === undefined ? {} : { timestampServices: [{ url: timestamp }] }),
      })
    },
    signAttributes: async (attributes, index) => {
      const signature = await signWithToken(attributes, index)
      if (!signature.ok) throw new Error(signature.refusal.code)
      return signature.value
    },
    save: (name, bytes) => {
      const path = join(directory, name)
      writeFileSync(path, bytes)
      return path
    },
    close: () => {
      driver?.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

const plainRequest = ({ commonName }: Certificate): SignatureRequest => ({
  fieldName: 'Signature',
  signerName: commonName,
  reason: 'ลงนามในหนังสือ',
  signedAt: new Date(),
  marks: [],
})
