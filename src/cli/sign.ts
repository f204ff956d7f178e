import type { SignatureRequest } from '../pdf/signature/signatureRevision.ts'
import { joined } from '../pdf/structure/byteSource.ts'
import { accept, type Outcome } from '../shared/outcome.ts'
import { bangkokDay, bangkokTime, listDate } from '../shared/thai/dates.ts'
import { type BatchReport, type BatchResult, type BatchSigner, signBatch } from '../signing/batch.ts'
import { algorithmFor, type SignatureAlgorithm, type WantedAlgorithm } from '../signing/cms/algorithm.ts'
import type { Certificate } from '../signing/cms/certificate.ts'
import { extensionOf } from '../signing/extend.ts'
import { extendFile } from '../signing/extendFile.ts'
import { signedAppendix } from '../signing/signPdf.ts'
import { wantsJson } from './flags.ts'
import { listenForInterruption } from './interruption.ts'
import { checkOutput, type Errand } from './outputs.ts'
import { readPin } from './pin.ts'
import { Report } from './report.ts'
import { signedBefore } from './resume.ts'
import { readSignOrder, type SignatureLook, type SignOrder } from './signOrder.ts'
import { type ChosenToken, withToken } from './signToken.ts'
import { tellRefusal } from './tell.ts'
import { shownName } from './words.ts'

/**
 * `saraban sign FILE… --out FILE | --out-dir DIR [--module LIB] [--token LABEL] [--pin-env NAME | --pin-stdin] …`: signs
 * with a token, PAdES B-B to B-LTA, all files with one entry of the PIN. Exit codes: 0 all signed, 1 one was refused,
 * 130 cancelled.
 */
export async function sign(argv: string[]): Promise<number> {
  const json = wantsJson(argv)
  const order = await readSignOrder(argv, process.env)
  if (!order.ok) return tellRefusal(order.refusal, json, 1)
  const { errands, names } = order.value
  const report = new Report('ลงนาม', errands.length, json)
  const interruption = listenForInterruption()
  const signed = await withToken(names, (chosen) => signAll(chosen, order.value, report, interruption.signal))
  interruption.stop()
  // The token wipes a PIN that it was given; this one may not have come so far.
  if (order.value.pin.kind === 'given') order.value.pin.pin.fill(0)
  if (!signed.ok) return tellRefusal(signed.refusal, json, exitCodeOf(signed.refusal.code))
  return conclude(signed.value, report, json)
}

/** What is told of a file that was signed. */
interface SignedFile {
  readonly file: string
  readonly signer: string
  readonly serial: string
  readonly level: SignOrder['level']
  readonly signedAt: string
}

async function signAll(
  chosen: ChosenToken,
  order: SignOrder,
  report: Report,
  signal: AbortSignal,
): Promise<Outcome<BatchReport<Errand, SignedFile>>> {
  // Asked before anybody types a PIN for nothing.
  const fitting = chosen.certificate && algorithmOf(chosen.certificate, order.algorithm)
  if (fitting?.ok === false) return fitting
  const { errands, resume } = order
  const done =
    resume && chosen.certificate !== undefined
      ? await signedBefore(errands, { ...order, certificate: chosen.certificate })
      : new Set<string>()
  const batch = await signBatch<Errand, SignedFile>({
    documents: errands,
    nameOf: ({ to }) => to,
    done,
    signal,
    open: async () => {
      const pin = await readPin(order.pin, chosen.token, signal)
      if (!pin.ok) return pin
      return await chosen.open(pin.value, fitting?.value)
    },
    sign: async (errand, signer) => {
      const free = await checkOutput(errand)
      return free.ok ? await signOne(errand, signer, order, signal) : free
    },
    onToken: ({ from }) => report.begin(from),
    onResult: (result) => tellResult(result, report),
  })
  return accept(batch)
}

/** Signs one file and raises its signatures to the level that is wanted, in one writing. */
async function signOne(
  { from, to }: Errand,
  signer: BatchSigner,
  { algorithm: wanted, look, level, timestampServices, trust, services }: SignOrder,
  signal: AbortSignal,
): Promise<Outcome<SignedFile>> {
  const { certificate } = signer
  const algorithm = algorithmOf(certificate, wanted)
  if (!algorithm.ok) return algorithm
  const signedAt = new Date()
  const signing = {
    ...signer,
    request: requestOf(look, certificate, signedAt),
    ...(algorithm.value === undefined ? {} : { algorithm: algorithm.value }),
    ...(timestampServices.length === 0 ? {} : { timestampServices }),
  }
  const written = await extendFile(from, to, async (source) => {
    const signed = await signedAppendix(source, signing)
    if (!signed.ok || level === 'B-B' || level === 'B-T') return signed
    const extension = { level, timestampServices, trust, services, signal }
    const raised = await extensionOf(joined(source, signed.value), extension)
    return raised.ok ? accept(Buffer.concat([signed.value, raised.value])) : raised
  })
  if (!written.ok) return written
  const { commonName: name, serial } = certificate
  return accept({ file: to, signer: name, serial, level, signedAt: signedAt.toISOString() })
}

/** Undefined where nothing is wanted: then key and field decide. Refuses algorithm-unfit. */
const algorithmOf = (
  certificate: Certificate,
  wanted: WantedAlgorithm,
): Outcome<SignatureAlgorithm | undefined> =>
  Object.keys(wanted).length === 0 ? accept(undefined) : algorithmFor(certificate, wanted)

function requestOf(look: SignatureLook, certificate: Certificate, signedAt: Date): SignatureRequest {
  const { block, existingField, ...entries } = look
  const instant = signedAt.toISOString()
  const lines = [
    `(${certificate.commonName})`,
    `ลงนาม ${listDate(bangkokDay(instant))} ${bangkokTime(instant)}`,
  ]
  return {
    ...entries,
    fieldName: 'Signature',
    signerName: certificate.commonName,
    signedAt,
    marks: [],
    ...(existingField === undefined ? {} : { existingField: { name: existingField, lines } }),
    ...(block === undefined ? {} : { block: { ...block, lines } }),
  }
}

function tellResult(result: BatchResult<Errand, SignedFile>, report: Report): void {
  if (result.state === 'signed') {
    const { file, signer } = result.result
    report.done({
      result: result.result,
      words: `${shownName(signer)} ลงนามแล้ว · signed: ${shownName(file)}`,
    })
  }
  if (result.state === 'signed-before') {
    const { to } = result.document
    report.done({
      result: { file: to, signedBefore: true },
      words: `ลงนามไว้ก่อนแล้ว · signed before: ${shownName(to)}`,
    })
  }
  if (result.state === 'refused') report.refused(result.refusal, result.document.from)
}

/** Tells why the batch stopped, for each file that it did not come to. */
function conclude(
  { results, stoppedBy, done }: BatchReport<Errand, SignedFile>,
  report: Report,
  json: boolean,
) {
  const counts = { done: done.size, total: results.length }
  const stopped = stoppedBy ?? { code: 'signature-cancelled' }
  if (stoppedBy?.code === 'signature-cancelled') {
    report.end()
    return tellRefusal({ code: 'run-cancelled', detail: counts }, json, 130)
  }
  for (const { document, state } of results) if (state === 'unsigned') report.refused(stopped, document.from)
  report.end(`ลงนาม ${counts.done} จาก ${counts.total} ไฟล์ · ${counts.done} of ${counts.total} files signed`)
  return counts.done === counts.total ? 0 : 1
}

const exitCodeOf = (code: string): number => (code === 'signature-cancelled' ? 130 : 1)
