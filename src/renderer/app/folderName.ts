import type { Folder } from '../../shared/contract/ipc.ts'
import type { TextKey } from '../texts/texts.ts'

/** What a folder is called: to its author a returned letter is one that came back. */
export function folderName(folder: Folder, own: boolean): TextKey {
  if (own && (folder === 'followed' || folder === 'returned')) return `folder.${folder}.own`
  return `folder.${folder}`
}
