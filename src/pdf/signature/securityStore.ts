import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import type { Revision } from '../structure/append.ts'
import { DamagedFile } from '../structure/damaged.ts'
import type { PdfFile } from '../structure/document.ts'
import { decodeStream } from '../structure/filters.ts'
import {
  dictionaryOf,
  isDictionary,
  isReference,
  isStream,
  nameOf,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
} from '../structure/values.ts'

/** What is needed to validate signatures later: certificates, OCSP answers and CRLs, DER each. */
export interface ValidationMaterial {
  readonly certificates: readonly Uint8Array[]
  readonly ocsps: readonly Uint8Array[]
  readonly crls: readonly Uint8Array[]
}

/** Material with the signatures that it belongs to, by vriKey. */
export interface StoreAdditions extends ValidationMaterial {
  readonly signatures: ReadonlyMap<string, ValidationMaterial>
}

/** The arrays of the store and of its entries for single signatures (ISO 32000-2, 12.8.4.3 and 12.8.4.4). */
const arrays = [
  { kind: 'certificates', inStore: 'Certs', inEntry: 'Cert' },
  { kind: 'ocsps', inStore: 'OCSPs', inEntry: 'OCSP' },
  { kind: 'crls', inStore: 'CRLs', inEntry: 'CRL' },
] as const

const mostItems = 4096
/** How far a stream of the store may unpack: CRLs shrink to a tenth at most. */
const leastRoom = 1 << 16
const mostPacked = 32

/** Reads the document security store; undefined when the file has none. What cannot be read in it is left out. */
export function readSecurityStore(file: PdfFile): ValidationMaterial | undefined {
  const store = file.dictionary(file.catalog.get('DSS'))
  if (store === undefined) return undefined
  const read = (key: string) => itemsOf(file, store.get(key)).map(({ content }) => content)
  return { certificates: read('Certs'), ocsps: read('OCSPs'), crls: read('CRLs') }
}

interface StoredItem {
  readonly value: PdfValue
  readonly content: Uint8Array
}

function itemsOf(file: PdfFile, list: PdfValue | undefined): StoredItem[] {
  const values = file.array(list) ?? []
  if (values.length > mostItems) throw new DamagedFile('the security store is too large')
  const seen = new Set<number>()
  return values.flatMap((value) => {
    if (!isReference(value) || seen.has(value.number)) return []
    seen.add(value.number)
    const content = contentOf(file, value)
    return content === undefined ? [] : [{ value, content }]
  })
}

function contentOf(file: PdfFile, value: PdfValue): Uint8Array | undefined {
  const stream = file.resolve(value)
  if (!isStream(stream)) return undefined
  const room = leastRoom + mostPacked * stream.encoded.length
  try {
    const content = decodeStream(stream, room)
    file.step(content.length)
    return content
  } catch (error) {
    if (!(error instanceof DamagedFile)) throw error
    // To find that out may have cost as much as if it had filled its room.
    file.step(room)
    return undefined
  }
}

/** The key of a signature's entry: SHA-1 over /Contents as it stands, its padding included (12.8.4.4). */
export const vriKey = (contents: Uint8Array): string =>
  createHash('sha1').update(contents).digest('hex').toUpperCase()

/**
 * Adds to the document security store, making one when there is none and keeping all that it has. What it has already
 * is not stored again. Returns whether anything was added to the revision.
 */
export function addToSecurityStore(revision: Revision, additions: StoreAdditions): boolean {
  const { file } = revision
  const holder = file.catalog.get('DSS')
  const store = new Map(file.dictionary(holder) ?? [['Type', nameOf('DSS')] as const])
  const references = new Map<string, PdfValue>()
  let isGrown = false
  for (const { kind, inStore } of arrays) {
    const existing = itemsOf(file, store.get(inStore))
    for (const { value, content } of existing) references.set(digest(content), value)
    const added: PdfReference[] = []
    for (const content of additions[kind]) {
      const key = digest(content)
      if (references.has(key)) continue
      const reference = revision.add(streamOf(content))
      references.set(key, reference)
      added.push(reference)
    }
    if (added.length === 0) continue
    isGrown = true
    const kept = file.array(store.get(inStore)) ?? []
    replaceOrSet(revision, store, inStore, [...kept, ...added])
  }
  if (addEntries(revision, store, additions, references)) isGrown = true
  if (!isGrown) return false
  if (isReference(holder) && file.dictionary(holder) !== undefined) revision.replace(holder, store)
  else addToCatalog(revision, store)
  return true
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64')

/** The bytes as a stream, compressed where that helps: CRLs get to half their size. */
function streamOf(content: Uint8Array): PdfValue {
  const packed = deflateSync(content)
  const isSmaller = packed.length < content.length
  return {
    kind: 'stream',
    dictionary: dictionaryOf({ Filter: isSmaller ? nameOf('FlateDecode') : undefined }),
    encoded: isSmaller ? packed : content,
  }
}

/** Gives an entry a new value, in its own object where it has one. */
function replaceOrSet(revision: Revision, holder: PdfDictionary, key: string, value: PdfValue): void {
  const existing = holder.get(key)
  if (isReference(existing) && revision.resolve(existing) !== null) revision.replace(existing, value)
  else holder.set(key, value)
}

/** Adds what belongs to single signatures to /VRI; returns whether anything was new. */
function addEntries(
  revision: Revision,
  store: PdfDictionary,
  { signatures }: StoreAdditions,
  references: ReadonlyMap<string, PdfValue>,
): boolean {
  const { file } = revision
  const entries: PdfDictionary = new Map(file.dictionary(store.get('VRI')) ?? [])
  let isGrown = false
  for (const [key, material] of signatures) {
    const entry: PdfDictionary = new Map(file.dictionary(entries.get(key)) ?? [])
    let isEntryGrown = !entries.has(key)
    for (const { kind, inEntry } of arrays) {
      const kept = file.array(entry.get(inEntry)) ?? []
      const has = new Set(kept.flatMap((value) => (isReference(value) ? [value.number] : [])))
      const added = material[kind].flatMap((content) => {
        const value = references.get(digest(content))
        return isReference(value) && !has.has(value.number) ? [value] : []
      })
      if (added.length === 0) continue
      isEntryGrown = true
      entry.set(inEntry, [...kept, ...added])
    }
    if (!isEntryGrown) continue
    isGrown = true
    replaceOrSet(revision, entries, key, entry)
  }
  if (isGrown) replaceOrSet(revision, store, 'VRI', entries)
  return isGrown
}

/** Puts a new store into the catalog, with the extension that names it in files older than PDF 2.0. */
function addToCatalog(revision: Revision, store: PdfDictionary): void {
  const { file } = revision
  const catalog: PdfDictionary = new Map(file.catalog)
  catalog.set('DSS', revision.add(store))
  const extensions = file.resolve(catalog.get('Extensions'))
  const entries: PdfDictionary = new Map(isDictionary(extensions) ? extensions : [])
  if (!entries.has('ESIC')) {
    entries.set('ESIC', dictionaryOf({ BaseVersion: nameOf('1.7'), ExtensionLevel: 1 }))
    catalog.set('Extensions', entries)
  }
  revision.replace(file.root, catalog)
}
