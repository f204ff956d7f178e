import { formatNumber } from '../structure/serialize.ts'

/** The PDF path (8.5.2) of an outline that is written as an SVG path of M, L, Q, C and Z with absolute places. */
export function pdfPath(svg: string): string {
  let path = ''
  let [x, y] = [0, 0]
  for (const [, command = '', operands = ''] of svg.matchAll(/([MLQCZ])([^MLQCZ]*)/g)) {
    const numbers = (operands.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number)
    const [a = 0, b = 0, c = 0, d = 0] = numbers
    if (command === 'Q') {
      // A quadratic curve as the cubic one that is the same.
      const cubic = [
        x + (2 * (a - x)) / 3,
        y + (2 * (b - y)) / 3,
        c + (2 * (a - c)) / 3,
        d + (2 * (b - d)) / 3,
        c,
        d,
      ]
      path += `${cubic.map(formatNumber).join(' ')} c\n`
    } else if (command === 'Z') path += 'h\n'
    else path += `${numbers.map(formatNumber).join(' ')} ${command.toLowerCase()}\n`
    ;[x = x, y = y] = numbers.slice(-2)
  }
  return path
}
