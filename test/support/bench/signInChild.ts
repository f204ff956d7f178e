import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { extendFile } from '../../../src/signing/extendFile.ts'
import { signFile } from '../../../src/signing/signFile.ts'
import { stampAppendix } from '../../../src/signing/stampPdf.ts'
import { openDriver } from '../../../src/signing/tokens/pkcs11/driver.ts'
import { reportToParent } from './child.ts'

/** What the child is told: what to do so many times, and with which token. */
export interface SignInChild {
  readonly kind: 'sign' | 'stamp' | 'read-and-hash'
  readonly from: string
  readonly to: string
  /** Signed first, so that programs and fonts are loaded. */
  readonly warmUp: string
  readonly module: string
  readonly serial: string
  readonly pin: string
  readonly times: number
}

reportToParent<SignInChild>(async ({ kind, from, to, warmUp, module, serial, pin, times }) => {
  if (kind === 'read-and-hash') {
    return { times, work: async () => void createHash('sha256').update(readFileSync(from)).digest() }
  }
  if (kind === 'stamp') {
    for (let time = 0; time < 5; time++) await stamp(warmUp, to)
    return { times, work: () => stamp(from, to) }
  }
  const driver = openDriver(module, [module])
  if (!driver.ok) throw new Error(driver.refusal.code)
  const opened = await driver.value.open({ tokenSerial: serial, pin: Buffer.from(pin) })
  if (!opened.ok) throw new Error(opened.refusal.code)
  const signer = opened.value
  const sign = async (file: string): Promise<void> => {
    const { certificate, chain } = signer
    const signed = await signFile(file, to, {
      certificate,
      chain,
      sign: (attributes, algorithm) => signer.sign(attributes, algorithm),
      request: requestFor(certificate.commonName),
    })
    if (!signed.ok) throw new Error(signed.refusal.code)
  }
  for (let time = 0; time < 5; time++) await sign(warmUp)
  return { times, work: () => sign(from) }
})

async function stamp(from: string, to: string): Promise<void> {
  const stamped = await extendFile(from, to, (source) => stampAppendix(source, [receiveStamp]))
  if (!stamped.ok) throw new Error(stamped.refusal.code)
}

const receiveStamp = {
  name: 'stamp:1',
  page: 1,
  place: { x: 400, y: 760, width: 150, height: 60 },
  lines: ['สำนักงานหลักประกันสุขภาพแห่งชาติ', 'เลขรับ ๑๒๓๔/๒๕๖๙', 'วันที่ ๑๖ ก.ย. ๒๕๖๙ เวลา ๐๘.๔๒ น.'],
  fontSize: 12,
  frame: true,
}

const requestFor = (signerName: string) => ({
  fieldName: 'Signature',
  signerName,
  reason: 'ลงนามในหนังสือ',
  signedAt: new Date(),
  marks: [],
})
