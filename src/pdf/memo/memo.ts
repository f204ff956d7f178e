import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { toThaiDigits } from '../../shared/thai/digits.ts'
import { missingCharacter } from '../marks/checkTexts.ts'
import { dictionaryOf, nameOf, type PdfReference, textString } from '../structure/values.ts'
import { EmbeddedFont, flateStream } from '../text/fontEmbedding.ts'
import { loadTypefaces } from '../text/typeface.ts'
import { unbreakablePieces, wrapText } from '../text/wrapping.ts'
import {
  type BodyLine,
  bodyLines,
  bodySize,
  centred,
  circle,
  cm,
  dottedLine,
  labelSize,
  linePitch,
  type MemoFonts,
  paginate,
  paper,
  titleSize,
} from './memoLayout.ts'
import { NewFile } from './newFile.ts'

/** What a memorandum (บันทึกข้อความ) says. */
export interface Memo {
  /** The agency, such as สำนักงานหลักประกันสุขภาพแห่งชาติ. */
  readonly agency: string
  readonly department: string
  readonly departmentPhone: string
  /** What stands before the number, `สปสช `. */
  readonly numberPrefix: string
  readonly subject: string
  /** To whom, without เรียน. */
  readonly salutationTo: string
  readonly paragraphs: readonly string[]
  readonly signerName: string
  readonly signerPosition: string
}

const emptyLinesForSignature = 4
const headPitch = 1.45 * labelSize

/**
 * Composes a memorandum on A4 by the rules for official letters (คำอธิบายการพิมพ์หนังสือราชการ): `ที่ สปสช ` without
 * a number, an empty date, four empty lines for the signature above the name. Refuses glyph-missing.
 */
export async function composeMemo(memo: Memo): Promise<Outcome<Uint8Array>> {
  const typefaces = await loadTypefaces()
  const missing = missingCharacter(Object.values(memo).flat(), typefaces.regular)
  if (missing !== undefined) return refuse('glyph-missing', { character: missing })
  const fonts = {
    regular: new EmbeddedFont(typefaces.regular, 'Thai'),
    bold: new EmbeddedFont(typefaces.bold, 'Bold'),
  }
  const head = drawHead(memo, fonts)
  const closing = closingLines(memo, fonts)
  const closingHeight = (emptyLinesForSignature + 1 + closing.length) * linePitch
  const pages = paginate(bodyLines(fonts.regular, memo.paragraphs), head.bottom, closingHeight)
  const contents = pages.map((lines, index) => {
    const start = index === 0 ? head : pageHead(index + 1, fonts)
    const body = drawBody(lines, start.bottom, fonts)
    const next = pages[index + 1]?.[0]
    const end = next === undefined ? drawClosing(closing, body.bottom, fonts) : leadOver(next.text, fonts)
    return start.operators + body.operators + end
  })
  return accept(await write(memo, contents, fonts))
}

interface Drawn {
  readonly operators: string
  /** Where the next line's top is. */
  readonly bottom: number
}

function drawHead(memo: Memo, { regular, bold }: MemoFonts): Drawn {
  const { left, right } = paper
  const middle = left + 8 * cm
  const emblem = { x: left + 0.75 * cm, y: paper.height - 1.5 * cm - 0.75 * cm }
  const short = memo.numberPrefix.trim().split(/\s/)[0] ?? ''
  let out = circle(emblem.x, emblem.y, 0.75 * cm, 0.9) + circle(emblem.x, emblem.y, 0.62 * cm, 0.5)
  const shortSize = Math.min(9, (0.95 * cm * 9) / Math.max(1, regular.width(short, 9)))
  out += centred(bold, short, emblem.x, emblem.y - 0.32 * shortSize, shortSize)
  let y = paper.height - 2.7 * cm
  out += centred(bold, 'บันทึกข้อความ', paper.width / 2, y, titleSize)
  y -= 1.45 * titleSize
  const field = (label: string, value: string, at: number, end: number): void => {
    out += bold.operators(label, at, y, labelSize)
    const start = at + bold.width(label, labelSize) + 6
    const lines = wrapText(value, (line) => regular.width(line, bodySize) <= end - start - 4)
    lines.forEach((line, number) => {
      if (number > 0) y -= headPitch
      out += regular.operators(line, start + 4, y, bodySize) + dottedLine(start, end, y)
    })
  }
  field('ส่วนราชการ', senderLine(memo, regular), left, right)
  y -= headPitch
  field('ที่', memo.numberPrefix.trim(), left, middle - 8)
  field('วันที่', '', middle, right)
  y -= headPitch
  field('เรื่อง', memo.subject, left, right)
  y -= headPitch + 4
  out += regular.operators('เรียน', left, y, bodySize)
  out += regular.operators(memo.salutationTo, left + regular.width('เรียน', bodySize) + 12, y, bodySize)
  return { operators: out, bottom: y - 0.4 * bodySize }
}

/** Department, agency and telephone; the agency only where the line has room, for a memo stays within it. */
function senderLine(memo: Memo, regular: MemoFonts['regular']): string {
  const phone = toThaiDigits(memo.departmentPhone.replace(/^\s*โทร\.?\s*/, '').trim())
  const telephone = phone === '' ? '' : ` โทร. ${phone}`.replace(/(?<=\S) /g, '\u00a0')
  const whole = `${memo.department} ${memo.agency}${telephone}`
  return regular.width(whole, bodySize) < 13 * cm ? whole : `${memo.department}${telephone}`
}

function pageHead(number: number, { regular }: MemoFonts): Drawn {
  const text = `- ${toThaiDigits(String(number))} -`
  return {
    operators: centred(regular, text, paper.width / 2, paper.height - 1.8 * cm, bodySize),
    bottom: paper.top,
  }
}

function drawBody(lines: readonly BodyLine[], top: number, { regular }: MemoFonts): Drawn {
  let y = top
  let operators = ''
  for (const line of lines) {
    y -= line.gap + linePitch
    operators += regular.operators(line.text, paper.left + line.indent, y + 0.1 * bodySize, bodySize)
  }
  return { operators, bottom: y }
}

/** The name in brackets and the position, broken so that they stay in the right half. */
function closingLines(memo: Memo, { regular }: MemoFonts): string[] {
  const fits = (line: string): boolean => regular.width(line, bodySize) <= 8 * cm
  return [`(${memo.signerName})`, memo.signerPosition].flatMap((text) => wrapText(text, fits))
}

function drawClosing(lines: readonly string[], top: number, { regular }: MemoFonts): string {
  const middle = paper.left + 12 * cm
  const first = top - (emptyLinesForSignature + 1) * linePitch
  return lines
    .map((text, index) => centred(regular, text, middle, first - index * linePitch, bodySize))
    .join('')
}

/** The first words of the next page, at the foot of this one: `/ข้อความ...` */
function leadOver(next: string, { regular }: MemoFonts): string {
  let words = ''
  for (const piece of unbreakablePieces(next)) {
    if (words !== '' && regular.width(words + piece, bodySize) > 3 * cm) break
    words += piece
  }
  const text = `/${words.trim()}...`
  return regular.operators(text, paper.right - regular.width(text, bodySize), paper.bottom, bodySize)
}

function write(memo: Memo, contents: readonly string[], fonts: MemoFonts): Promise<Uint8Array> {
  const file = new NewFile()
  const fontEntries: Record<string, PdfReference> = {}
  for (const font of [fonts.regular, fonts.bold]) fontEntries[font.resource] = file.add(font.dictionary(file))
  const tree = file.add(null)
  const kids = contents.map((operators) =>
    file.add(
      dictionaryOf({
        Type: nameOf('Page'),
        Parent: tree,
        MediaBox: [0, 0, paper.width, paper.height],
        Resources: dictionaryOf({ Font: dictionaryOf(fontEntries) }),
        Contents: file.add(flateStream(operators, {})),
      }),
    ),
  )
  file.replace(tree, dictionaryOf({ Type: nameOf('Pages'), Kids: kids, Count: kids.length }))
  const root = file.add(
    dictionaryOf({
      Type: nameOf('Catalog'),
      Pages: tree,
      Lang: textString('th-TH'),
      ViewerPreferences: dictionaryOf({ DisplayDocTitle: true }),
    }),
  )
  return file.write(
    root,
    dictionaryOf({ Title: textString(memo.subject), Creator: textString('Saraban Desktop') }),
  )
}
