import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { packageFile } from '../structure/packages.ts'

/** What pdf.js needs of the canvas package that it brings along for Node. */
interface CanvasPackage {
  createCanvas(width: number, height: number): HTMLCanvasElement
  readonly DOMMatrix: typeof DOMMatrix
  readonly Path2D: typeof Path2D
  readonly ImageData: typeof ImageData
}

/** A canvas as pdf.js passes it around. */
export interface DrawingCanvas {
  readonly canvas: HTMLCanvasElement
  readonly context: CanvasRenderingContext2D
}

/**
 * Prepares what pdf.js takes from a browser. In plain Node it does so by itself, but in Electron's utility process
 * it believes to be in a browser and finds none.
 */
export async function preparePdfJs(): Promise<{
  createCanvas(width: number, height: number): DrawingCanvas
}> {
  const canvasPackage: CanvasPackage = createRequire(packageFile('pdfjs-dist/package.json'))(
    '@napi-rs/canvas',
  )
  const surroundings: Record<string, unknown> = {
    DOMMatrix: canvasPackage.DOMMatrix,
    Path2D: canvasPackage.Path2D,
    ImageData: canvasPackage.ImageData,
    // Read on this thread: a worker of the browser's kind does not exist here.
    pdfjsWorker: await import(pathToFileURL(packageFile('pdfjs-dist/legacy/build/pdf.worker.mjs')).href),
  }
  for (const [name, value] of Object.entries(surroundings))
    if (Reflect.get(globalThis, name) === undefined) Reflect.set(globalThis, name, value)
  return {
    createCanvas(width, height) {
      const canvas = canvasPackage.createCanvas(width, height)
      const context = canvas.getContext('2d', { willReadFrequently: true })
      if (context === null) throw new Error('there is no canvas to draw on')
      return { canvas, context }
    },
  }
}

/** Canvases for what pdf.js draws aside: patterns, masks and groups. */
export function canvasFactory(create: (width: number, height: number) => DrawingCanvas) {
  return class CanvasFactory {
    create(width: number, height: number): DrawingCanvas {
      return create(Math.max(1, width), Math.max(1, height))
    }

    getNoAlphaContext(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
      return canvas.getContext('2d', { alpha: false, willReadFrequently: true })
    }

    reset({ canvas }: DrawingCanvas, width: number, height: number): void {
      canvas.width = width
      canvas.height = height
    }

    destroy({ canvas }: DrawingCanvas): void {
      canvas.width = 0
      canvas.height = 0
    }
  }
}

/** Filters need a page of a browser; without them a few effects are left out, as in plain Node. */
export class FilterFactory {
  addFilter = (): string => 'none'
  addHCMFilter = (): string => 'none'
  addAlphaFilter = (): string => 'none'
  addLuminosityFilter = (): string => 'none'
  addKnockoutFilter = (): string => 'none'
  addHighlightHCMFilter = (): string => 'none'
  addSelectionHCMFilter = (): string => 'none'
  addSelectionFilter = (): string => 'none'
  createSelectionStyle = (): null => null
  destroy = (): void => {}
}

/** Reads the fonts, character maps and decoders that come with pdf.js from its folder. */
export class BinaryDataFactory {
  readonly #folders: Readonly<Record<string, string>>

  constructor(folders: Readonly<Record<string, string>>) {
    this.#folders = folders
  }

  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    return new Uint8Array(await readFile(`${this.#folders[kind] ?? ''}${filename}`))
  }
}
