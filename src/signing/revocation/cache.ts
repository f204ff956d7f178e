import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crlItem, type EvidenceItem, holdsUntil, ocspItem } from './evidence.ts'

/** Where answers are kept besides in memory, and for how long. */
export interface Keeping {
  readonly folder?: string
  /** Milliseconds after which a service is asked again, although what it said still holds. */
  readonly longest: number
}

/** Bytes that are kept in memory at most. */
const mostInMemory = 64 * 1024 * 1024
const memory = new Map<string, { readonly item: EvidenceItem; readonly since: number }>()
let size = 0

/** What was kept under the key, has not run out and is not too old; from memory, or else from the folder. */
export async function keptEvidence(
  key: string,
  kind: EvidenceItem['kind'],
  { folder, longest }: Keeping,
): Promise<EvidenceItem | undefined> {
  const isRecent = (since: number): boolean => Date.now() - since < longest
  const remembered = memory.get(key)
  if (remembered !== undefined && isRecent(remembered.since) && isCurrent(remembered.item)) {
    return remembered.item
  }
  if (folder === undefined) return undefined
  const path = join(folder, `${key}.${kind}`)
  const since = (await stat(path).catch(() => undefined))?.mtimeMs
  if (since === undefined || !isRecent(since)) return undefined
  const der = await readFile(path).catch(() => undefined)
  const item = der && (kind === 'ocsp' ? ocspItem(der) : crlItem(der))
  if (item === undefined || !isCurrent(item)) return undefined
  remember(key, item, since)
  return item
}

/** Keeps what says how long it holds; a folder that cannot be written to is done without. */
export async function keepEvidence(key: string, item: EvidenceItem, { folder }: Keeping): Promise<void> {
  if (!isCurrent(item)) return
  remember(key, item, Date.now())
  if (folder === undefined) return
  const draft = join(folder, `${randomUUID()}.draft`)
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(draft, item.der, { flush: true })
    await rename(draft, join(folder, `${key}.${item.kind}`))
  } catch {
    await rm(draft, { force: true }).catch(() => undefined)
  }
}

const isCurrent = (item: EvidenceItem): boolean => (holdsUntil(item)?.getTime() ?? 0) > Date.now()

/** The oldest make room. */
function remember(key: string, item: EvidenceItem, since: number): void {
  forget(key)
  if (item.der.length > mostInMemory) return
  memory.set(key, { item, since })
  size += item.der.length
  for (const oldest of memory.keys()) {
    if (size <= mostInMemory) break
    forget(oldest)
  }
}

function forget(key: string): void {
  size -= memory.get(key)?.item.der.length ?? 0
  memory.delete(key)
}
