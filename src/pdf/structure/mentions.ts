import type { PdfFile } from './document.ts'
import { isStream, referenceTo } from './values.ts'

/** Longer than any reference that writers write. */
const overlap = 64
/** Shorter numbers stand everywhere. */
const leastNumber = 1000
/** More searches take longer than a look at every object. */
const mostSearches = 64

/**
 * Whether the file's text may name one of the objects: a search for `12345 0 R` in all of it, streams and strings
 * included, which parses nothing and so goes through a large file in a moment. Small numbers always may be named, and
 * so may those behind which a comment or much white space stands: no reference is overlooked.
 */
export function mayMention(file: PdfFile, objects: ReadonlySet<number>): boolean {
  const { source, crossReference } = file
  for (const number of objects) if (number < leastNumber) return true
  const beginnings = new Set([...objects].map((number) => Math.floor(number / 10)))
  if (beginnings.size > mostSearches) return true
  const mentions = (bytes: Uint8Array): boolean =>
    [...beginnings].some((beginning) => hasReference(bytes, String(beginning), objects))
  let at = 0
  for (const part of source.parts(0, source.length)) {
    if (mentions(part) || mentions(source.read(at - overlap, at + overlap))) return true
    at += part.length
  }
  for (const number of crossReference.places.containers()) {
    const stream = file.resolve(referenceTo(number))
    if (!isStream(stream)) continue
    const text = file.decoded(stream)
    if (mentions(text)) return true
  }
  return false
}

/** A reference, or what goes on where it cannot be seen whether it is one. */
const maybeReference = /^(\d+)(?:[\s\0]*(?:%|$)|[\s\0]+\d+(?:[\s\0]*(?:%|$)|[\s\0]+R))/

/** Numbers that follow each other differ in their last digit, so that one search finds ten of them. */
function hasReference(bytes: Uint8Array, beginning: string, objects: ReadonlySet<number>): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = buffer.indexOf(beginning); at >= 0; at = buffer.indexOf(beginning, at + 1)) {
    const text = buffer.toString('latin1', at, at + overlap)
    const [, number] = maybeReference.exec(text) ?? []
    if (number !== undefined && objects.has(Number(number))) return true
  }
  return false
}
