import type { Kysely } from 'kysely'
import type { Command, Revision } from '../../shared/contract/letter.ts'
import type { RevisionEvidence } from '../../shared/domain/decide.ts'
import { accept, type Outcome, type Refusal, refuse } from '../../shared/outcome.ts'
import type { SignedRevision } from '../../signing/signedRevision.ts'
import type { Tables } from '../database/tables.ts'
import { usableFile } from '../files/access.ts'
import type { FileChecks } from '../files/checks.ts'
import type { FileStore } from '../files/store.ts'
import { trustedRoots } from '../trustedRoots.ts'
import { enclosuresOf, newFileOf, signedRevisionOf } from './bringsFile.ts'
import type { Submission } from './submission.ts'

/** Where the files that commands bring are found and looked at. */
export interface EvidenceSources {
  readonly database: Kysely<Tables>
  readonly store: FileStore
  readonly checks: FileChecks
  readonly clock: () => Date
}

/** Looks at the file that a command brings, before it waits in the queue. */
export async function fileEvidence(
  sources: EvidenceSources,
  command: Command,
  personId: string,
  tokens: readonly string[],
): Promise<Pick<Submission, 'evidence' | 'fileRefusal'>> {
  const { body } = command
  const signed = signedRevisionOf(body)
  if (signed) return { evidence: await signedRevision(sources, signed, personId, tokens) }
  const begins = newFileOf(body)
  const fileRefusal =
    (begins && (await whyUnfit(sources, begins, personId, tokens))) ??
    (await missingEnclosure(sources, enclosuresOf(body), personId, tokens))
  return fileRefusal ? { fileRefusal } : {}
}

/** Enclosures are kept as they are; they only have to be there. */
async function missingEnclosure(
  { database }: EvidenceSources,
  enclosures: readonly { sha256: string; bytes: number }[],
  personId: string,
  tokens: readonly string[],
): Promise<Refusal | null> {
  // Each file is asked for once, however often a command names it.
  const named = new Map(enclosures.map((file) => [`${file.sha256} ${file.bytes}`, file]))
  for (const { sha256, bytes } of named.values()) {
    const file = await usableFile(database, personId, tokens, sha256)
    if (!file) return { code: 'file-missing' }
    if (file.bytes !== bytes) return { code: 'command-malformed', detail: { field: 'enclosures.bytes' } }
  }
  return null
}

async function signedRevision(
  { database, store, checks, clock }: EvidenceSources,
  revision: Revision,
  personId: string,
  tokens: readonly string[],
): Promise<Outcome<RevisionEvidence>> {
  const file = await usableFile(database, personId, tokens, revision.sha256)
  const base = revision.extends && (await usableFile(database, personId, tokens, revision.extends))
  if (!file || !base) return refuse('file-missing')
  if (file.bytes !== revision.bytes) return refuse('command-malformed', { field: 'revision.bytes' })
  const checked = await checks.revision({
    base: await store.bytes(base.sha256),
    revision: await store.bytes(file.sha256),
    trust: await trustedRoots(database),
    at: clock(),
  })
  return checked.ok ? accept(evidenceOf(checked.value)) : checked
}

const evidenceOf = ({ signer, marks }: SignedRevision): RevisionEvidence => {
  /** Two marks of one name that differ are as good as none. */
  const textOf = (name: string) => {
    const texts = new Set(marks.filter((mark) => mark.name === name).map((mark) => mark.text))
    return texts.size === 1 ? ([...texts][0] ?? null) : null
  }
  return {
    signer: { ...signer, email: signer.email ?? null },
    numberText: textOf('number'),
    dateText: textOf('date'),
  }
}

async function whyUnfit(
  { database, store, checks }: EvidenceSources,
  revision: Revision,
  personId: string,
  tokens: readonly string[],
): Promise<Refusal | null> {
  if (revision.extends !== null) return { code: 'command-malformed', detail: { field: 'revision.extends' } }
  const file = await usableFile(database, personId, tokens, revision.sha256)
  if (!file) return { code: 'file-missing' }
  if (file.bytes !== revision.bytes) {
    return { code: 'command-malformed', detail: { field: 'revision.bytes' } }
  }
  const { reading } = await database
    .selectFrom('file')
    .select('reading')
    .where('sha256', '=', file.sha256)
    .executeTakeFirstOrThrow()
  if (reading) return reading.refusal
  const refusal = await checks.whyUnfit(await store.bytes(file.sha256))
  await database
    .updateTable('file')
    .set({ reading: JSON.stringify({ refusal }) })
    .where('sha256', '=', file.sha256)
    .execute()
  return refusal
}
