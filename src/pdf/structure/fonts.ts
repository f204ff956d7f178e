import { DamagedFile } from './damaged.ts'
import type { PdfFile } from './document.ts'
import type { Page } from './pages.ts'
import { isName, isNamed, isStream, type PdfDictionary, type PdfStream, type PdfValue } from './values.ts'

/** A font that pages use. */
export interface FileFont {
  /** /BaseFont without the letters of its subset. */
  readonly name: string
  readonly embedded: boolean
  /**
   * What programs get who copy or search its text: letters; codes for private use (the marks of old Thai fonts,
   * which Chromium writes as well); or nothing, for want of a /ToUnicode that says which letters its glyphs are.
   */
  readonly text: 'letters' | 'private' | 'none'
}

const mostFonts = 500
const deepestForms = 8

/** The fonts in the resources of the pages and of the forms that they draw. */
export function readFonts(file: PdfFile, pages: readonly Page[]): FileFont[] {
  const fonts = new Set<PdfDictionary>()
  const seen = new Set<PdfDictionary>()
  const visit = (resources: PdfDictionary | undefined, depth: number): void => {
    if (resources === undefined || seen.has(resources) || depth > deepestForms) return
    seen.add(resources)
    file.step()
    for (const value of entriesOf(file, resources.get('Font'))) {
      const font = file.dictionary(value)
      if (font !== undefined && fonts.size < mostFonts) fonts.add(font)
    }
    for (const value of entriesOf(file, resources.get('XObject'))) {
      const form = file.dictionary(value)
      if (isNamed(file.resolve(form?.get('Subtype')), 'Form'))
        visit(file.dictionary(form?.get('Resources')), depth + 1)
    }
  }
  for (const { dictionary } of pages) visit(resourcesOf(file, dictionary), 0)
  return [...fonts].map((font) => describeFont(file, font))
}

const entriesOf = (file: PdfFile, value: PdfValue | undefined): PdfValue[] => [
  ...(file.dictionary(value)?.values() ?? []),
]

/** A page's own resources, or those of the nearest branch above it (7.7.3.4). */
function resourcesOf(file: PdfFile, page: PdfDictionary): PdfDictionary | undefined {
  let node: PdfDictionary | undefined = page
  for (let depth = 0; node !== undefined && depth < 64; depth++) {
    const resources = file.dictionary(node.get('Resources'))
    if (resources !== undefined) return resources
    node = file.dictionary(node.get('Parent'))
  }
  return undefined
}

function describeFont(file: PdfFile, font: PdfDictionary): FileFont {
  const name = file.resolve(font.get('BaseFont'))
  const isComposite = isNamed(file.resolve(font.get('Subtype')), 'Type0')
  const [descendant] = file.array(font.get('DescendantFonts')) ?? []
  const descriptor = file.dictionary(
    (isComposite ? file.dictionary(descendant) : font)?.get('FontDescriptor'),
  )
  const isDrawn = isNamed(file.resolve(font.get('Subtype')), 'Type3')
  const encoding = file.resolve(font.get('Encoding'))
  const map = file.resolve(font.get('ToUnicode'))
  const isNumbered = isComposite && isName(encoding) && /^Identity-/.test(encoding.name)
  return {
    name: isName(name) ? name.name.replace(/^[A-Z]{6}\+/, '') : '',
    embedded: isDrawn || ['FontFile', 'FontFile2', 'FontFile3'].some((key) => descriptor?.has(key) === true),
    text: isStream(map) ? lettersIn(file, map) : isNumbered ? 'none' : 'letters',
  }
}

/** Whether any glyph stands for a code for private use, U+E000 to U+F8FF. A map in an odd filter is believed. */
function lettersIn(file: PdfFile, stream: PdfStream): FileFont['text'] {
  try {
    const map = file.decoded(stream)
    const entries = Buffer.from(map).toString('latin1').split('endcodespacerange').slice(1).join(' ')
    return /<(?:[Ee][0-9A-Fa-f]|[Ff][0-8])[0-9A-Fa-f]{2}/.test(entries) ? 'private' : 'letters'
  } catch (error) {
    if (error instanceof DamagedFile) return 'letters'
    throw error
  }
}
