import { dirname, join, sep } from 'node:path'
import type { PDFDocumentLoadingTask, PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { packageFile } from './packages.ts'
import {
  BinaryDataFactory,
  canvasFactory,
  type DrawingCanvas,
  FilterFactory,
  preparePdfJs,
} from './pdfjsSurroundings.ts'

/** Starts reading a copy of `bytes` with pdf.js, for its text and its pictures; `destroy()` it after use. */
export async function openWithPdfJs(bytes: Uint8Array): Promise<PDFDocumentLoadingTask> {
  const { createCanvas } = await preparePdfJs()
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const folder = dirname(packageFile('pdfjs-dist/package.json'))
  const within = (name: string): string => join(folder, name) + sep
  return getDocument({
    data: bytes.slice(),
    verbosity: VerbosityLevel.ERRORS,
    standardFontDataUrl: within('standard_fonts'),
    cMapUrl: within('cmaps'),
    wasmUrl: within('wasm'),
    CanvasFactory: canvasFactory(createCanvas),
    FilterFactory,
    BinaryDataFactory,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
  })
}

/** A canvas for drawing a page of `document`, in pixels. */
export function canvasFor(document: PDFDocumentProxy, width: number, height: number): DrawingCanvas {
  const factory = document.canvasFactory as { create(width: number, height: number): DrawingCanvas }
  return factory.create(width, height)
}
