const THAI_ZERO = 0x0e50

/** Writes every Arabic digit of `text` as a Thai digit: `5.30/12` → `๕.๓๐/๑๒`. */
export const toThaiDigits = (text: string): string =>
  text.replace(/[0-9]/g, (digit) => String.fromCharCode(THAI_ZERO + Number(digit)))

/** Writes every Thai digit of `text` as an Arabic digit: `๕.๓๐/๑๒` → `5.30/12`. */
export const toArabicDigits = (text: string): string =>
  text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - THAI_ZERO))
