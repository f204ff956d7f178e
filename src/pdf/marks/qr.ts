import { encode } from 'uqr'
import { formatNumber } from '../structure/serialize.ts'

const quietModules = 2
/** One of the eight by which a code may be drawn: to try which looks best takes longer than all else of a signature. */
const maskPattern = 0

/** The operators that draw `text` as a QR code on white, `side` points wide, lower left corner at x, y. */
export function drawQr(text: string, x: number, y: number, side: number): string {
  const { data, size } = encode(text, { ecc: 'M', border: 0, maskPattern })
  const modules = size + 2 * quietModules
  const module = formatNumber(side / modules)
  // In units of modules from the upper left, so that all numbers are short.
  let out = `q ${module} 0 0 -${module} ${formatNumber(x)} ${formatNumber(y + side)} cm\n`
  out += `1 g 0 0 ${modules} ${modules} re f 0 g\n`
  data.forEach((row, rowNumber) => {
    for (let from = 0; from < row.length; from++) {
      if (row[from] !== true) continue
      let to = from
      while (row[to] === true) to++
      out += `${from + quietModules} ${rowNumber + quietModules} ${to - from} 1 re\n`
      from = to
    }
  })
  return `${out}f Q\n`
}
