import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestPki } from '../pki/authority.ts'
import { createTokens, type TestTokens, type TokenAsked } from '../pki/tokens.ts'

/** The executives of the sample organisation who have a token, and the key on it. */
export const sampleSigners = [
  { personId: 'teerawat', name: 'นายธีรวัฒน์ ศรีสุขสันต์', key: 'rsa-2048', pin: '246810' },
  { personId: 'wanwipa', name: 'นางสาววรรณวิภา เจริญสุข', key: 'rsa-2048', pin: '975310' },
  { personId: 'prawit', name: 'นายแพทย์ประวิทย์ วงศ์สวัสดิ์', key: 'ec-p256', pin: '135790' },
] as const

export type SampleSigner = (typeof sampleSigners)[number]['personId']

/** A made-up authority and one token for each signer, each in a token folder of its own, as on a PC of their own. */
export interface SampleTokens {
  readonly rootPem: string
  readonly tokens: Readonly<Record<SampleSigner, TestTokens>>
  /** What each was made of, for tokens that behave differently. */
  readonly asked: Readonly<Record<SampleSigner, TokenAsked>>
}

/**
 * Makes the sample's authority and tokens under `directory`, or finds those made before. `pins` are used in place of
 * the sample's own.
 */
export function sampleTokens(
  directory: string,
  pins: Readonly<Partial<Record<SampleSigner, string>>> = {},
): SampleTokens {
  const kept = join(directory, 'sample-tokens.json')
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as SampleTokens
  const pki = createTestPki(
    join(directory, 'pki'),
    sampleSigners.map(({ personId, name, key }) => ({ name, key, email: `${personId}@saraban.example` })),
  )
  const asked = Object.fromEntries(
    sampleSigners.map(({ personId, pin }, index) => {
      const issued = pki.people[index]!
      const token: TokenAsked = {
        label: personId,
        pin: pins[personId] ?? pin,
        keyPem: issued.keyPem,
        certificateDer: issued.certificateDer,
        chain: [pki.issuing.certificateDer],
      }
      return [personId, token]
    }),
  ) as Record<SampleSigner, TokenAsked>
  const tokens = Object.fromEntries(
    sampleSigners.map(({ personId }) => [
      personId,
      createTokens(join(directory, personId), [asked[personId]]),
    ]),
  ) as Record<SampleSigner, TestTokens>
  const made = { rootPem: pki.root.certificatePem, tokens, asked }
  writeFileSync(kept, JSON.stringify(made))
  return made
}
