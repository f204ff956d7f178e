import { readdir, readFile, stat } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import bundled from '../../../resources/trust/manifest.json' with { type: 'json' }
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { readAnchors, readManifest } from './manifest.ts'

/**
 * The authorities that the program knows (resources/trust/manifest.json), with those of `places` and of the variable
 * SARABAN_TRUST beside them: manifests, certificates in PEM or DER, or folders of these (`.json`, `.pem`, `.crt`,
 * `.cer`, `.der`); the variable's places stand apart as in PATH. A manifest that `replaces` stands in place of what the
 * program knows. Returns what VerificationSettings take. Refuses file-unreadable, and trust-malformed for what is
 * neither, or whose certificate does not have the fingerprint that is stated.
 */
export async function trustedRoots(
  places: readonly string[] = [],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Outcome<Uint8Array[]>> {
  const named = (environment.SARABAN_TRUST ?? '').split(delimiter).filter((place) => place !== '')
  const trust: Uint8Array[] = []
  let isReplaced = false
  for (const place of [...named, ...places]) {
    const files = await filesAt(place)
    if (files === undefined) return refuse('file-unreadable', { file: place })
    for (const file of files) {
      const bytes = await readFile(file).catch(() => undefined)
      if (bytes === undefined) return refuse('file-unreadable', { file })
      const { trust: certificates, pinned } = readAnchors(bytes)
      if (certificates.length + pinned.length === 0) return refuse('trust-malformed', { file })
      if (pinned.length > 0 && readManifest(bytes.toString('utf8'))?.replaces === true) isReplaced = true
      trust.push(bytes)
    }
  }
  return accept(isReplaced ? trust : [Buffer.from(JSON.stringify(bundled)), ...trust])
}

const endings = /\.(json|pem|crt|cer|der)$/i

/** The file itself, or the files of a folder; undefined when there is neither. */
async function filesAt(place: string): Promise<string[] | undefined> {
  const found = await stat(place).catch(() => undefined)
  if (found === undefined) return undefined
  if (!found.isDirectory()) return [place]
  const names = await readdir(place).catch(() => undefined)
  return names
    ?.filter((name) => endings.test(name))
    .toSorted()
    .map((name) => join(place, name))
}
