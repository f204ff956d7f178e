import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import type { Matrix } from '../geometry.ts'
import { dictionaryOf, nameOf } from '../structure/values.ts'
import { mostPixels, type PdfPicture } from './pdfPicture.ts'

/** Baseline, extended and progressive with Huffman codes: what DCTDecode reads (ISO 32000-2, 7.4.8). */
const frames = new Set([0xc0, 0xc1, 0xc2])
const [startOfImage, endOfImage, startOfScan, exif, adobe] = [0xffd8, 0xffd9, 0xda, 0xe1, 0xee]
const colorSpaces = new Map([
  [1, 'DeviceGray'],
  [3, 'DeviceRGB'],
  [4, 'DeviceCMYK'],
])

export const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8

/** What stands before a JPEG's pixels (ITU-T T.81, B.1.1). */
interface JpegHead {
  readonly frame: Buffer | undefined
  /** As Exif tells it, from 1 to 8. */
  readonly orientation: number
  readonly isAdobe: boolean
}

/**
 * Takes a JPEG as it is. Refuses picture-unreadable when its head is broken, its end is missing or PDF readers cannot
 * decode it, and picture-too-large. Throws RangeError when the head ends too early.
 */
export function readJpeg(jpeg: Uint8Array): Outcome<PdfPicture> {
  const { frame, orientation, isAdobe } = readHead(Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.length))
  if (frame === undefined) return refuse('picture-unreadable')
  const [precision, components] = [frame.readUInt8(0), frame.readUInt8(5)]
  const [height, width] = [frame.readUInt16BE(1), frame.readUInt16BE(3)]
  const colorSpace = colorSpaces.get(components)
  if (precision !== 8 || width === 0 || height === 0 || colorSpace === undefined)
    return refuse('picture-unreadable')
  if (width * height > mostPixels) return refuse('picture-too-large')
  const dictionary = dictionaryOf({
    Type: nameOf('XObject'),
    Subtype: nameOf('Image'),
    Width: width,
    Height: height,
    ColorSpace: nameOf(colorSpace),
    BitsPerComponent: 8,
    // Adobe's programs write the four inks inverted.
    Decode: components === 4 && isAdobe ? [1, 0, 1, 0, 1, 0, 1, 0] : undefined,
    Filter: nameOf('DCTDecode'),
  })
  const upright = uprightBy.get(orientation)
  const size = orientation >= 5 ? { width: height, height: width } : { width, height }
  const image = { kind: 'stream', dictionary, encoded: jpeg } as const
  return accept({ ...size, image, ...(upright === undefined ? {} : { upright }) })
}

/** Reads the segments up to the pixels. There is no frame when anything is where it should not be. */
function readHead(bytes: Buffer): JpegHead {
  let frame: Buffer | undefined
  let orientation = 1
  let isAdobe = false
  let at = 2
  for (let marker = 0; marker !== startOfScan; ) {
    while (bytes.readUInt16BE(at) === 0xffff) at++
    marker = bytes.readUInt8(at + 1)
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    const body = bytes.subarray(at + 4, end)
    if (bytes.readUInt8(at) !== 0xff || end > bytes.length) return { frame: undefined, orientation, isAdobe }
    if (frames.has(marker)) frame = body
    else if (marker === exif) orientation = orientationOf(body)
    else if (marker === adobe) isAdobe = body.toString('latin1', 0, 5) === 'Adobe'
    at = end
  }
  const isWhole =
    bytes.readUInt16BE(0) === startOfImage &&
    bytes.lastIndexOf(Buffer.from([endOfImage >> 8, endOfImage & 0xff])) > at
  return { frame: isWhole ? frame : undefined, orientation, isAdobe }
}

const orientationTag = 0x112

/** How the camera was held (Exif 2.3, 4.6.4); 1 when that is not told. */
function orientationOf(segment: Buffer): number {
  if (segment.toString('latin1', 0, 6) !== 'Exif\0\0' || segment.length < 14) return 1
  const tiff = segment.subarray(6)
  const isLittle = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number): number =>
    at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)
  const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  for (let entry = 0; entry < short(directory); entry++) {
    const at = directory + 2 + 12 * entry
    if (short(at) === orientationTag) return short(at + 8)
  }
  return 1
}

/** How an image is turned and mirrored within the unit square so that it stands upright, by its orientation. */
const uprightBy = new Map<number, Matrix>([
  [2, [-1, 0, 0, 1, 1, 0]],
  [3, [-1, 0, 0, -1, 1, 1]],
  [4, [1, 0, 0, -1, 0, 1]],
  [5, [0, -1, -1, 0, 1, 1]],
  [6, [0, -1, 1, 0, 0, 1]],
  [7, [0, 1, 1, 0, 0, 0]],
  [8, [0, 1, -1, 0, 1, 0]],
])
