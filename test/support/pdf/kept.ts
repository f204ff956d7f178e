import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let folder: Promise<string> | undefined

/** A folder whose name changes with the makers' source, so that nothing outlives what made it. */
async function makersFolder(): Promise<string> {
  const hash = createHash('sha256')
  for (const name of (await readdir(import.meta.dirname)).sort())
    hash.update(name).update(await readFile(join(import.meta.dirname, name)))
  const path = join(tmpdir(), `saraban-corpus-${hash.digest('hex').slice(0, 16)}`)
  await mkdir(path, { recursive: true })
  return path
}

/** A file that takes a program seconds to make: made once on a machine, and shared by all tests. */
export async function kept(name: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
  folder ??= makersFolder()
  const path = join(await folder, `${name.replace(/[^\w.-]+/g, '-')}.pdf`)
  const known = await readFile(path).catch(() => undefined)
  if (known !== undefined) return new Uint8Array(known)
  const bytes = await make()
  // Workers that make it at the same time each put a whole file in its place.
  const half = `${path}.${randomUUID()}`
  await writeFile(half, bytes)
  await rename(half, path)
  return bytes
}
