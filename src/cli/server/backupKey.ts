import { makeBackupKey } from '../../server/keeping/backupKey.ts'
import { accept, type Outcome } from '../../shared/outcome.ts'
import { readFlags, usage, wantsJson } from '../flags.ts'
import { tellRefusal } from '../tell.ts'

/**
 * `saraban server backup-key FILE [--json]`: makes the key pair of backups. The secret key goes to FILE, to be kept away
 * from the server; the public one is printed. Exits 0, or 2 on a refusal.
 */
export async function backupKey(argv: string[]): Promise<number> {
  const json = wantsJson(argv)
  const made = await make(argv)
  if (!made.ok) return tellRefusal(made.refusal, json, 2)
  const { file, recipient } = made.value
  console.log(
    json
      ? JSON.stringify({ recipient, identity: file })
      : `กุญแจสาธารณะ · Public key: ${recipient}\n` +
          `เก็บ ${file} ไว้นอกเครื่องแม่ข่าย ถ้าหายจะกู้คืนไม่ได้ · Keep ${file} away from the server; without it nothing can be restored`,
  )
  return 0
}

async function make(argv: string[]): Promise<Outcome<{ file: string; recipient: string }>> {
  const read = readFlags(argv, { json: { type: 'boolean' } })
  if (!read.ok) return read
  const [file, stray] = read.value.positionals
  if (file === undefined || stray !== undefined) return usage(stray ?? 'FILE')
  const made = await makeBackupKey(file, new Date())
  return made.ok ? accept({ file, recipient: made.value }) : made
}
