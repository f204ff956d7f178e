import { constants, inflateSync } from 'node:zlib'
import { DamagedFile } from './damaged.ts'
import { isArray, isDictionary, isName, type PdfDictionary, type PdfStream, type PdfValue } from './values.ts'

/** More than the cross-references of the greatest file take. */
const largestDecoded = 96 << 20

/**
 * The decoded bytes of a cross-reference or object stream: Flate or nothing, with a PNG or TIFF predictor if one is
 * set (ISO 32000-2, 7.4.4). Throws DamagedFile for anything else, and for more than `limit` bytes.
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
  const predictor = setting('Predictor', 1)
  if (predictor === 1) return bytes
  // Readers do not agree on what the numbers without a meaning do.
  if (predictor !== 2 && !(predictor >= 10 && predictor <= 15))
    throw new DamagedFile('a predictor is unknown')
  const [colors, bits] = [setting('Colors', 1), setting('BitsPerComponent', 8)]
  const pixel = Math.max(1, Math.ceil((colors * bits) / 8))
  const columns = Math.ceil((colors * bits * setting('Columns', 1)) / 8)
  if (!(columns > 0 && columns < 1 << 20)) throw new DamagedFile('a predictor has no row length')
  if (predictor !== 2) return undoPngFilters(bytes, columns, pixel)
  if (bits !== 8) throw new DamagedFile('a predictor works on parts of bytes')
  return undoDifferences(bytes, columns, pixel)
}

/** Undoes TIFF's predictor on components of a byte each: all but a row's first pixel say what they differ by (7.4.4.4). */
function undoDifferences(bytes: Uint8Array, rowBytes: number, pixelBytes: number): Uint8Array {
  const out = Uint8Array.from(bytes)
  for (let at = 0; at < out.length; at++) {
    if (at % rowBytes >= pixelBytes) out[at]! += out[at - pixelBytes]!
  }
  return out
}

/** Undoes the filters that stand before each row of `rowBytes` bytes (PNG, Third Edition, 9). */
export function undoPngFilters(bytes: Uint8Array, rowBytes: number, pixelBytes: number): Uint8Array {
  const rows = Math.floor(bytes.length / (rowBytes + 1))
  const out = new Uint8Array(rows * rowBytes)
  let above = new Uint8Array(rowBytes)
  for (let row = 0; row < rows; row++) {
    const at = row * (rowBytes + 1)
    const line = bytes.subarray(at + 1, at + 1 + rowBytes)
    const done = out.subarray(row * rowBytes, (row + 1) * rowBytes)
    undoFilter(bytes[at] ?? 0, line, above, done, pixelBytes)
    above = done
  }
  return out
}

/** Each byte of `done` is that of `line` and what its neighbours foretell; numbers are cut to a byte by the array. */
function undoFilter(
  type: number,
  line: Uint8Array,
  above: Uint8Array,
  done: Uint8Array,
  pixelBytes: number,
): void {
  done.set(line)
  if (type === 2) for (let at = 0; at < done.length; at++) done[at]! += above[at]!
  if (type === 1) for (let at = pixelBytes; at < done.length; at++) done[at]! += done[at - pixelBytes]!
  if (type !== 3 && type !== 4) return
  for (let at = 0; at < done.length; at++) {
    const left = at < pixelBytes ? 0 : done[at - pixelBytes]!
    if (type === 3) done[at]! += (left + above[at]!) >> 1
    else done[at]! += nearest(left, above[at]!, at < pixelBytes ? 0 : above[at - pixelBytes]!)
  }
}

/** Paeth's choice: which of the three comes nearest to left + up - corner. */
function nearest(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [
    Math.abs(up - corner),
    Math.abs(left - corner),
    Math.abs(left + up - 2 * corner),
  ]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}
