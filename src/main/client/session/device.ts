import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { makeFolder, readJson, writeJson } from '../account/durableFile.ts'
import type { Device } from '../sync/connection.ts'

const deviceSchema = z.object({ id: z.uuid() })

/** This installation as the server knows it: an id made once and kept in `directory`. */
export async function readDevice(directory: string, name: string): Promise<Device> {
  const path = join(directory, 'device.json')
  const kept = deviceSchema.safeParse(await readJson(path))
  if (kept.success) return { id: kept.data.id, name }
  const id = randomUUID()
  await makeFolder(directory)
  await writeJson(path, { id })
  return { id, name }
}
