import { dirname, join, sep } from 'node:path'
import type {
  PDFDataRangeTransport,
  PDFDocumentLoadingTask,
  PDFDocumentProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs'
import { packageFile } from '../structure/packages.ts'
import {
  BinaryDataFactory,
  canvasFactory,
  type DrawingCanvas,
  FilterFactory,
  preparePdfJs,
} from './pdfjsSurroundings.ts'

/** Bytes that are fetched in parts when they are needed. */
export interface FetchedBytes {
  readonly length: number
  fetch(from: number, to: number): Promise<Uint8Array>
}

/** Larger pictures are not drawn: what they unpack to would fill the memory. */
const mostPixels = 36_000_000

/**
 * Starts reading a copy of the bytes with pdf.js, for its text and its pictures; `destroy()` it after use. What it
 * leaves out of a page it tells on the console when `warns` is set.
 */
export async function openWithPdfJs(
  bytes: Uint8Array | FetchedBytes,
  warns = false,
): Promise<PDFDocumentLoadingTask> {
  const { createCanvas } = await preparePdfJs()
  const { getDocument, PDFDataRangeTransport, VerbosityLevel } = await import(
    'pdfjs-dist/legacy/build/pdf.mjs'
  )
  const folder = dirname(packageFile('pdfjs-dist/package.json'))
  const within = (name: string): string => join(folder, name) + sep
  return getDocument({
    ...(bytes instanceof Uint8Array
      ? { data: bytes.slice() }
      : { range: rangesOf(bytes, PDFDataRangeTransport), disableAutoFetch: true, disableStream: true }),
    maxImageSize: mostPixels,
    verbosity: warns ? VerbosityLevel.WARNINGS : VerbosityLevel.ERRORS,
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

function rangesOf(bytes: FetchedBytes, Transport: typeof PDFDataRangeTransport): PDFDataRangeTransport {
  const transport = new Transport(bytes.length, null)
  transport.requestDataRange = (from, to) => {
    void bytes.fetch(from, to).then((part) => transport.onDataRange(from, part))
  }
  return transport
}

/** A canvas for drawing a page of `document`, in pixels. */
export function canvasFor(document: PDFDocumentProxy, width: number, height: number): DrawingCanvas {
  const factory = document.canvasFactory as { create(width: number, height: number): DrawingCanvas }
  return factory.create(width, height)
}
