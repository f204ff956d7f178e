import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { inspect } from '../inspect.ts'
import { refusingDamage } from '../structure/damaged.ts'
import type { PdfFile } from '../structure/document.ts'
import { openToAppend } from '../structure/openToAppend.ts'
import type { Page } from '../structure/pages.ts'
import { isArray, isDictionary, isReference, isStream, type PdfValue } from '../structure/values.ts'
import { fixText } from '../text/fixText.ts'
import { rebuildWithLibrary } from './rebuildWithLibrary.ts'
import { rebuildWithQpdf } from './rebuildWithQpdf.ts'

/** A copy that was made anew of a file's objects, or the file with readable text behind it. */
export interface RepairedFile {
  readonly bytes: Uint8Array
  readonly pages: number
  /** Which program made it anew; `text` when only what its text reads as was mended. */
  readonly by: 'qpdf' | 'pdf-lib' | 'text'
  /** Whether the file was encrypted and the copy is not; what its author forbade is allowed in the copy. */
  readonly decrypted: boolean
  /** What had to be guessed or left out, in English and in the words of the program that made the copy. */
  readonly warnings: readonly string[]
  /** Pages without any content, counted from 1: theirs may be lost. */
  readonly blankPages: readonly number[]
}

/** How a file is rebuilt. */
export interface Rebuilt {
  readonly bytes: Uint8Array
  readonly warnings: readonly string[]
}

/** What bounds the work. */
export interface RepairLimits {
  readonly signal?: AbortSignal
  /** For each of the two programs that may be tried; 60,000 when absent. */
  readonly milliseconds?: number
}

/**
 * Makes a copy of an unsigned file that cannot be appended to: encrypted without a password to open it, with broken
 * cross-references, or with bytes around it that do not belong there. By qpdf where PATH has it, or else by pdf-lib.
 * Of a sound file that Chromium printed only the text is mended, as fixText does.
 * Refuses file-not-pdf, repair-signed (its signatures would be lost), file-needs-password, file-form-unsettled, and
 * repair-failed when nothing comes out that holds all pages and can be appended to.
 */
export async function repair(bytes: Uint8Array, limits: RepairLimits = {}): Promise<Outcome<RepairedFile>> {
  const before = await inspect(bytes)
  if (!before.ok && before.refusal.code === 'file-not-pdf') return before
  if (statesSignature(bytes)) return refuse('repair-signed')
  const readable = before.ok ? await fixText(bytes) : before
  if (before.ok && readable.ok && readable.value !== bytes) {
    const pages = before.value.pages.length
    const untouched = { decrypted: false, warnings: [], blankPages: [] } as const
    return accept({ bytes: readable.value, pages, by: 'text', ...untouched })
  }
  const bounds = { milliseconds: 60_000, ...limits }
  const rebuilders = { qpdf: rebuildWithQpdf, 'pdf-lib': rebuildWithLibrary } as const
  let last: Outcome<never> = refuse('repair-failed')
  for (const by of ['qpdf', 'pdf-lib'] as const) {
    const rebuilt = await rebuilders[by](bytes, bounds)
    if (rebuilt === undefined) continue
    if (!rebuilt.ok) return rebuilt
    const isBroken = !before.ok && before.refusal.code === 'file-damaged'
    const sound = await examineCopy(rebuilt.value.bytes, isBroken)
    if (sound.ok && (!before.ok || before.value.pages.length === sound.value.pages)) {
      const decrypted = !before.ok && before.refusal.code === 'file-encrypted'
      return accept({ ...rebuilt.value, ...sound.value, by, decrypted })
    }
    if (!sound.ok && sound.refusal.code !== 'file-damaged') last = sound
  }
  return last
}

/** A signature covers the file's own bytes, so that its dictionary is never compressed or encrypted as a whole. */
function statesSignature(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = text.indexOf('/ByteRange'); at >= 0; at = text.indexOf('/ByteRange', at + 1)) {
    if (/^\/ByteRange\s*\[\s*\d/.test(text.toString('latin1', at, at + 40))) return true
  }
  return false
}

/**
 * Whether a copy may be used in the file's place: it can be appended to, has no signature, and all its pages. Where
 * objects may have been lost, pages must not refer to any that is missing; sound files do so now and then.
 */
async function examineCopy(
  bytes: Uint8Array,
  isLossy: boolean,
): Promise<Outcome<Pick<RepairedFile, 'pages' | 'blankPages'>>> {
  const inspection = await inspect(bytes)
  if (!inspection.ok) return inspection
  if (inspection.value.signatures.length > 0) return refuse('repair-signed')
  return await refusingDamage(() => {
    const appendable = openToAppend(bytes)
    if (!appendable.ok) return appendable
    const { file, pages } = appendable.value
    const promised = file.number(file.dictionary(file.catalog.get('Pages'))?.get('Count'))
    const contents = pages.map((page) => contentOf(file, page))
    if (promised !== pages.length || contents.includes('lost')) return refuse('file-damaged')
    if (isLossy && lacksObjects(file, pages)) return refuse('file-damaged')
    const blankPages = contents.flatMap((content, index) => (content === 'none' ? [index + 1] : []))
    return accept({ pages: pages.length, blankPages })
  })
}

function contentOf(file: PdfFile, { dictionary }: Page): 'whole' | 'none' | 'lost' {
  const contents = dictionary.get('Contents')
  if (contents === undefined) return 'none'
  const parts = file.array(contents) ?? [contents]
  if (parts.length === 0) return 'none'
  return parts.every((part) => isStream(file.resolve(part))) ? 'whole' : 'lost'
}

/** Whether anything that the pages need is referred to and not there. */
function lacksObjects(file: PdfFile, pages: readonly Page[]): boolean {
  const visited = new Set<number>()
  const waiting: PdfValue[] = pages.flatMap(({ dictionary }) => [
    dictionary,
    ...inheritedResources(dictionary),
  ])
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    file.step()
    if (isReference(value)) {
      if (visited.has(value.number)) continue
      visited.add(value.number)
      const object = file.object(value.number)
      if (object === null) return true
      waiting.push(object)
    } else if (isArray(value)) waiting.push(...value)
    else if (isStream(value)) waiting.push(value.dictionary)
    else if (isDictionary(value)) {
      for (const [key, entry] of value) if (key !== 'Parent') waiting.push(entry)
    }
  }
  return false

  function inheritedResources(page: PdfValue | undefined): PdfValue[] {
    const resources: PdfValue[] = []
    const passed = new Set<PdfValue>()
    let node = file.dictionary(page)
    while (node !== undefined && !passed.has(node)) {
      passed.add(node)
      resources.push(node.get('Resources') ?? [])
      node = file.dictionary(node.get('Parent'))
    }
    return resources
  }
}
