import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib'

/** A small letter of the given number of pages, as PDF with a cross-reference table or stream. */
export async function makeLetter(form: 'table' | 'stream' = 'table', pages = 2): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const font = await document.embedFont(StandardFonts.Helvetica)
  for (let page = 1; page <= pages; page++) {
    const sheet = document.addPage([595, 842])
    sheet.drawText(`Pay 1,000 baht, page ${page}`, { x: 72, y: 700, size: 16, font })
  }
  return await document.save({ useObjectStreams: form === 'stream' })
}
