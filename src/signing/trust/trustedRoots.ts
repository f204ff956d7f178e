import { readdir, readFile, stat } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import bundled from '../../../resources/trust/manifest.json' with { type: 'json' }
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { parseCertificates } from '../certificate.ts'
import { certificatesOf, readManifest, type TrustManifest } from './manifest.ts'

/** Whom to trust, as VerificationSettings take it. */
export interface TrustedRoots {
  /** Certificates in DER or PEM. */
  readonly trust: readonly Uint8Array[]
  /** SHA-256 fingerprints of certificates that signatures bring along. */
  readonly pinned: readonly string[]
}

/**
 * The authorities that the program knows (resources/trust/manifest.json), with those of `places` and of the variable
 * SARABAN_TRUST beside them: manifests (`.json`), certificates in PEM or DER, or folders of these; the variable's
 * places stand apart as in PATH. A manifest that `replaces` stands in place of what the program knows. Refuses
 * file-unreadable, and trust-malformed for what is neither, or whose fingerprint is not the one stated.
 */
export async function trustedRoots(
  places: readonly string[] = [],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Outcome<TrustedRoots>> {
  const named = (environment.SARABAN_TRUST ?? '').split(delimiter).filter((place) => place !== '')
  const manifests: TrustManifest[] = []
  const trust: Uint8Array[] = []
  for (const place of [...named, ...places]) {
    const files = await filesAt(place)
    if (files === undefined) return refuse('file-unreadable', { file: place })
    for (const file of files) {
      const bytes = await readFile(file).catch(() => undefined)
      if (bytes === undefined) return refuse('file-unreadable', { file })
      const manifest = file.endsWith('.json') ? readManifest(bytes.toString('utf8')) : undefined
      if (manifest !== undefined) manifests.push(manifest)
      else if (parseCertificates(bytes).length > 0) trust.push(bytes)
      else return refuse('trust-malformed', { file })
    }
  }
  const isReplaced = manifests.some(({ replaces }) => replaces === true)
  const all = isReplaced ? manifests : [bundled as TrustManifest, ...manifests]
  return accept({
    trust: [...trust, ...all.flatMap(certificatesOf).map(({ der }) => der)],
    pinned: all.flatMap(({ authorities }) => authorities.map(({ sha256 }) => sha256)),
  })
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
