import { readFile } from 'node:fs/promises'
import type { Font } from 'harfbuzzjs'
import { type HarfBuzz, loadHarfBuzz, type Subset } from './harfbuzz.ts'
import { pdfPath } from './outline.ts'
import { packageFile } from './packages.ts'

/** One glyph of a shaped line; distances are in font units. */
interface ShapedGlyph {
  readonly glyph: number
  readonly x: number
  readonly y: number
  /** The glyph's own width in the font, which the PDF states in /W. */
  readonly width: number
  /** What the glyph stands for when the text is read back; '' when it has no character of its own. */
  readonly text: string
}

/** A line of text as glyphs with their places. */
export interface ShapedLine {
  readonly text: string
  readonly glyphs: readonly ShapedGlyph[]
  /** In font units. */
  readonly width: number
}

/** Sarabun in one weight, ready to shape Thai and Latin text. */
export interface Typeface {
  readonly postScriptName: string
  readonly bytes: Uint8Array
  readonly unitsPerEm: number
  readonly ascender: number
  readonly descender: number
  readonly subset: Subset
  shape(text: string): ShapedLine
  /** The path of a glyph in font units, for a glyph that must not be read as a character. */
  outline(glyph: number): string
  /** The first character that the font cannot show, or undefined. */
  missing(text: string): string | undefined
}

/** The two weights that letters use. */
export interface Typefaces {
  readonly regular: Typeface
  readonly bold: Typeface
}

let loading: Promise<Typefaces> | undefined

/** Sarabun Regular and Bold, loaded once. */
export function loadTypefaces(): Promise<Typefaces> {
  loading ??= load()
  return loading
}

async function load(): Promise<Typefaces> {
  const [{ harfbuzz, subset }, regular, bold] = await Promise.all([
    loadHarfBuzz(),
    readFile(packageFile('@expo-google-fonts/sarabun/400Regular/Sarabun_400Regular.ttf')),
    readFile(packageFile('@expo-google-fonts/sarabun/700Bold/Sarabun_700Bold.ttf')),
  ])
  return {
    regular: makeTypeface(harfbuzz, subset, regular, 'Sarabun-Regular'),
    bold: makeTypeface(harfbuzz, subset, bold, 'Sarabun-Bold'),
  }
}

function makeTypeface(
  harfbuzz: HarfBuzz,
  subset: Subset,
  bytes: Uint8Array,
  postScriptName: string,
): Typeface {
  const face = new harfbuzz.Face(new harfbuzz.Blob(bytes))
  const font = new harfbuzz.Font(face)
  const known = new Set(face.collectUnicodes())
  const extents = font.hExtents()
  const shaped = new Map<string, ShapedLine>()
  return {
    postScriptName,
    bytes,
    unitsPerEm: face.upem,
    ascender: extents.ascender,
    descender: extents.descender,
    subset,
    missing: (text) => [...drawable(text)].find((character) => !known.has(character.codePointAt(0) ?? 0)),
    outline: (glyph) => pdfPath(font.glyphToPath(glyph)),
    shape(text) {
      const line = drawable(text)
      const done = shaped.get(line)
      if (done !== undefined) return done
      if (shaped.size > 5000) shaped.clear()
      const made = shapeLine(harfbuzz, font, line)
      shaped.set(line, made)
      return made
    },
  }
}

/** The characters that are drawn: no format characters, any white space as a plain space. */
function drawable(text: string): string {
  return text
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\u00a0]/g, ' ')
    .replace(/\u0e4d\u0e32/g, '\u0e33')
}

function shapeLine(harfbuzz: HarfBuzz, font: Font, text: string): ShapedLine {
  const buffer = new harfbuzz.Buffer()
  buffer.addText(text)
  buffer.setDirection(harfbuzz.Direction.LTR)
  buffer.setScript('Thai')
  buffer.setLanguage('th')
  harfbuzz.shape(font, buffer)
  const placed = buffer.getGlyphInfosAndPositions()
  const glyphs: ShapedGlyph[] = []
  let pen = 0
  for (let start = 0; start < placed.length; ) {
    const cluster = placed[start]?.cluster ?? 0
    let end = start
    while (end < placed.length && placed[end]?.cluster === cluster) end++
    const texts = shareOut([...text.slice(cluster, placed[end]?.cluster ?? text.length)], end - start)
    for (let index = start; index < end; index++) {
      const glyph = placed[index]
      if (glyph === undefined) break
      glyphs.push({
        glyph: glyph.codepoint,
        x: pen + (glyph.xOffset ?? 0),
        y: glyph.yOffset ?? 0,
        width: font.glyphHAdvance(glyph.codepoint),
        text: texts[index - start] ?? '',
      })
      pen += glyph.xAdvance ?? 0
    }
    start = end
  }
  return { text, glyphs, width: pen }
}

/**
 * Gives the characters of a cluster to its glyphs, in the order of the text. HarfBuzz splits SARA AM (ำ) into two
 * glyphs; then the first of them reads as nothing and the last as the whole ำ.
 */
function shareOut(characters: readonly string[], glyphs: number): string[] {
  if (characters.length >= glyphs)
    return [...characters.slice(0, glyphs - 1), characters.slice(glyphs - 1).join('')]
  const nothing = Array.from({ length: glyphs - characters.length }, () => '')
  return [...characters.slice(0, 1), ...nothing, ...characters.slice(1)]
}
