import { deflateSync } from 'node:zlib'
import { formatNumber } from '../structure/serialize.ts'
import {
  dictionaryOf,
  nameOf,
  type PdfDictionary,
  type PdfReference,
  type PdfStream,
  type PdfValue,
  textString,
} from '../structure/values.ts'
import { hex4, writeToUnicode } from './toUnicode.ts'
import type { ShapedLine, Typeface } from './typeface.ts'

/** Where an object is put: a revision of an existing file, or a new file. */
export interface ObjectSink {
  add(value: PdfValue): PdfReference
}

/** A compressed stream with `entries` in its dictionary. Operators, which are text, compress well in haste too. */
export function flateStream(
  bytes: Uint8Array | string,
  entries: Record<string, PdfValue | undefined>,
): PdfStream {
  const encoded =
    typeof bytes === 'string' ? deflateSync(Buffer.from(bytes, 'latin1'), { level: 1 }) : deflateSync(bytes)
  return {
    kind: 'stream',
    dictionary: dictionaryOf({ ...entries, Filter: nameOf('FlateDecode') }),
    encoded,
  }
}

/** A glyph and the text that it stands for, which share a character code. */
interface UsedGlyph {
  readonly glyph: number
  readonly text: string
  /** In font units. */
  readonly width: number
}

/**
 * A typeface as one PDF font. Every pair of glyph and text gets its own character code, so that /ToUnicode alone
 * gives the right text, and each line carries its /ActualText besides (ISO 32000-2, 9.10.3 and 14.9.4).
 */
export class EmbeddedFont {
  readonly typeface: Typeface
  /** The name of the font in /Resources. */
  readonly resource: string
  private readonly codes = new Map<string, number>()
  private readonly used: UsedGlyph[] = []

  constructor(typeface: Typeface, resource: string) {
    this.typeface = typeface
    this.resource = resource
  }

  get isUsed(): boolean {
    return this.used.length > 0
  }

  /** The width of `text` at `size` points. */
  width(text: string, size: number): number {
    return (this.typeface.shape(text).width * size) / this.typeface.unitsPerEm
  }

  /** How far `text` reaches below its baseline at `size` points. */
  depth(text: string, size: number): number {
    return (this.typeface.shape(text).depth * size) / this.typeface.unitsPerEm
  }

  /** The operators that draw `text` with its baseline starting at x, y; colour and clip are the caller's. */
  operators(text: string, x: number, y: number, size: number): string {
    const line = this.typeface.shape(text)
    if (line.glyphs.length === 0) return ''
    const actual = Buffer.from(`\ufeff${line.text}`, 'utf16le').swap16().toString('hex').toUpperCase()
    return (
      `/Span <</ActualText <${actual}>>> BDC\n` +
      `BT /${this.resource} ${formatNumber(size)} Tf 1 0 0 1 ${formatNumber(x)} ${formatNumber(y)} Tm\n` +
      `${this.showing(line, size)}ET\n${this.outlines(line, x, y, size)}EMC\n`
    )
  }

  private showing(line: ShapedLine, size: number): string {
    const perEm = this.typeface.unitsPerEm
    let out = ''
    let items = ''
    let rise = 0
    let pen = 0
    const flush = (): void => {
      if (items !== '') out += `[${items}] TJ\n`
      items = ''
    }
    for (const glyph of line.glyphs) {
      if (glyph.text === '') continue
      if (glyph.y !== rise) {
        flush()
        rise = glyph.y
        out += `${formatNumber((rise * size) / perEm)} Ts\n`
      }
      if (glyph.x !== pen) items += formatNumber(((pen - glyph.x) * 1000) / perEm)
      items += `<${hex4(this.code(glyph.glyph, glyph.text, glyph.width))}>`
      pen = glyph.x + glyph.width
    }
    flush()
    return rise === 0 ? out : `${out}0 Ts\n`
  }

  /**
   * Draws the glyphs that have no character of their own, such as the ring of ำ, as shapes: as text, viewers that
   * leave /ActualText aside would read them as a character too many.
   */
  private outlines(line: ShapedLine, x: number, y: number, size: number): string {
    const scale = size / this.typeface.unitsPerEm
    return line.glyphs
      .filter((glyph) => glyph.text === '')
      .map((glyph) => {
        const matrix = [scale, 0, 0, scale, x + glyph.x * scale, y + glyph.y * scale].map(formatNumber)
        return `q ${matrix.join(' ')} cm\n${this.typeface.outline(glyph.glyph)}f Q\n`
      })
      .join('')
  }

  private code(glyph: number, text: string, width: number): number {
    const key = `${glyph} ${text}`
    const known = this.codes.get(key)
    if (known !== undefined) return known
    this.used.push({ glyph, text, width })
    this.codes.set(key, this.used.length)
    return this.used.length
  }

  /** Adds what the font is made of and returns the font itself; call it once, after the last operators. */
  dictionary(objects: ObjectSink): PdfDictionary {
    const { typeface } = this
    const scale = 1000 / typeface.unitsPerEm
    const baseFont = nameOf(`${this.tag()}+${typeface.postScriptName}`)
    const streams = fontStreams(typeface, this.used)
    const descriptor = objects.add(
      dictionaryOf({
        Type: nameOf('FontDescriptor'),
        FontName: baseFont,
        Flags: 4,
        FontBBox: [-500, -700, 1500, 1350],
        ItalicAngle: 0,
        Ascent: Math.round(typeface.ascender * scale),
        Descent: Math.round(typeface.descender * scale),
        CapHeight: 700,
        StemV: 80,
        FontFile2: objects.add(streams.program),
      }),
    )
    const descendant = objects.add(
      dictionaryOf({
        Type: nameOf('Font'),
        Subtype: nameOf('CIDFontType2'),
        BaseFont: baseFont,
        CIDSystemInfo: dictionaryOf({
          Registry: textString('Adobe'),
          Ordering: textString('Identity'),
          Supplement: 0,
        }),
        FontDescriptor: descriptor,
        DW: 0,
        W: [1, this.used.map((entry) => entry.width * scale)],
        CIDToGIDMap: objects.add(streams.glyphOfCode),
      }),
    )
    return dictionaryOf({
      Type: nameOf('Font'),
      Subtype: nameOf('Type0'),
      BaseFont: baseFont,
      Encoding: nameOf('Identity-H'),
      DescendantFonts: [descendant],
      ToUnicode: objects.add(streams.toUnicode),
    })
  }

  /** Six letters that differ between subsets, as 9.9.2 asks. */
  private tag(): string {
    let sum = 7
    for (const { glyph } of this.used) sum = (sum * 31 + glyph) % 308_915_776
    let tag = ''
    for (let letter = 0; letter < 6; letter++) {
      tag += String.fromCharCode(65 + (sum % 26))
      sum = Math.floor(sum / 26)
    }
    return tag
  }
}

/** What a font is made of, compressed. */
interface FontStreams {
  readonly program: PdfStream
  readonly glyphOfCode: PdfStream
  readonly toUnicode: PdfStream
}

/** Letters that are signed one after the other show the same glyphs, and to cut a font to size takes time. */
const madeLately = new WeakMap<Typeface, Map<string, FontStreams>>()
const mostMadeLately = 64

function fontStreams(typeface: Typeface, used: readonly UsedGlyph[]): FontStreams {
  const known = madeLately.get(typeface) ?? new Map<string, FontStreams>()
  madeLately.set(typeface, known)
  const key = used.map(({ glyph, text }) => `${glyph} ${text}`).join('\0')
  const streams = known.get(key) ?? makeFontStreams(typeface, used)
  known.delete(key)
  known.set(key, streams)
  const [oldest] = known.size > mostMadeLately ? known.keys() : []
  if (oldest !== undefined) known.delete(oldest)
  return streams
}

function makeFontStreams(typeface: Typeface, used: readonly UsedGlyph[]): FontStreams {
  const program = typeface.subset(typeface.bytes, new Set(used.map(({ glyph }) => glyph)))
  const glyphOfCode = Buffer.alloc(2 * (used.length + 1))
  used.forEach(({ glyph }, index) => {
    glyphOfCode.writeUInt16BE(glyph, 2 * (index + 1))
  })
  return {
    program: flateStream(program, { Length1: program.length }),
    glyphOfCode: flateStream(glyphOfCode, {}),
    toUnicode: flateStream(writeToUnicode(new Map(used.map(({ text }, index) => [index + 1, text]))), {}),
  }
}

/** The font of a revision; its reference is known before its glyphs are, so that appearances can name it. */
export interface RevisionFont {
  readonly font: EmbeddedFont
  readonly reference: PdfReference
}
