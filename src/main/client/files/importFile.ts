import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { IpcInput } from '../../../shared/contract/ipc.ts'
import type { ImportedFile } from '../../../shared/contract/views.ts'
import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import { plainFileName } from '../../../shared/thai/plainText.ts'
import type { Documents } from '../processes/documents.ts'
import type { SignedInAccount } from '../session/signedInAccount.ts'

/** Brings PDFs onto the device: checked, then kept encrypted, before any letter speaks of them. */
export interface FileImport {
  /** A file by its path. Refuses file-unreadable, file-too-large (before it is read), and as `bytes` does. */
  path(path: string, account: SignedInAccount): Promise<Outcome<ImportedFile>>
  /** Refuses file-too-large, file-not-pdf, file-encrypted and file-damaged. */
  bytes(name: string, bytes: Uint8Array, account: SignedInAccount): Promise<Outcome<ImportedFile>>
  /** Composes a memo to be signed by a position's holder. Refuses position-unknown and glyph-missing. */
  memo(input: IpcInput<'files.compose-memo'>, account: SignedInAccount): Promise<Outcome<ImportedFile>>
}

const LONGEST_NAME = 200

export function fileImport(documents: Documents): FileImport {
  const importBytes: FileImport['bytes'] = async (name, bytes, account) => {
    const fits = withinLimit(bytes.length, account)
    if (!fits.ok) return fits
    const inspection = await documents.call('inspect', bytes)
    if (!inspection.ok) return inspection
    const kept = await account.keepFile({
      bytes,
      name: shortName(name),
      pageCount: inspection.value.pages.length,
      signatures: inspection.value.signatures.length,
    })
    return accept(kept)
  }

  return {
    bytes: importBytes,
    path: async (path, account) => {
      const name = basename(path)
      let bytes: Uint8Array
      try {
        const fits = withinLimit((await stat(path)).size, account)
        if (!fits.ok) return fits
        bytes = new Uint8Array(await readFile(path))
      } catch {
        return refuse('file-unreadable', { file: name })
      }
      return importBytes(name, bytes, account)
    },
    memo: async ({ subject, addressee, paragraphs, signerPositionId }, account) => {
      const directory = account.directory()
      const unit = directory.unit(directory.person(account.personId)?.unitId ?? '')
      const position = directory.position(signerPositionId)
      const signer = directory.holder(signerPositionId, new Date().toISOString())
      if (unit === undefined) return refuse('unit-not-own')
      if (position === undefined || signer === undefined) return refuse('position-unknown')
      const composed = await documents.call('composeMemo', {
        agency: directory.organisation.name,
        department: unit.name,
        departmentPhone: unit.phone,
        numberPrefix: `${directory.organisation.agencyCode} `,
        subject,
        salutationTo: addressee,
        paragraphs,
        signerName: signer.name,
        signerPosition: position.title,
      })
      return composed.ok ? importBytes(`${subject}.pdf`, composed.value, account) : composed
    },
  }
}

function withinLimit(bytes: number, account: SignedInAccount): Outcome<null> {
  const limit = account.directory().organisation.policy.maximumFileBytes
  if (bytes <= limit) return accept(null)
  return refuse('file-too-large', { megabytes: Math.ceil(bytes / 1e6), limit: Math.floor(limit / 1e6) })
}

/** A name that the contract takes and other systems can write, its ending kept. */
function shortName(name: string): string {
  const clean = plainFileName(name) || 'document.pdf'
  if (clean.length <= LONGEST_NAME) return clean
  const ending = /\.[^.]{1,8}$/.exec(clean)?.[0] ?? ''
  return `${[...clean].slice(0, LONGEST_NAME - ending.length - 20).join('')}${ending}`
}
