import { readFile, writeFile } from 'node:fs/promises'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'

/**
 * Makes a key pair for backups: the secret key goes into a new file that only its user may read, in the form of
 * age-keygen, and the public one (age1…) is returned. Refuses output-exists and output-unwritable.
 */
export async function makeBackupKey(file: string, now: Date): Promise<Outcome<string>> {
  const identity = await generateX25519Identity()
  const recipient = await identityToRecipient(identity)
  const text = `# created: ${now.toISOString()}\n# public key: ${recipient}\n${identity}\n`
  try {
    await writeFile(file, text, { mode: 0o600, flag: 'wx', flush: true })
    return accept(recipient)
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EEXIST'
    return refuse(taken ? 'output-exists' : 'output-unwritable', { file })
  }
}

/** The secret keys in a file of age-keygen's form. Refuses file-unreadable and backup-key-malformed. */
export async function readIdentities(file: string): Promise<Outcome<string[]>> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return refuse('file-unreadable', { file })
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const keys = lines.filter((line) => line !== '' && !line.startsWith('#'))
  const usable = keys.length > 0 && keys.every((key) => key.startsWith('AGE-SECRET-KEY-'))
  return usable ? accept(keys) : refuse('backup-key-malformed', { key: file })
}
