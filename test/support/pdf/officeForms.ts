import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { letterPage } from './forms.ts'
import { inFolder, tool } from './tools.ts'

/** What LibreOffice Writer is asked for when it exports a PDF. */
export interface ExportOptions {
  /** 0 for the program's own choice, 1 to 3 for PDF/A-1b to PDF/A-3b, 15 to 17 for PDF 1.5 to 1.7. */
  readonly version: 0 | 1 | 2 | 3 | 15 | 16 | 17
  readonly tagged?: boolean
  readonly bookmarks?: boolean
}

/** The external letter as a Word file and back: exported by Writer with each set of options. */
export const wordExports = (sets: readonly ExportOptions[]): Promise<Uint8Array[]> =>
  inFolder(async (folder) => {
    const office = (profile: string, ...options: string[]) =>
      tool('soffice', `-env:UserInstallation=file://${join(folder, profile)}`, '--headless', ...options)
    await writeFile(join(folder, 'letter.html'), letterPage)
    const word = ['--infilter=HTML (StarWriter)', '--convert-to', 'docx:MS Word 2007 XML']
    await office('profile', ...word, '--outdir', folder, join(folder, 'letter.html'))
    const made: Uint8Array[] = []
    for (const [index, { version, tagged = true, bookmarks = false }] of sets.entries()) {
      const settings = {
        SelectPdfVersion: { type: 'long', value: String(version) },
        UseTaggedPDF: { type: 'boolean', value: String(tagged) },
        ExportBookmarks: { type: 'boolean', value: String(bookmarks) },
      }
      const out = join(folder, String(index))
      await mkdir(out)
      const filter = `pdf:writer_pdf_Export:${JSON.stringify(settings)}`
      await office('profile', '--convert-to', filter, '--outdir', out, join(folder, 'letter.docx'))
      made.push(new Uint8Array(await readFile(join(out, 'letter.pdf'))))
    }
    return made
  })
