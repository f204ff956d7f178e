import { constants, inflateSync } from 'node:zlib'
import { DamagedFile } from './damaged.ts'
import { isArray, isDictionary, isName, type PdfDictionary, type PdfStream, type PdfValue } from './values.ts'

/** More than the cross-references of the greatest file take. */
const largestDecoded = 96 << 20

/**
 * The decoded bytes of a cross-reference or object stream: Flate or nothing, with a PNG predictor if one is set
 * (ISO 32000-2, 7.4.4). Throws DamagedFile for anything else, and for more than `limit` bytes.
 */
export function decodeStream(stream: PdfStream, limit = largestDecoded): Uint8Array {
  const filter = only(stream.dictionary.get('Filter'))
  if (filter === undefined || filter === null) return stream.encoded
  if (!isName(filter) || (filter.name !== 'FlateDecode' && filter.name !== 'Fl'))
    throw new DamagedFile('a stream uses a filter that structure may not use')
  const parameters = only(stream.dictionary.get('DecodeParms'))
  const inflated = inflate(stream.encoded, Math.max(1, Math.min(limit, largestDecoded)))
  return isDictionary(parameters) ? undoPredictor(inflated, parameters) : inflated
}

function only(value: PdfValue | undefined): PdfValue | undefined {
  if (!isArray(value)) return value
  if (value.length > 1) throw new DamagedFile('a stream uses several filters')
  return value[0]
}

function inflate(bytes: Uint8Array, limit: number): Uint8Array {
  try {
    return inflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: limit })
  } catch {
    throw new DamagedFile('a compressed stream cannot be read')
  }
}

function undoPredictor(bytes: Uint8Array, parameters: PdfDictionary): Uint8Array {
  const setting = (key: string, otherwise: number): number => {
    const value = parameters.get(key)
    return typeof value === 'number' ? value : otherwise
  }
  if (setting('Predictor', 1) < 10) return bytes
  const pixel = Math.max(1, Math.ceil((setting('Colors', 1) * setting('BitsPerComponent', 8)) / 8))
  const columns = Math.ceil(
    (setting('Colors', 1) * setting('BitsPerComponent', 8) * setting('Columns', 1)) / 8,
  )
  if (!(columns > 0 && columns < 1 << 20)) throw new DamagedFile('a predictor has no row length')
  return undoPngFilters(bytes, columns, pixel)
}

/** Undoes the filters that stand before each row of `rowBytes` bytes (PNG, Third Edition, 9). */
export function undoPngFilters(bytes: Uint8Array, rowBytes: number, pixelBytes: number): Uint8Array {
  const rows = Math.floor(bytes.length / (rowBytes + 1))
  const out = new Uint8Array(rows * rowBytes)
  for (let row = 0; row < rows; row++) {
    const type = bytes[row * (rowBytes + 1)] ?? 0
    for (let column = 0; column < rowBytes; column++) {
      const at = row * rowBytes + column
      const left = column >= pixelBytes ? (out[at - pixelBytes] ?? 0) : 0
      const up = row > 0 ? (out[at - rowBytes] ?? 0) : 0
      const corner = row > 0 && column >= pixelBytes ? (out[at - rowBytes - pixelBytes] ?? 0) : 0
      out[at] = (bytes[row * (rowBytes + 1) + 1 + column] ?? 0) + predicted(type, left, up, corner)
    }
  }
  return out
}

function predicted(type: number, left: number, up: number, corner: number): number {
  if (type === 1) return left
  if (type === 2) return up
  if (type === 3) return (left + up) >> 1
  if (type !== 4) return 0
  const estimate = left + up - corner
  const [toLeft, toUp, toCorner] = [
    Math.abs(estimate - left),
    Math.abs(estimate - up),
    Math.abs(estimate - corner),
  ]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}
