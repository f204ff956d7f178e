import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crlItem, type EvidenceItem, holdsUntil, ocspItem } from './evidence.ts'

/** Bytes that are kept in memory at most. */
const mostInMemory = 64 * 1024 * 1024
const memory = new Map<string, EvidenceItem>()
let size = 0

/** What was kept under the key and has not run out; from memory, or from the folder when one is given. */
export async function keptEvidence(
  key: string,
  kind: EvidenceItem['kind'],
  folder: string | undefined,
): Promise<EvidenceItem | undefined> {
  const remembered = memory.get(key)
  if (remembered !== undefined) {
    if (isCurrent(remembered)) return remembered
    forget(key)
  }
  if (folder === undefined) return undefined
  const der = await readFile(join(folder, `${key}.${kind}`)).catch(() => undefined)
  const item = der && (kind === 'ocsp' ? ocspItem(der) : crlItem(der))
  if (item === undefined || !isCurrent(item)) return undefined
  remember(key, item)
  return item
}

/** Keeps what says how long it holds; a folder that cannot be written to is done without. */
export async function keepEvidence(
  key: string,
  item: EvidenceItem,
  folder: string | undefined,
): Promise<void> {
  if (!isCurrent(item)) return
  remember(key, item)
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

function remember(key: string, item: EvidenceItem): void {
  forget(key)
  if (item.der.length > mostInMemory) return
  memory.set(key, item)
  size += item.der.length
  for (const oldest of memory.keys()) {
    if (size <= mostInMemory) break
    forget(oldest)
  }
}

function forget(key: string): void {
  size -= memory.get(key)?.der.length ?? 0
  memory.delete(key)
}
