import type { PdfFile } from './document.ts'
import { isXfa } from './formLook.ts'
import { isName } from './values.ts'

/** Actions that do no more than show a place of the file (ISO 32000-2, 12.6.4). */
const harmless = ['GoTo', 'Named', 'URI']

/**
 * Whether a file can change what it shows without anything being appended: by scripts, by other actions when it is
 * opened, or by an XFA form. Its signer may not have seen what a reader sees.
 */
export const changesItself = (file: PdfFile): boolean => isXfa(file) || hasScripts(file)

function hasScripts(file: PdfFile): boolean {
  const { catalog } = file
  if (catalog.has('AA') || file.dictionary(catalog.get('Names'))?.has('JavaScript') === true) return true
  const action = file.resolve(file.dictionary(catalog.get('OpenAction'))?.get('S'))
  return isName(action) && !harmless.includes(action.name)
}
