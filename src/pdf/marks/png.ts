import { crc32, inflateSync } from 'node:zlib'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { DamagedFile } from '../structure/damaged.ts'
import { dictionaryOf, nameOf, type PdfStream, type PdfValue } from '../structure/values.ts'
import { flateStream } from '../text/fontEmbedding.ts'
import { mostPixels, type PdfPicture } from './pdfPicture.ts'
import { filteredSize, inOneByte, type PngHead, passesOf, samplesOf } from './pngSamples.ts'

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

export const isPng = (bytes: Uint8Array): boolean => signature.equals(bytes.subarray(0, signature.length))

const [gray, rgb, indexed, grayAlpha, rgbAlpha] = [0, 2, 3, 4, 6]
const channelsOf = new Map([
  [gray, 1],
  [rgb, 3],
  [indexed, 1],
  [grayAlpha, 2],
  [rgbAlpha, 4],
])
const bitsOf = new Map([
  [gray, [1, 2, 4, 8, 16]],
  [indexed, [1, 2, 4, 8]],
])

interface Png {
  readonly head: PngHead
  readonly palette: Buffer
  readonly transparency: Buffer | undefined
  /** Compressed as in the file. */
  readonly pixels: Buffer
}

/**
 * Takes a PNG's pixels as they are or, when they are opaque in parts or interlaced, as samples and a soft mask.
 * Refuses picture-too-large by the head alone; throws DamagedFile and RangeError for what is broken.
 */
export function readPng(bytes: Uint8Array): Outcome<PdfPicture> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const head = readHead(file)
  if (head.width * head.height > mostPixels) return refuse('picture-too-large')
  const png = readChunks(file, head)
  const filtered = inflated(png)
  const { width, height, colorType } = head
  const hasAlpha = colorType === grayAlpha || colorType === rgbAlpha
  const isMasked = hasAlpha || (colorType === indexed && png.transparency !== undefined)
  if (!isMasked && !head.isInterlaced) return accept({ width, height, image: imageAsItIs(png) })
  const samples = samplesOf(filtered, head)
  const image = head.isInterlaced || hasAlpha ? imageOfSamples(png, samples) : imageAsItIs(png)
  return accept({ width, height, image, ...(isMasked ? { softMask: softMaskOf(png, samples) } : {}) })
}

function readHead(file: Buffer): PngHead {
  const { type, body } = chunkAt(file, signature.length)
  if (type !== 'IHDR') throw new DamagedFile('the picture has no head')
  const [bits, colorType, interlace] = [body.readUInt8(8), body.readUInt8(9), body.readUInt8(12)]
  const channels = channelsOf.get(colorType)
  const isKnown =
    channels !== undefined && (bitsOf.get(colorType) ?? [8, 16]).includes(bits) && interlace <= 1
  const [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)]
  if (!isKnown || width === 0 || height === 0) throw new DamagedFile('the picture has no right head')
  return { width, height, bits, colorType, channels, isInterlaced: interlace === 1 }
}

function chunkAt(file: Buffer, at: number): { type: string; body: Buffer; end: number } {
  const length = file.readUInt32BE(at)
  const end = at + 12 + length
  const body = file.subarray(at + 8, at + 8 + length)
  if (file.readUInt32BE(end - 4) !== crc32(file.subarray(at + 4, end - 4)))
    throw new DamagedFile('a part of the picture is damaged')
  return { type: file.toString('latin1', at + 4, at + 8), body, end }
}

function readChunks(file: Buffer, head: PngHead): Png {
  const pixels: Buffer[] = []
  let palette: Buffer = Buffer.alloc(0)
  let transparency: Buffer | undefined
  for (let at = signature.length, type = ''; type !== 'IEND'; ) {
    const chunk = chunkAt(file, at)
    ;({ type, end: at } = chunk)
    if (type === 'PLTE') palette = chunk.body
    else if (type === 'tRNS') transparency = chunk.body
    else if (type === 'IDAT') pixels.push(chunk.body)
  }
  const colors = palette.length / 3
  if (head.colorType === indexed && !(colors >= 1 && colors <= 256 && Number.isInteger(colors)))
    throw new DamagedFile('the picture has no colours')
  return { head, palette, transparency, pixels: Buffer.concat(pixels) }
}

/** The filtered rows. Throws DamagedFile unless there are as many as the head says. */
function inflated({ head, pixels }: Png): Buffer {
  const size = filteredSize(head)
  let rows: Buffer
  try {
    rows = inflateSync(pixels, { maxOutputLength: size + 1024 })
  } catch {
    throw new DamagedFile('the pixels cannot be unpacked')
  }
  let at = 0
  for (const pass of passesOf(head))
    for (let row = 0; row < pass.rows; row++, at += pass.rowBytes + 1)
      if (rows.readUInt8(at) > 4) throw new DamagedFile('a row has an unknown filter')
  if (rows.length < size) throw new DamagedFile('there are fewer pixels than there should be')
  return rows
}

/** The image's dictionary but for how its samples are packed. */
function imageEntries(
  { head, palette, transparency }: Png,
  bits: number,
): Record<string, PdfValue | undefined> {
  const { colorType } = head
  const isColored = colorType === rgb || colorType === rgbAlpha
  const plain = nameOf(isColored ? 'DeviceRGB' : 'DeviceGray')
  const colors = { kind: 'string', bytes: palette } as const
  const key = colorType === gray || colorType === rgb ? transparentColor(transparency, head, bits) : undefined
  return {
    Type: nameOf('XObject'),
    Subtype: nameOf('Image'),
    Width: head.width,
    Height: head.height,
    ColorSpace:
      colorType === indexed
        ? [nameOf('Indexed'), nameOf('DeviceRGB'), palette.length / 3 - 1, colors]
        : plain,
    BitsPerComponent: bits,
    Mask: key?.flatMap((value) => [value, value]),
  }
}

/** The one colour that is not painted (8.9.6.4), in samples of `bits`. */
function transparentColor(key: Buffer | undefined, head: PngHead, bits: number): number[] | undefined {
  if (key === undefined) return undefined
  const values = Array.from({ length: head.channels }, (_, channel) => key.readUInt16BE(2 * channel))
  return bits === head.bits ? values : values.map((value) => inOneByte(value, head))
}

function imageAsItIs(png: Png): PdfStream {
  const { width, bits, channels } = png.head
  const dictionary = dictionaryOf({
    ...imageEntries(png, bits),
    Filter: nameOf('FlateDecode'),
    DecodeParms: dictionaryOf({ Predictor: 15, Colors: channels, BitsPerComponent: bits, Columns: width }),
  })
  return { kind: 'stream', dictionary, encoded: png.pixels }
}

/** The samples that are colours, 8 bits each. */
function imageOfSamples(png: Png, samples: Uint8Array): PdfStream {
  const { channels, colorType } = png.head
  if (colorType !== grayAlpha && colorType !== rgbAlpha) return flateStream(samples, imageEntries(png, 8))
  const kept = channels - 1
  const colors = new Uint8Array((samples.length / channels) * kept)
  for (let from = 0, to = 0; from < samples.length; from += channels)
    for (let channel = 0; channel < kept; channel++) colors[to++] = samples[from + channel] ?? 0
  return flateStream(colors, imageEntries(png, 8))
}

function softMaskOf({ head, transparency }: Png, samples: Uint8Array): PdfStream {
  const { width, height, channels, colorType } = head
  const alpha = new Uint8Array(width * height)
  for (let pixel = 0; pixel < alpha.length; pixel++) {
    const sample = samples[pixel * channels + channels - 1] ?? 0
    alpha[pixel] = colorType === indexed ? (transparency?.[sample] ?? 255) : sample
  }
  return flateStream(alpha, {
    Type: nameOf('XObject'),
    Subtype: nameOf('Image'),
    Width: width,
    Height: height,
    ColorSpace: nameOf('DeviceGray'),
    BitsPerComponent: 8,
  })
}
