import { undoPngFilters } from '../structure/filters.ts'

/** How a PNG's pixels are kept (PNG, Third Edition, 11.2.1). */
export interface PngHead {
  readonly width: number
  readonly height: number
  /** Of each sample: 1, 2, 4, 8 or 16. */
  readonly bits: number
  readonly colorType: number
  readonly channels: number
  readonly isInterlaced: boolean
}

/** Pixels that are kept together, every `stepX`th of every `stepY`th row, with their filtered rows' sizes. */
interface Pass {
  readonly fromX: number
  readonly fromY: number
  readonly stepX: number
  readonly stepY: number
  readonly columns: number
  readonly rows: number
  /** Bytes of a row without its filter's number. */
  readonly rowBytes: number
}

const whole = [0, 0, 1, 1]
/** Adam7 (8.1). */
const interlaced = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
]

/** The parts that the pixels are kept in, one after the other; empty ones are left out. */
export function passesOf(head: PngHead): Pass[] {
  return (head.isInterlaced ? interlaced : [whole]).flatMap(
    ([fromX = 0, fromY = 0, stepX = 1, stepY = 1]) => {
      const columns = Math.ceil((head.width - fromX) / stepX)
      const rows = Math.ceil((head.height - fromY) / stepY)
      const rowBytes = Math.ceil((columns * head.channels * head.bits) / 8)
      return columns > 0 && rows > 0 ? [{ fromX, fromY, stepX, stepY, columns, rows, rowBytes }] : []
    },
  )
}

/** The bytes of all rows with their filters' numbers. */
export const filteredSize = (head: PngHead): number =>
  passesOf(head).reduce((sum, { rows, rowBytes }) => sum + rows * (rowBytes + 1), 0)

/**
 * One byte for each sample, pixel by pixel, row by row: the upper byte of 16 bits, fewer bits spread over the byte;
 * numbers of a palette as they are.
 */
export function samplesOf(filtered: Uint8Array, head: PngHead): Uint8Array {
  const { width, height, channels, bits } = head
  const pixelBytes = Math.max(1, (channels * bits) / 8)
  if (bits === 8 && !head.isInterlaced) return undoPngFilters(filtered, width * channels, pixelBytes)
  const samples = new Uint8Array(width * height * channels)
  let at = 0
  for (const pass of passesOf(head)) {
    const size = pass.rows * (pass.rowBytes + 1)
    const rows = undoPngFilters(filtered.subarray(at, at + size), pass.rowBytes, pixelBytes)
    at += size
    for (let row = 0; row < pass.rows; row++) {
      const line = rows.subarray(row * pass.rowBytes, (row + 1) * pass.rowBytes)
      let to = ((pass.fromY + row * pass.stepY) * width + pass.fromX) * channels
      for (let column = 0; column < pass.columns; column++) {
        for (let channel = 0; channel < channels; channel++)
          samples[to + channel] = sampleAt(line, column * channels + channel, head)
        to += pass.stepX * channels
      }
    }
  }
  return samples
}

function sampleAt(line: Uint8Array, index: number, head: PngHead): number {
  if (head.bits === 8) return line[index] ?? 0
  if (head.bits === 16) return line[2 * index] ?? 0
  const bit = index * head.bits
  const value = ((line[bit >> 3] ?? 0) >> (8 - head.bits - (bit & 7))) & ((1 << head.bits) - 1)
  return inOneByte(value, head)
}

/** A sample's value as `samplesOf` gives it. */
export function inOneByte(value: number, { bits, colorType }: PngHead): number {
  if (bits === 16) return value >> 8
  return bits === 8 || colorType === 3 ? value : (value * 255) / ((1 << bits) - 1)
}
