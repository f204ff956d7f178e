/** What character codes stand for. */
export type CodeTexts = ReadonlyMap<number, string>

const codesInBlock = 100
/** Twice what two bytes can count: CMaps that say things again and again are not gone through. */
const mostEntries = 131_072
/** The most units of UTF-16 that a code may stand for (ISO 32000-2, 9.10.3: 512 bytes). */
const longestText = 256

/** Four hexadecimal digits, as codes of two bytes are written. */
export const hex4 = (value: number): string => value.toString(16).padStart(4, '0').toUpperCase()

const hexOf = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()

/** The /ToUnicode CMap of a font whose codes have two bytes (ISO 32000-2, 9.10.3). */
export function writeToUnicode(texts: CodeTexts): string {
  const lines = [...texts]
    .sort(([one], [other]) => one - other)
    .map(([code, text]) => `<${hex4(code)}> <${hexOf(text)}>`)
  let mappings = ''
  for (let from = 0; from < lines.length; from += codesInBlock) {
    const part = lines.slice(from, from + codesInBlock)
    mappings += `${part.length} beginbfchar\n${part.join('\n')}\nendbfchar\n`
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
${mappings}endcmap
CMapName currentdict /CMap defineresource pop
end
end`
}

/** Reads such a CMap; undefined when its codes do not have two bytes throughout, or there are too many. */
export function readToUnicode(cmap: string): Map<number, string> | undefined {
  const texts = new Map<number, string>()
  let entries = 0
  for (const { kind, block } of blocks(cmap)) {
    // Neither bracket may open anew inside, so that each is looked at once.
    const words = block.match(/<[^<>]*>|\[[^[\]]*\]/g) ?? []
    const size = kind === 'bfchar' ? 2 : 3
    for (let at = 0; at + size <= words.length; at += size) {
      const entry = words.slice(at, at + size).map((word) => word.replace(/\s/g, ''))
      const added = addEntry(texts, entry)
      entries += added ?? 0
      if (added === undefined || entries > mostEntries) return undefined
    }
  }
  return texts
}

/** The blocks up to the first that does not end: the rest is not searched for ends again and again. */
function* blocks(cmap: string): Generator<{ readonly kind: string; readonly block: string }> {
  const begin = /\bbegin(bfchar|bfrange)\b/g
  for (let found = begin.exec(cmap); found !== null; found = begin.exec(cmap)) {
    const end = /\bendbf(?:char|range)\b/g
    end.lastIndex = begin.lastIndex
    const ended = end.exec(cmap)
    if (ended === null) return
    yield { kind: found[1] ?? '', block: cmap.slice(begin.lastIndex, ended.index) }
    begin.lastIndex = end.lastIndex
  }
}

const code = /^<([0-9a-f]{4})>$/i

/** Adds and counts what `<0041> <0E01>`, `<0041> <0043> <0E01>` or `<0041> <0043> [<0E01> …]` says. */
function addEntry(texts: Map<number, string>, entry: readonly string[]): number | undefined {
  const [first = '', second = ''] = entry
  const target = entry.at(-1) ?? ''
  const from = code.exec(first)?.[1]
  const to = entry.length === 3 ? code.exec(second)?.[1] : from
  if (from === undefined || to === undefined) return undefined
  const start = Number.parseInt(from, 16)
  const count = Number.parseInt(to, 16) - start + 1
  const listed = target.startsWith('[') ? (target.match(/<[^>]*>/g) ?? []).map(textOf) : undefined
  const text = listed === undefined ? textOf(target) : ''
  if (count > 1 && text.length > longestText) return undefined
  for (let index = 0; index < count; index++)
    texts.set(start + index, listed === undefined ? following(text, index) : (listed[index] ?? ''))
  return Math.max(0, count)
}

function textOf(hex: string): string {
  const digits = hex.replace(/[^0-9a-f]/gi, '')
  const bytes = Buffer.from(digits.padEnd(4 * Math.ceil(digits.length / 4), '0'), 'hex')
  return bytes.swap16().toString('utf16le')
}

/** The text whose last unit is `steps` higher. */
const following = (text: string, steps: number): string =>
  text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + steps)
