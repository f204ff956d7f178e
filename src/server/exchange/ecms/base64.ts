/** Decodes base64 that comes in parts. */
export interface Base64Reader {
  /** The bytes that are whole so far; undefined once something came that is no base64. */
  push(part: Uint8Array): Uint8Array | undefined
  /** Whether what came ended where base64 may end (RFC 4648, section 4). */
  isWhole(): boolean
}

const SPACE = /[\t\n\r ]+/g
const ALPHABET = /^[A-Za-z0-9+/]*(={0,2})$/

/** A strict reader: spaces and line ends aside, nothing that is not base64 is passed over. */
export function base64Reader(): Base64Reader {
  let rest = ''
  let isPadded = false
  let isBroken = false
  const broken = () => {
    isBroken = true
    return undefined
  }
  return {
    push: (part) => {
      if (isBroken) return undefined
      const text = Buffer.from(part.buffer, part.byteOffset, part.length)
        .toString('latin1')
        .replace(SPACE, '')
      if (text === '') return new Uint8Array()
      const found = ALPHABET.exec(text)
      const padding = found?.[1]?.length ?? 0
      // After its padding base64 has ended, even where the padding itself came in two parts.
      if (!found || (isPadded && padding !== text.length)) return broken()
      isPadded ||= padding > 0
      const whole = rest + text
      const length = whole.length - (whole.length % 4)
      rest = whole.slice(length)
      return Buffer.from(whole.slice(0, length), 'base64')
    },
    isWhole: () => !isBroken && rest === '',
  }
}
