import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pkcs11 from 'pkcs11js'
import type { SignatureRequest } from '../../src/pdf/signature/signatureRevision.ts'
import { signBatch } from '../../src/signing/batch.ts'
import type { Certificate } from '../../src/signing/cms/certificate.ts'
import { signFile } from '../../src/signing/signFile.ts'
import { openDriver } from '../../src/signing/tokens/pkcs11/driver.ts'
import { inChild } from '../support/bench/child.ts'
import { letterFile, taggedReport, writeScan } from '../support/bench/files.ts'
import { median, rounded, timed } from '../support/bench/measure.ts'
import type { SignInChild } from '../support/bench/signInChild.ts'
import { createTestPki, type Issued } from '../support/pki/authority.ts'
import { createNssDatabase, importSigner } from '../support/pki/nss.ts'
import { mustRun } from '../support/pki/run.ts'
import { createTokens, type TestTokens } from '../support/pki/tokens.ts'

const letters = 100
const letterBytes = 100_000
/** pdfsig takes so long that a part of the letters tells enough. */
const lettersForPdfsig = 15
const rounds = 3

/** A token with its person, and a folder for the files. */
interface Office {
  readonly folder: string
  readonly person: Issued
  readonly nss: string
  readonly tokens: TestTokens
  readonly pin: string
}

/**
 * Signing. `ratioToRaw`: PAdES B-B of letters of 100 KB, each read from the disk and durably written to it, in a batch
 * with one login, over C_Sign alone on the same token; `visible` is the same with a block that bears a QR code.
 * `ratioToPdfsig`: over poppler's pdfsig, a process for each letter. `large`: a tagged report of 20 MB with 120,000 objects, signed from
 * file to file by a process that has signed before; like all ratios `ratioToReadAndHash` is our speed over that of
 * reading and hashing the file, `timesReadAndHash` the time over the time. Memory is what the process takes above
 * its idle state; `scan` is a scan of 500 MB.
 */
export async function bench(): Promise<Readonly<Record<string, unknown>>> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-sign-'))
  try {
    const office = makeOffice(folder)
    const rates = await measureRates(office)
    return { ...rates, large: await measureLarge(office), scan: await measureScan(office) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function makeOffice(folder: string): Office {
  const pin = '482913'
  const pki = createTestPki(join(folder, 'pki'), [
    { name: 'นายแพทย์ประวิทย์ วงศ์สวัสดิ์', email: 'prawit@nhso.example', key: 'rsa-2048' },
  ])
  const person = pki.people[0]!
  const token = { ...person, label: 'bench', pin, chain: [pki.issuing.certificateDer] }
  const tokens = createTokens(join(folder, 'softhsm'), [token])
  process.env.SOFTHSM2_CONF = tokens.env.SOFTHSM2_CONF
  const nss = createNssDatabase(join(folder, 'nss'), pki.root.certificatePem)
  importSigner(nss, person, 'bench')
  for (const part of ['in', 'out']) mkdirSync(join(folder, part))
  for (let letter = 0; letter < letters; letter++) {
    writeFileSync(join(folder, 'in', `${letter}.pdf`), letterFile(letterBytes, String(letter)))
  }
  return { folder, person, nss, tokens, pin }
}

async function measureRates(office: Office) {
  const raw: number[] = []
  const plain: number[] = []
  const visible: number[] = []
  for (const look of ['plain', 'visible'] as const) await signLetters(office, look)
  // By turns, so that whatever else the machine does meets all.
  for (let round = 0; round < rounds; round++) {
    raw.push(rawRate(office))
    plain.push(await signLetters(office, 'plain'))
    visible.push(await signLetters(office, 'visible'))
  }
  const pdfsig = await pdfsigRate(office)
  const toRaw = (rates: readonly number[]): number =>
    rounded(median(rates.map((rate, round) => rate / raw[round]!)))
  return {
    ratioToRaw: toRaw(plain),
    ratioToPdfsig: rounded(median(plain) / pdfsig),
    visible: { ratioToRaw: toRaw(visible), ratioToPdfsig: rounded(median(visible) / pdfsig) },
    perSecond: { raw: rounded(median(raw)), ours: rounded(median(plain)), pdfsig: rounded(pdfsig) },
  }
}

/** C_Sign over 200 bytes, in signatures each second. */
function rawRate({ tokens, pin }: Office): number {
  const count = 400
  const driver = new pkcs11.PKCS11()
  driver.load(tokens.module)
  driver.C_Initialize({ flags: pkcs11.CKF_OS_LOCKING_OK })
  try {
    const [slot] = driver.C_GetSlotList(true)
    const session = driver.C_OpenSession(slot!, pkcs11.CKF_SERIAL_SESSION)
    driver.C_Login(session, pkcs11.CKU_USER, pin)
    driver.C_FindObjectsInit(session, [{ type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PRIVATE_KEY }])
    const [key] = driver.C_FindObjects(session, 1)
    driver.C_FindObjectsFinal(session)
    const start = performance.now()
    for (let signature = 0; signature < count; signature++) {
      driver.C_SignInit(session, { mechanism: pkcs11.CKM_SHA256_RSA_PKCS }, key!)
      driver.C_Sign(session, Buffer.alloc(200, signature), Buffer.alloc(256))
    }
    return (1000 * count) / (performance.now() - start)
  } finally {
    driver.C_Finalize()
    driver.close()
  }
}

/** Signs all letters into a new folder; returns how many a second. */
async function signLetters({ folder, tokens, pin }: Office, look: 'plain' | 'visible'): Promise<number> {
  const out = mkdtempSync(join(folder, 'out-'))
  const driver = openDriver(tokens.module, [tokens.module])
  if (!driver.ok) throw new Error(driver.refusal.code)
  const [report, seconds] = await timed(() =>
    signBatch<string, unknown>({
      documents: Array.from({ length: letters }, (_, letter) => `${letter}.pdf`),
      nameOf: (name) => name,
      open: () => driver.value.open({ tokenSerial: tokens.tokens[0]!.serial, pin: Buffer.from(pin) }),
      sign: (name, signer) =>
        signFile(join(folder, 'in', name), join(out, name), {
          ...signer,
          request: requestFor(signer.certificate, name, look),
        }),
    }),
  )
  driver.value.close()
  if (report.done.size !== letters) throw new Error(JSON.stringify(report.results.slice(0, 2)))
  return letters / seconds
}

function requestFor(
  { commonName, serial }: Certificate,
  name: string,
  look: 'plain' | 'visible',
): SignatureRequest {
  const signedAt = new Date()
  const plain = {
    fieldName: 'Signature',
    signerName: commonName,
    reason: 'ลงนามในหนังสือ',
    signedAt,
    marks: [],
  }
  if (look === 'plain') return plain
  return {
    ...plain,
    block: {
      page: 1,
      place: { x: 300, y: 120, width: 230, height: 64 },
      lines: [commonName, 'ผู้อำนวยการสำนักกฎหมาย', 'ลงลายมือชื่อดิจิทัล · ใบรับรอง 0D 8F 2A 88', '๑๖ กันยายน ๒๕๖๙'],
      qr: [`สปสช ๕.๓๐/${name}`, commonName, serial, signedAt.toISOString()].join('\n'),
    },
  }
}

async function pdfsigRate({ folder, nss }: Office): Promise<number> {
  const [, seconds] = await timed(() => {
    for (let letter = 0; letter < lettersForPdfsig; letter++) {
      const [from, to] = [join(folder, 'in', `${letter}.pdf`), join(folder, 'pdfsig.pdf')]
      mustRun('pdfsig', [from, to, '-add-signature', '-nick', 'bench', '-nss-pwd', '', '-nssdir', nss])
    }
  })
  return lettersForPdfsig / seconds
}

/** How a file is signed by a process of its own, and how long to read and hash it takes another one. */
async function measureFile({ folder, tokens, pin }: Office, file: string, times: number) {
  const script = join(import.meta.dirname, '../support/bench/signInChild.ts')
  const order = {
    from: file,
    to: join(folder, 'out', 'signed.pdf'),
    warmUp: join(folder, 'in', '0.pdf'),
    module: tokens.module,
    serial: tokens.tokens[0]!.serial,
    pin,
    times,
  }
  const signed = await inChild(script, { ...order, kind: 'sign' } satisfies SignInChild, 256)
  const read = await inChild(script, { ...order, kind: 'read-and-hash' } satisfies SignInChild)
  const length = statSync(file).size
  return { signed, read, length, appendedBytes: statSync(order.to).size - length }
}

async function measureLarge(office: Office) {
  const file = join(office.folder, 'report.pdf')
  writeFileSync(file, taggedReport(300, 120_000, 15_600))
  const { signed, read, length } = await measureFile(office, file, 5)
  const [ours, theirs] = [median(signed.seconds), median(read.seconds)]
  return {
    seconds: rounded(ours),
    ratioToReadAndHash: rounded(theirs / ours),
    timesReadAndHash: rounded(ours / theirs),
    peakToSize: rounded(signed.peak / length),
    megabytes: rounded(length / 1e6),
  }
}

async function measureScan(office: Office) {
  const file = join(office.folder, 'scan.pdf')
  writeScan(file, 250, 2_000_000)
  const { signed, length, appendedBytes } = await measureFile(office, file, 1)
  return {
    megabytes: rounded(length / 1e6),
    peakMb: rounded(signed.peak / 1e6),
    seconds: rounded(signed.seconds[0] ?? Number.NaN),
    appendedBytes,
  }
}
