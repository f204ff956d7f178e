import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { letterPage } from './forms.ts'
import { inFolder, tool } from './tools.ts'

/** A form to be filled in, as a page: every kind of field that Writer exports. */
const formPage = `<!doctype html><html lang="th"><meta charset="utf-8"><p>คำขอใช้ห้องประชุม</p>
<form>ชื่อ <input type="text" name="applicant" value="สมศรี"> <input type="checkbox" name="projector" checked> เครื่องฉาย
<select name="room"><option>ห้องประชุม ๑<option>ห้องประชุม ๒</select> <textarea name="reason"></textarea></form></html>`

type Settings = Readonly<Record<string, number | boolean>>

/** What Writer is asked for: 1 to 3 are PDF/A-1b to PDF/A-3b, 15 to 17 are PDF 1.5 to 1.7. */
const exportsOf = {
  plain: {},
  'PDF/A-1b': { SelectPdfVersion: 1, UseTaggedPDF: true },
  'PDF/A-2b': { SelectPdfVersion: 2, UseTaggedPDF: true },
  'PDF/A-3b': { SelectPdfVersion: 3, UseTaggedPDF: true },
  'PDF 1.5': { SelectPdfVersion: 15, UseTaggedPDF: false },
  'PDF 1.7 with bookmarks': { SelectPdfVersion: 17, UseTaggedPDF: true, ExportBookmarks: true },
  'PDF/UA': { PDFUACompliance: true },
  'a form': { ExportFormFields: true },
} satisfies Readonly<Record<string, Settings>>

export type OfficeExport = keyof typeof exportsOf

/** The external letter as a Word file and back, exported by LibreOffice Writer in each way; and a form. */
export const officeLetters = (): Promise<Readonly<Record<OfficeExport, Uint8Array>>> =>
  inFolder(async (folder) => {
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
    const office = (...options: string[]) => tool('soffice', profile, '--headless', ...options)
    const word = async (name: string, page: string): Promise<void> => {
      await writeFile(join(folder, `${name}.html`), page)
      const options = ['--infilter=HTML (StarWriter)', '--convert-to', 'docx:MS Word 2007 XML']
      await office(...options, '--outdir', folder, join(folder, `${name}.html`))
    }
    await word('letter', letterPage)
    await writeFile(join(folder, 'form.html'), formPage)
    const made: [string, Uint8Array][] = []
    for (const [name, settings] of Object.entries<Settings>(exportsOf)) {
      const typed = Object.entries(settings).map(([key, value]) => [
        key,
        { type: typeof value === 'number' ? 'long' : 'boolean', value: String(value) },
      ])
      const out = join(folder, String(made.length))
      await mkdir(out)
      const filter = `pdf:writer_pdf_Export:${JSON.stringify(Object.fromEntries(typed))}`
      const source =
        name === 'a form'
          ? ['--infilter=HTML (StarWriter)', join(folder, 'form.html')]
          : [join(folder, 'letter.docx')]
      await office('--convert-to', filter, '--outdir', out, ...source)
      made.push([
        name,
        new Uint8Array(await readFile(join(out, name === 'a form' ? 'form.pdf' : 'letter.pdf'))),
      ])
    }
    return Object.fromEntries(made) as Record<OfficeExport, Uint8Array>
  })
