import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { readSignatures } from '../signature/signatures.ts'
import { readAnnotations } from './annotations.ts'
import type { BytesOrSource } from './byteSource.ts'
import { openFile, type PdfFile } from './document.ts'
import { isXfa } from './formLook.ts'
import { type Page, readPages } from './pages.ts'

/**
 * Opens a file to which something shall be appended, or takes one that is open. What cannot be read whole is not appended to, lest nobody can
 * verify what comes out. Refuses file-not-pdf, file-encrypted and file-form-unsettled (XFA); throws DamagedFile.
 */
export function openToAppend(
  bytes: BytesOrSource | PdfFile,
): Outcome<{ file: PdfFile; pages: readonly Page[] }> {
  const opened = openFile(bytes)
  if (!opened.ok) return opened
  const file = opened.value
  const pages = readPages(file)
  readSignatures(file, readAnnotations(file, pages))
  return isXfa(file) ? refuse('file-form-unsettled') : accept({ file, pages })
}
