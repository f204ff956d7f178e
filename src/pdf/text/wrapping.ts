const words = new Intl.Segmenter('th', { granularity: 'word' })
const graphemes = new Intl.Segmenter('th', { granularity: 'grapheme' })

/** What may not begin a line: closing punctuation and the signs that belong to the word before. */
const clingsToPrevious = /^[\s)\]}”’.,;:!?%/\-–ๆฯ]/u
/** What may not end a line. */
const clingsToNext = /[([{“‘/\-–\u00a0]$/u
/** Digits, their separators and what stands between them stay together: phone numbers, amounts, letter numbers. */
const withinNumber = /[0-9๐-๙][,./:-]?$/u
const beginsWithDigit = /^[0-9๐-๙]/u
/** Names that the dictionary would cut. */
const unbroken = ['สำนักนายกรัฐมนตรี', 'สปสช.', 'พ.ศ.', 'กรุงเทพมหานคร']

/**
 * Breaks `text` into lines that `fits` accepts, between Thai words. `fits` gets the line and its number, counted
 * from 0. A word that is longer than a line is cut between graphemes.
 */
export function wrapText(text: string, fits: (line: string, number: number) => boolean): string[] {
  const lines: string[] = []
  for (const paragraph of text.split(/\r\n|[\n\r\u2028\u2029]/)) {
    let line = ''
    for (const piece of unbreakablePieces(paragraph)) {
      if (fits((line + piece).trimEnd(), lines.length)) {
        line += piece
        continue
      }
      if (line.trim() !== '') lines.push(line.trimEnd())
      line = piece.trimStart()
      while (line !== '' && !fits(line.trimEnd(), lines.length)) {
        const head = longestHead(line, (part) => fits(part, lines.length))
        lines.push(head)
        line = line.slice(head.length)
      }
    }
    lines.push(line.trimEnd())
  }
  return lines
}

/** The parts of a line between which it may be broken; together they are the line. */
export function unbreakablePieces(text: string): string[] {
  const pieces: string[] = []
  const whole = wholeNames(text)
  let at = 0
  for (const { segment } of words.segment(text)) {
    const previous = pieces.at(-1)
    const joined =
      previous !== undefined &&
      (whole.some(([from, to]) => from < at && at < to) ||
        clingsToPrevious.test(segment) ||
        clingsToNext.test(previous) ||
        (withinNumber.test(previous) && beginsWithDigit.test(segment)))
    if (joined) pieces[pieces.length - 1] = previous + segment
    else pieces.push(segment)
    at += segment.length
  }
  return pieces
}

function wholeNames(text: string): [number, number][] {
  const found: [number, number][] = []
  for (const name of unbroken)
    for (let from = text.indexOf(name); from >= 0; from = text.indexOf(name, from + 1))
      found.push([from, from + name.length])
  return found
}

function longestHead(text: string, fits: (part: string) => boolean): string {
  let head = ''
  for (const { segment } of graphemes.segment(text)) {
    if (head !== '' && !fits(head + segment)) break
    head += segment
  }
  return head
}
