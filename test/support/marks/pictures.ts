import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { canvasFor, openWithPdfJs } from '../../../src/pdf/places/pdfjs.ts'
import { inFolder, tool } from '../pdf/tools.ts'

/** What ImageMagick makes of `input`, or of nothing, and writes to its standard output. */
export const magick = (options: readonly string[], input?: Uint8Array): Uint8Array =>
  new Uint8Array(execFileSync('convert', options, { maxBuffer: 64 << 20, input }))

/** A picture with three bytes a pixel. */
export interface ColorPicture {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

/** Page 1 as shown, drawn in colour. */
export function drawInColor(
  bytes: Uint8Array,
  program: 'poppler' | 'mupdf' | 'pdf.js',
  dotsPerInch = 72,
): Promise<ColorPicture> {
  if (program === 'pdf.js') return drawByPdfJs(bytes, dotsPerInch / 72)
  return inFolder(async (folder) => {
    const [from, to] = [join(folder, 'in.pdf'), join(folder, 'page.ppm')]
    await writeFile(from, bytes)
    const resolution = ['-r', String(dotsPerInch)]
    if (program === 'poppler')
      await tool('pdftoppm', ...resolution, '-cropbox', '-singlefile', from, join(folder, 'page'))
    else await tool('mutool', 'draw', '-q', ...resolution, '-o', to, from, '1')
    return readPpm(await readFile(to))
  })
}

async function drawByPdfJs(bytes: Uint8Array, scale: number): Promise<ColorPicture> {
  const opening = await openWithPdfJs(bytes)
  const document = await opening.promise
  const page = await document.getPage(1)
  const viewport = page.getViewport({ scale })
  const { width, height } = viewport
  const { canvas, context } = canvasFor(document, width, height)
  await page.render({ canvas, canvasContext: context, viewport, background: '#ffffff' }).promise
  const { data } = context.getImageData(0, 0, width, height)
  await opening.destroy()
  const pixels = new Uint8Array(3 * width * height)
  for (let pixel = 0; pixel < width * height; pixel++)
    pixels.set(data.subarray(4 * pixel, 4 * pixel + 3), 3 * pixel)
  return { width, height, pixels }
}

/** A binary portable pixmap. */
export function readPpm(file: Buffer): ColorPicture {
  const [head = '', width, height] = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(file.toString('latin1', 0, 64)) ?? []
  return { width: Number(width), height: Number(height), pixels: file.subarray(head.length) }
}

/** The colour at a point of the page, in points from its lower left, of a picture at 72 dots per inch. */
export function colorAt(picture: ColorPicture, x: number, y: number): number[] {
  const at = 3 * ((picture.height - 1 - Math.floor(y)) * picture.width + Math.floor(x))
  return [...picture.pixels.subarray(at, at + 3)]
}
