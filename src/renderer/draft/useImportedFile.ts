import { useMemo } from 'react'
import type { ImportedFile } from '../../shared/contract/views.ts'
import { useKeptText } from '../app/keptText.ts'

/** The name under which a file that is not yet a letter is kept. */
export const IMPORTED_FILE = 'import/file'

/** The imported file that the form is about, kept like typed text until it has become a letter. */
export function useImportedFile(): [ImportedFile | null, (file: ImportedFile) => void, () => void] {
  const [text, setText, clear] = useKeptText(IMPORTED_FILE)
  const file = useMemo(() => (text === '' ? null : (JSON.parse(text) as ImportedFile)), [text])
  return [file, (next) => setText(JSON.stringify(next)), clear]
}
