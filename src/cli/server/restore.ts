import { openArchive } from '../../server/keeping/archiveReader.ts'
import type { BackupManifest } from '../../server/keeping/backupFormat.ts'
import { readIdentities } from '../../server/keeping/backupKey.ts'
import { checkKept } from '../../server/keeping/check.ts'
import type { Finding } from '../../server/keeping/findings.ts'
import { openPlace } from '../../server/keeping/openKept.ts'
import { restore as restoreArchive } from '../../server/keeping/restore.ts'
import { accept, type Outcome } from '../../shared/outcome.ts'
import { readFlags, usage, wantsJson } from '../flags.ts'
import { tellRefusal } from '../tell.ts'
import { placeFlags, placeOf, reached } from './keptPlace.ts'
import { tellFinding } from './tellFinding.ts'

const flags = { ...placeFlags, identity: { type: 'string', multiple: true } } as const

/**
 * `saraban server restore FILE [--identity KEYFILE]… [--data DIR] [--json]`: restores a backup into an empty server and
 * checks it. Exits 0; 1 when the check finds something; 2 on a refusal, with nothing restored.
 */
export async function restore(argv: string[]): Promise<number> {
  const json = wantsJson(argv)
  const restored = await restoreFrom(argv, (finding) => tellFinding(finding, json))
  if (!restored.ok) return tellRefusal(restored.refusal, json, 2)
  const { manifest, findings } = restored.value
  const rows = Object.values(manifest.tables).reduce((sum, table) => sum + table.rows, 0)
  const files = manifest.files.count
  if (json) console.log(JSON.stringify({ takenAt: manifest.takenAt, rows, files, findings }))
  else {
    console.log(
      `กู้คืนแล้ว ${rows} แถว ${files} ไฟล์ ตามข้อมูลเมื่อ ${manifest.takenAt} ทุกคนต้องเข้าสู่ระบบใหม่ · ` +
        `Restored ${rows} rows and ${files} files as of ${manifest.takenAt}; everyone signs in again`,
    )
  }
  return findings === 0 ? 0 : 1
}

async function restoreFrom(
  argv: string[],
  tell: (finding: Finding) => void,
): Promise<Outcome<{ manifest: BackupManifest; findings: number }>> {
  const read = readFlags(argv, flags)
  if (!read.ok) return read
  const { data, identity = [] } = read.value.values
  const [file, stray] = read.value.positionals
  if (file === undefined || stray !== undefined) return usage(stray ?? 'FILE')
  const identities: string[] = []
  for (const keyFile of identity) {
    const keys = await readIdentities(keyFile)
    if (!keys.ok) return keys
    identities.push(...keys.value)
  }
  // Opened first, so that a wrong name or key leaves no empty server behind.
  const archive = await openArchive(file, identities)
  if (!archive.ok) return archive
  const opened = await reached(async () => accept(await openPlace(placeOf(data))))
  if (!opened.ok) return opened
  const kept = opened.value
  try {
    const manifest = await restoreArchive(kept, archive.value)
    if (!manifest.ok) return manifest
    let findings = 0
    await checkKept(kept, { fast: true }, (finding) => {
      findings += 1
      tell(finding)
    })
    return accept({ manifest: manifest.value, findings })
  } finally {
    await kept.close()
  }
}
