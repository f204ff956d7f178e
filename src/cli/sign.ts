import type { SignatureRequest } from '../pdf/signatureRevision.ts'
import { accept, type Outcome } from '../shared/outcome.ts'
import { bangkokDay, bangkokTime, listDate } from '../shared/thai/dates.ts'
import { algorithmFor, type SignatureAlgorithm, type WantedAlgorithm } from '../signing/algorithm.ts'
import { type BatchReport, type BatchResult, signBatch } from '../signing/batch.ts'
import type { Certificate } from '../signing/certificate.ts'
import { signFile } from '../signing/signFile.ts'
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
 * with a token, PAdES B-B or B-T, all files with one entry of the PIN. Exit codes: 0 all signed, 1 one was refused,
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
  const algorithm = algorithmOf(chosen.certificate, order.algorithm)
  if (!algorithm.ok) return algorithm
  const { errands, resume, level, timestampServices } = order
  const done =
    resume && chosen.certificate !== undefined
      ? await signedBefore(errands, chosen.certificate, level)
      : new Set<string>()
  const batch = await signBatch<Errand, SignedFile>({
    documents: errands,
    nameOf: ({ to }) => to,
    done,
    signal,
    open: async () => {
      const pin = await readPin(order.pin, chosen.token, signal)
      if (!pin.ok) return pin
      return await chosen.open({
        ...(pin.value === undefined ? {} : { pin: pin.value }),
        ...(algorithm.value === undefined ? {} : { algorithm: algorithm.value }),
      })
    },
    sign: async (errand, signer) => {
      const free = await checkOutput(errand)
      if (!free.ok) return free
      const { certificate } = signer
      const signedAt = new Date()
      const signed = await signFile(errand.from, errand.to, {
        ...signer,
        request: requestOf(order.look, certificate, signedAt),
        ...(algorithm.value === undefined ? {} : { algorithm: algorithm.value }),
        ...(timestampServices === undefined ? {} : { timestampServices }),
      })
      if (!signed.ok) return signed
      const { commonName, serial } = certificate
      return accept({ file: errand.to, signer: commonName, serial, level, signedAt: signedAt.toISOString() })
    },
    onToken: ({ from }) => report.begin(from),
    onResult: (result) => tellResult(result, report),
  })
  return accept(batch)
}

/** Undefined for what the key usually does. Before the certificate is known a key of RSA is taken for granted. */
function algorithmOf(
  certificate: Certificate | undefined,
  wanted: WantedAlgorithm,
): Outcome<SignatureAlgorithm | undefined> {
  if (Object.keys(wanted).length === 0) return accept(undefined)
  if (certificate !== undefined) return algorithmFor(certificate, wanted)
  return accept({ scheme: wanted.pss ? 'rsa-pss' : 'rsa-pkcs1', digest: wanted.digest ?? 'sha256' })
}

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
    report.end('')
    return tellRefusal({ code: 'run-cancelled', detail: counts }, json, 130)
  }
  for (const { document, state } of results) if (state === 'unsigned') report.refused(stopped, document.from)
  report.end(`ลงนาม ${counts.done} จาก ${counts.total} ไฟล์ · ${counts.done} of ${counts.total} files signed`)
  return counts.done === counts.total ? 0 : 1
}

const exitCodeOf = (code: string): number => (code === 'signature-cancelled' ? 130 : 1)
