import { encode } from 'uqr'
import { formatNumber } from './serialize.ts'

const quietModules = 2

/** The operators that draw `text` as a QR code on white, `side` points wide, lower left corner at x, y. */
export function drawQr(text: string, x: number, y: number, side: number): string {
  const { data, size } = encode(text, { ecc: 'M', border: quietModules })
  const module = side / size
  const box = (...numbers: number[]): string => `${numbers.map(formatNumber).join(' ')} re\n`
  let out = `q 1 g ${box(x, y, side, side)}f 0 g\n`
  data.forEach((row, rowNumber) => {
    const bottom = y + side - (rowNumber + 1) * module
    for (let from = 0; from < row.length; from++) {
      if (row[from] !== true) continue
      let to = from
      while (row[to] === true) to++
      out += box(x + from * module, bottom, (to - from) * module, module)
      from = to
    }
  })
  return `${out}f Q\n`
}
