/** A range of bytes, both ends counted, of a file of `total` bytes. */
export interface ByteRange {
  readonly start: number
  readonly end: number
  readonly total: number
}

/** Reads `Content-Range: bytes A-B/TOTAL` (RFC 9110 §14.4); undefined when it is missing or does not fit. */
export function parseContentRange(header: string | undefined): ByteRange | undefined {
  const match = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(header ?? '')
  if (!match) return undefined
  const [start, end, total] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return start <= end && end < total ? { start, end, total } : undefined
}

/**
 * Reads a `Range` of one part (RFC 9110 §14.2) of a file of `total` bytes: the part asked for, `whole` when there is
 * none or it is not understood, `unsatisfiable` when it lies outside.
 */
export function parseRange(header: string | undefined, total: number): ByteRange | 'whole' | 'unsatisfiable' {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return 'whole'
  if (match[1] === '') {
    const last = Math.min(Number(match[2]), total)
    return last === 0 ? 'unsatisfiable' : { start: total - last, end: total - 1, total }
  }
  const start = Number(match[1])
  const end = match[2] === '' ? total - 1 : Math.min(Number(match[2]), total - 1)
  if (match[2] !== '' && Number(match[2]) < start) return 'whole'
  return start >= total ? 'unsatisfiable' : { start, end, total }
}
