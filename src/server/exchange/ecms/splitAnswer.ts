import { type Base64Reader, base64Reader } from './base64.ts'

/** What a part of an answer brought: bytes of a file, or that a file has ended. */
type SplitPart = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'file-end' }

/** Why an answer cannot be read, as far as its splitting can tell; the name of what is wrong. */
export type SplitFault = 'xml' | 'DOCTYPE' | 'BinaryObject'

/** Takes the files out of an answer while it comes in. */
export interface AnswerSplitter {
  push(part: Uint8Array): SplitPart[]
  /** The answer without its files, each replaced by its place among them; or why it cannot be read. */
  end(): { readonly skeleton: Buffer } | { readonly fault: SplitFault }
}

const START = 0x3c
const END = 0x3e
/** Longest markup: a tag, a comment, a CDATA section. */
const MARKUP_LIMIT = 64 * 1024
/** Longest answer without its files; no correspondence has so many words. */
const SKELETON_LIMIT = 1024 * 1024
const FILES_LIMIT = 51
const BINARY = /^<(?:[^\s:<>/]+:)?(?:Main|Attachment)(?:Letter)?BinaryObject(?=[\s>])/

/**
 * Splits an answer into its files, decoded, and the rest, so that neither a whole letter nor its base64 ever lies in
 * memory. It knows just enough of XML not to be taken in by comments, CDATA and quotes, and stops at a DOCTYPE: what
 * defines entities is read by nobody here.
 */
export function answerSplitter(): AnswerSplitter {
  const skeleton: Buffer[] = []
  let length = 0
  let files = 0
  let fault: SplitFault | undefined
  let markup: Buffer | undefined
  let file: Base64Reader | undefined

  const keep = (bytes: Buffer) => {
    length += bytes.length
    if (length > SKELETON_LIMIT) fault ??= 'xml'
    else skeleton.push(bytes)
  }

  /** Text between markup: of a file, or of the rest. */
  const text = (bytes: Buffer, parts: SplitPart[]) => {
    if (bytes.length === 0) return
    if (!file) return keep(bytes)
    const decoded = file.push(bytes)
    if (!decoded) fault ??= 'BinaryObject'
    else if (decoded.length > 0) parts.push({ kind: 'bytes', bytes: decoded })
  }

  /** Markup that is complete. */
  const markupEnded = (bytes: Buffer, parts: SplitPart[]) => {
    if (file) {
      if (bytes[1] !== 0x2f || !file.isWhole()) fault ??= 'BinaryObject'
      file = undefined
      keep(Buffer.from(String(files)))
      files += 1
      parts.push({ kind: 'file-end' })
    }
    keep(bytes)
    if (BINARY.test(bytes.toString('latin1')) && bytes[bytes.length - 2] !== 0x2f) {
      file = base64Reader()
      if (files >= FILES_LIMIT) fault ??= 'BinaryObject'
    }
  }

  const push = (part: Uint8Array): SplitPart[] => {
    const parts: SplitPart[] = []
    let bytes = Buffer.from(part.buffer, part.byteOffset, part.length)
    while (bytes.length > 0 && !fault) {
      if (!markup) {
        const start = bytes.indexOf(START)
        text(start === -1 ? bytes : bytes.subarray(0, start), parts)
        if (start === -1) break
        bytes = bytes.subarray(start)
        markup = Buffer.alloc(0)
      }
      const whole: Buffer = markup.length === 0 ? bytes : Buffer.concat([markup, bytes])
      const end = markupLength(whole)
      if (end === 'DOCTYPE') fault ??= 'DOCTYPE'
      else if (end === 'open') {
        markup = whole
        if (whole.length > MARKUP_LIMIT) fault ??= 'xml'
        break
      } else if (end > MARKUP_LIMIT) fault ??= 'xml'
      else {
        markup = undefined
        markupEnded(whole.subarray(0, end), parts)
        bytes = whole.subarray(end)
      }
    }
    return parts
  }

  return {
    push,
    end: () => {
      if (markup || file) fault ??= 'xml'
      return fault ? { fault } : { skeleton: Buffer.concat(skeleton) }
    },
  }
}

/** How many bytes the markup has that `bytes` begins with; `open` where its end has not come yet. */
function markupLength(bytes: Buffer): number | 'open' | 'DOCTYPE' {
  const head = bytes.subarray(0, 9).toString('latin1')
  if (head.startsWith('<?')) return endOf(bytes, '?>')
  if (head.startsWith('<!--')) return endOf(bytes, '-->', 4)
  if (head === '<![CDATA[') return endOf(bytes, ']]>')
  if (head.startsWith('<!')) {
    return ['<!--', '<![CDATA['].some((known) => known.startsWith(head)) ? 'open' : 'DOCTYPE'
  }
  let quote = 0
  for (let at = 1; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (quote !== 0) {
      if (byte === quote) quote = 0
    } else if (byte === 0x22 || byte === 0x27) quote = byte
    else if (byte === END) return at + 1
  }
  return 'open'
}

function endOf(bytes: Buffer, mark: string, from = 2): number | 'open' {
  const at = bytes.indexOf(mark, from, 'latin1')
  return at === -1 ? 'open' : at + mark.length
}
