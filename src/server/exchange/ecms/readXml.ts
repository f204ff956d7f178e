import { XMLParser } from 'fast-xml-parser'

/** An element, its name and namespace apart. */
export interface XmlElement {
  readonly namespace: string
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** Its own text, without that of its children. */
  readonly text: string
}

const DEPTH_LIMIT = 24

/** Encodings whose markup is ASCII: what was split by its bytes may be read in these alone. */
const ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  // Older Thai systems (trap 13).
  'tis-620': 'windows-874',
  'windows-874': 'windows-874',
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // References are resolved below, the predefined ones alone: nothing that a message defines is ever expanded.
  processEntities: false,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: DEPTH_LIMIT,
  jPath: false,
})

/** Reads XML without a DOCTYPE; undefined where it is not well-formed, nests too deep or has an unknown encoding. */
export function readXml(bytes: Uint8Array): XmlElement | undefined {
  try {
    const text = decode(bytes)
    if (text === undefined || /<!DOCTYPE/i.test(text)) return undefined
    const roots = (parser.parse(text, true) as Node[]).filter((node) => nameOf(node) !== '#text')
    const [root] = roots
    return root && roots.length === 1 ? readNode(root, new Map([['xml', XML_NAMESPACE]])) : undefined
  } catch {
    // The parser tells of every fault by an exception.
    return undefined
  }
}

/** The first child of this name, whatever its namespace. */
export const child = (parent: XmlElement | undefined, name: string): XmlElement | undefined =>
  parent?.children.find((one) => one.name === name)

/** The text of the first child of this name, without the spaces around it; empty where there is none. */
export const childText = (parent: XmlElement | undefined, name: string): string =>
  child(parent, name)?.text.trim() ?? ''

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace'

/** As the parser gives it: one key is the tag with its children, `:@` the attributes, `#text` text. */
type Node = Readonly<Record<string, unknown>>

const nameOf = (node: Node): string => Object.keys(node).find((key) => key !== ':@') ?? ''

function decode(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  const declared =
    /^(?:\xEF\xBB\xBF)?<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(head)?.[1] ?? 'utf-8'
  const encoding = ENCODINGS[declared.toLowerCase()]
  return encoding === undefined ? undefined : new TextDecoder(encoding, { fatal: true }).decode(bytes)
}

function readNode(node: Node, outer: ReadonlyMap<string, string>): XmlElement {
  const tag = nameOf(node)
  const written = (node[':@'] ?? {}) as Readonly<Record<string, string>>
  const scope = new Map(outer)
  const attributes: Record<string, string> = Object.create(null)
  for (const [key, value] of Object.entries(written)) {
    if (key === 'xmlns') scope.set('', resolve(value))
    else if (key.startsWith('xmlns:')) scope.set(key.slice('xmlns:'.length), resolve(value))
    else attributes[key] = resolve(value)
  }
  const colon = tag.indexOf(':')
  const prefix = colon === -1 ? '' : tag.slice(0, colon)
  const namespace = scope.get(prefix)
  if (namespace === undefined && prefix !== '') throw new Error('a prefix without a namespace')
  const children: XmlElement[] = []
  let text = ''
  for (const inner of node[tag] as readonly Node[]) {
    const name = nameOf(inner)
    if (name === '#text') text += resolve(String(inner['#text']))
    else if (name === '#cdata') text += cdata(inner)
    else children.push(readNode(inner, scope))
  }
  return { namespace: namespace ?? '', name: tag.slice(colon + 1), attributes, children, text }
}

const cdata = (node: Node): string =>
  (node['#cdata'] as readonly Node[]).map((inner) => String(inner['#text'] ?? '')).join('')

const PREDEFINED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Resolves the references that need no definition (XML 1.0, 4.1 and 4.6); any other is a fault. */
const resolve = (text: string): string =>
  text.replace(/&([^;&]{0,10});?/g, (reference, name: string) => {
    const number = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name)
    const resolved = number
      ? String.fromCodePoint(number[1] ? Number.parseInt(number[1], 16) : Number(number[2]))
      : PREDEFINED[name]
    if (resolved === undefined || !reference.endsWith(';')) throw new Error('an unknown reference')
    return resolved
  })
