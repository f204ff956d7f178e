import { type Description, describeFile } from '../pdf/describe.ts'
import { type Inspection, inspect } from '../pdf/inspect.ts'
import type { PermittedChanges } from '../pdf/signature/fieldLock.ts'
import { prepareSignature } from '../pdf/signature/signatureRevision.ts'
import { type ByteSource, firstPart, joined } from '../pdf/structure/byteSource.ts'
import { refusingDamage } from '../pdf/structure/damaged.ts'
import { openToAppend } from '../pdf/structure/openToAppend.ts'
import { accept, type Outcome, type Refusal } from '../shared/outcome.ts'
import { judgeCoverage } from '../signing/verification/coverage.ts'
import { laterChangesOf } from '../signing/verification/laterChanges.ts'
import { eachFile } from './eachFile.ts'
import { readingParts } from './files.ts'
import { readFlags, usage, wantsJson } from './flags.ts'
import { type FileReport, inWords } from './inspectWords.ts'
import { expandPatterns } from './patterns.ts'
import type { Done } from './report.ts'
import { refusalTexts, tellRefusal } from './tell.ts'

/**
 * `saraban inspect FILE… [--json]`: what a file is made of and whether it can be signed. Exit codes: 0 done, 1 one
 * could not be read, 130 cancelled.
 */
export async function inspectFiles(argv: string[]): Promise<number> {
  const json = wantsJson(argv)
  const files = await readFiles(argv)
  if (!files.ok) return tellRefusal(files.refusal, json, 1)
  const course = await eachFile(files.value, (file) => file, { label: 'อ่าน', json }, inspectOne)
  return course.cancelled ? 130 : course.refused === 0 ? 0 : 1
}

async function readFiles(argv: string[]): Promise<Outcome<string[]>> {
  const flags = readFlags(argv, { json: { type: 'boolean' } })
  if (!flags.ok) return flags
  const files = await expandPatterns(flags.value.positionals)
  return files.ok && files.value.length === 0 ? usage('FILE') : files
}

async function inspectOne(file: string): Promise<Outcome<Done>> {
  const read = await readingParts(file, async (source): Promise<Outcome<FileReport>> => {
    const inspection = await inspect(source)
    if (!inspection.ok) return inspection
    const description = await describeFile(source)
    if (!description.ok) return description
    return accept(await report(file, source, inspection.value, description.value))
  })
  if (!read.ok) return read
  const result = read.value
  return result.ok ? accept({ result: result.value, words: inWords(result.value) }) : result
}

async function report(
  file: string,
  source: ByteSource,
  { pages, xref, signatures, marks }: Inspection,
  { rules, revisions, permits, ...description }: Description,
): Promise<FileReport> {
  return {
    file,
    ...description,
    xref,
    pages,
    revisions: revisions.map(({ to, ...revision }, index) => ({
      ...revision,
      to,
      ...changesBetween(source, revisions[index - 1]?.to, to),
      signatures: signatures
        .filter(
          ({ byteRange: [, , after, length] }) => after + length > revision.from && after + length <= to,
        )
        .map(({ fieldName }) => fieldName),
    })),
    signatures: signatures.map((signature) => ({
      field: signature.fieldName,
      subFilter: signature.subFilter,
      byteRange: signature.byteRange,
      coverage: judgeCoverage(source, signature).coverage,
      signer: signature.signerName ?? null,
      reason: signature.reason ?? null,
      signedAt: signature.signedAt ?? null,
      page: signature.page,
      certifies: rules.get(signature.fieldName)?.certifies ?? null,
      locks: rules.get(signature.fieldName)?.locks ?? null,
    })),
    permits: permits ?? null,
    marks,
    sign: texts(await whySigningFails(source)),
    annotate: texts(await whyStampingFails(source, permits)),
  }
}

/** What a revision did to the one before it, as verification judges it. */
function changesBetween(
  source: ByteSource,
  earlier: number | undefined,
  later: number,
): Pick<FileReport['revisions'][number], 'verdict' | 'changes'> {
  if (earlier === undefined) return { verdict: 'none', changes: [] }
  const { kind, changes } = laterChangesOf(firstPart(source, later))(earlier)
  return { verdict: kind, changes }
}

const texts = (refusal: Refusal | undefined): FileReport['sign'] =>
  refusal === undefined ? { possible: true } : { possible: false, ...refusalTexts(refusal) }

/** Tried, not guessed: a revision is made as for a signature and thrown away. */
async function whySigningFails(source: ByteSource): Promise<Refusal | undefined> {
  const request = { fieldName: 'Signature', signerName: '', reason: '', signedAt: new Date(), marks: [] }
  const prepared = await prepareSignature(source, request)
  if (!prepared.ok) return prepared.refusal
  const signed = joined(source, prepared.value.appended)
  return laterChangesOf(signed)(source.length).kind === 'permitted' ? undefined : { code: 'file-damaged' }
}

async function whyStampingFails(
  source: ByteSource,
  permits: PermittedChanges | undefined,
): Promise<Refusal | undefined> {
  const opened = await refusingDamage(() => openToAppend(source))
  if (!opened.ok) return opened.refusal
  return permits === 1 || permits === 2 ? { code: 'file-changes-forbidden' } : undefined
}
