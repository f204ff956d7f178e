import { readFile } from 'node:fs/promises'
import type { Face, Font } from 'harfbuzzjs'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { packageFile } from '../structure/packages.ts'
import { type HarfBuzz, loadHarfBuzz, type Subset } from './harfbuzz.ts'
import { pdfPath } from './outline.ts'

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
  /** How far the lowest glyph reaches below the baseline, in font units. */
  readonly depth: number
}

/** A font in one weight, ready to shape Thai and Latin text. */
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
  const [regular, bold] = await Promise.all(
    ['400Regular/Sarabun_400Regular.ttf', '700Bold/Sarabun_700Bold.ttf'].map(async (file) =>
      openTypeface(await readFile(packageFile(`@expo-google-fonts/sarabun/${file}`))),
    ),
  )
  if (!regular?.ok || !bold?.ok) throw new Error('Sarabun cannot be read')
  return { regular: regular.value, bold: bold.value }
}

const postScriptName = 6
const embeddingForbidden = 2

/**
 * Reads a TrueType font. Refuses font-unusable for anything else, and when its maker forbids embedding (OpenType, OS/2,
 * fsType).
 */
export async function openTypeface(bytes: Uint8Array): Promise<Outcome<Typeface>> {
  const { harfbuzz, subset } = await loadHarfBuzz()
  const face = new harfbuzz.Face(new harfbuzz.Blob(bytes))
  const name = face.getName(postScriptName, 'en').replace(/[^!-~]/g, '')
  const permissions = face.referenceTable('OS/2')?.[9] ?? 0
  const isTrueType = face.referenceTable('glyf') !== undefined && face.referenceTable('head') !== undefined
  if (name === '' || !isTrueType || (permissions & embeddingForbidden) !== 0) return refuse('font-unusable')
  return accept(makeTypeface(harfbuzz, subset, face, bytes, name))
}

function makeTypeface(
  harfbuzz: HarfBuzz,
  subset: Subset,
  face: Face,
  bytes: Uint8Array,
  postScriptName: string,
): Typeface {
  const font = new harfbuzz.Font(face)
  const known = new Set(face.collectUnicodes())
  const extents = font.hExtents()
  const outlines = new Map<number, string>()
  const shaped = new Map<string, ShapedLine>()
  return {
    postScriptName,
    bytes,
    unitsPerEm: face.upem,
    ascender: extents.ascender,
    descender: extents.descender,
    subset,
    missing: (text) => [...drawable(text)].find((character) => !known.has(character.codePointAt(0) ?? 0)),
    outline(glyph) {
      const outline = outlines.get(glyph) ?? pdfPath(font.glyphToPath(glyph))
      outlines.set(glyph, outline)
      return outline
    },
    shape(text) {
      const line = drawable(text)
      const done = shaped.get(line)
      if (done !== undefined) return done
      if (shaped.size > 5000) shaped.clear()
      const made = shapeLine(harfbuzz, font, line, face.upem)
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

/**
 * In em. The way back from a mark that is set so far from where the line has come to is read as a space by MuPDF;
 * such a mark is drawn as a shape, and the glyph before it reads as both.
 */
const farOff = 0.1

function shapeLine(harfbuzz: HarfBuzz, font: Font, text: string, unitsPerEm: number): ShapedLine {
  const buffer = new harfbuzz.Buffer()
  buffer.addText(text)
  buffer.setDirection(harfbuzz.Direction.LTR)
  buffer.setScript('Thai')
  buffer.setLanguage('th')
  harfbuzz.shape(font, buffer)
  const placed = buffer.getGlyphInfosAndPositions()
  const glyphs: (ShapedGlyph & { text: string })[] = []
  let pen = 0
  let depth = 0
  for (let start = 0; start < placed.length; ) {
    const cluster = placed[start]?.cluster ?? 0
    let end = start
    while (end < placed.length && placed[end]?.cluster === cluster) end++
    const texts = shareOut([...text.slice(cluster, placed[end]?.cluster ?? text.length)], end - start)
    for (let index = start; index < end; index++) {
      const glyph = placed[index]
      if (glyph === undefined) break
      const shift = glyph.xOffset ?? 0
      let own = texts[index - start] ?? ''
      const read = glyphs.findLast(({ text }) => text !== '')
      if (read !== undefined && Math.abs(shift) > farOff * unitsPerEm) {
        read.text += own
        own = ''
      }
      const y = glyph.yOffset ?? 0
      const width = font.glyphHAdvance(glyph.codepoint)
      glyphs.push({ glyph: glyph.codepoint, x: pen + shift, y, width, text: own })
      const { yBearing = 0, height = 0 } = font.glyphExtents(glyph.codepoint) ?? {}
      depth = Math.max(depth, -(y + yBearing + height))
      pen += glyph.xAdvance ?? 0
    }
    start = end
  }
  return { text, glyphs, width: pen, depth }
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
