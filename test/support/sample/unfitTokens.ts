import { join } from 'node:path'
import { createTestPki } from '../pki/authority.ts'
import { createTokens, type TestTokens } from '../pki/tokens.ts'

const day = 24 * 60 * 60 * 1000

/** Two tokens of the deputy that must not sign: "expired", and "encipher" whose certificate is for encryption. */
export function unfitTokens(directory: string): TestTokens {
  const person = { name: 'นายธีรวัฒน์ ศรีสุขสันต์', email: 'teerawat@saraban.example', key: 'rsa-2048' } as const
  const pki = createTestPki(join(directory, 'pki'), [
    { ...person, notBefore: new Date(Date.now() - 400 * day), notAfter: new Date(Date.now() - 30 * day) },
    { ...person, usage: 'encipher' },
  ])
  return createTokens(
    directory,
    ['expired', 'encipher'].map((label, index) => ({
      ...pki.people[index]!,
      label,
      pin: '123456',
      chain: [pki.issuing.certificateDer],
    })),
  )
}
