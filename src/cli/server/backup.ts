import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { encrypterFor, writeArchive } from '../../server/keeping/archive.ts'
import { backUp } from '../../server/keeping/backup.ts'
import type { BackupManifest } from '../../server/keeping/backupFormat.ts'
import { writeWholeFile } from '../../server/keeping/wholeFile.ts'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { readFlags, usage, wantsJson } from '../flags.ts'
import { tellRefusal } from '../tell.ts'
import { placeFlags, placeOf, withKept } from './keptPlace.ts'

const flags = {
  ...placeFlags,
  recipient: { type: 'string', multiple: true },
  unencrypted: { type: 'boolean' },
} as const

/**
 * `saraban server backup DIR|FILE --recipient age1…|--unencrypted [--data DIR] [--json]`: backs a server up while it
 * runs. In a folder the file is named after the time. Exits 0; 1 when files were lost or altered already and so are not
 * in it as they should be; 2 on a refusal, with nothing written.
 */
export async function backup(argv: string[]): Promise<number> {
  const json = wantsJson(argv)
  const done = await takeBackup(argv, new Date())
  if (!done.ok) return tellRefusal(done.refusal, json, 2)
  const { file, bytes, encrypted, manifest } = done.value
  const { count, lost, altered } = manifest.files
  const rows = Object.values(manifest.tables).reduce((sum, table) => sum + table.rows, 0)
  if (json) {
    const { takenAt, schema, feedHead } = manifest
    console.log(
      JSON.stringify({
        file,
        bytes,
        encrypted,
        takenAt,
        schema,
        feedHead,
        rows,
        files: count,
        lost,
        altered,
      }),
    )
  } else {
    for (const sha256 of [...lost, ...altered]) {
      console.log(`✗ ไฟล์ ${sha256} เสียหายหรือหายไปก่อนแล้ว · File ${sha256} was lost or altered before`)
    }
    console.log(
      `✓ สำรองแล้ว ${file} (${megabytes(bytes)} MB ${rows} แถว ${count} ไฟล์) · ` +
        `Backed up to ${file} (${megabytes(bytes)} MB, ${rows} rows, ${count} files)`,
    )
  }
  return lost.length + altered.length === 0 ? 0 : 1
}

interface BackupTaken {
  readonly file: string
  readonly bytes: number
  readonly encrypted: boolean
  readonly manifest: BackupManifest
}

async function takeBackup(argv: string[], now: Date): Promise<Outcome<BackupTaken>> {
  const read = readFlags(argv, flags)
  if (!read.ok) return read
  const { data, recipient = [], unencrypted = false } = read.value.values
  const [target, stray] = read.value.positionals
  if (target === undefined || stray !== undefined) return usage(stray ?? 'DIR')
  if (unencrypted && recipient.length > 0) return usage('--recipient --unencrypted')
  if (!unencrypted && recipient.length === 0) return refuse('backup-key-needed')
  const encrypter = encrypterFor(recipient)
  if (!encrypter.ok) return encrypter
  const place = await fileFor(target, unencrypted, now)
  if (!place.ok) return place
  const file = place.value
  return withKept(placeOf(data), async (kept) => {
    try {
      const manifest = await writeWholeFile(file, async (output) => {
        let taken: BackupManifest | undefined
        await writeArchive(output, unencrypted ? undefined : encrypter.value, async (archive) => {
          taken = await backUp(kept, archive, now)
        })
        return taken as BackupManifest
      })
      const { size } = await stat(file)
      return accept({ file, bytes: size, encrypted: !unencrypted, manifest })
    } catch (error) {
      const { code, syscall } = error as NodeJS.ErrnoException
      if (code === 'ENOSPC') return refuse('disk-full')
      if (syscall === 'open' && code !== 'ENOENT') return refuse('output-unwritable', { file })
      throw error
    }
  })
}

/**
 * Where the backup goes: a new file where the name is that of an archive, otherwise one named after the time in that
 * folder, which is made where there is none.
 */
async function fileFor(target: string, unencrypted: boolean, now: Date): Promise<Outcome<string>> {
  const isArchive = /\.(age|tar)$/i.test(target)
  const there = await stat(target).catch(() => undefined)
  if (!there && !isArchive) await mkdir(target, { recursive: true, mode: 0o700 })
  const time = now.toISOString().slice(0, 19).replace(/[-:]/g, '')
  const name = `saraban-${time}Z.tar${unencrypted ? '' : '.age'}`
  const file = there?.isDirectory() || !(there || isArchive) ? join(target, name) : target
  if (await stat(file).catch(() => undefined)) return refuse('output-exists', { file })
  const folder = await stat(join(file, '..')).catch(() => undefined)
  return folder?.isDirectory() ? accept(file) : refuse('output-folder-missing', { folder: join(file, '..') })
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)
