import { dirname, join, sep } from 'node:path'
import type { PDFDocumentLoadingTask } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { packageFile } from './packages.ts'

/** Starts reading a copy of `bytes` with pdf.js, for its text and its pictures; `destroy()` it after use. */
export async function openWithPdfJs(bytes: Uint8Array): Promise<PDFDocumentLoadingTask> {
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const folder = dirname(packageFile('pdfjs-dist/package.json'))
  const within = (name: string): string => join(folder, name) + sep
  return getDocument({
    data: bytes.slice(),
    verbosity: VerbosityLevel.ERRORS,
    standardFontDataUrl: within('standard_fonts'),
    cMapUrl: within('cmaps'),
    wasmUrl: within('wasm'),
    stopAtErrors: false,
  })
}
