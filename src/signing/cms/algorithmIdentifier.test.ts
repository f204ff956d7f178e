import { describe, expect, test } from 'vitest'
import { readSignatureAlgorithm, signatureIdentifier } from './algorithmIdentifier.ts'
import { contextTag, encode, nullValue, objectIdentifier, readValue, sequence, smallInteger } from './der.ts'
import { digestIdentifiers, identifiers } from './identifiers.ts'

const hash = (identifier: string): Uint8Array => sequence(objectIdentifier(identifier), nullValue)
const sha1 = hash('1.3.14.3.2.26')
const sha256 = hash(digestIdentifiers.sha256.digest)
const sha512 = hash(digestIdentifiers.sha512.digest)

function parametersOf(of: {
  readonly hash?: Uint8Array
  readonly mask?: Uint8Array
  readonly salt?: number
  readonly trailer?: number
}): ReturnType<typeof readSignatureAlgorithm> {
  const mask = of.mask && sequence(objectIdentifier(identifiers.mgf1), of.mask)
  const fields = [of.hash, mask, of.salt && smallInteger(of.salt), of.trailer && smallInteger(of.trailer)]
  const present = fields.flatMap((field, index) =>
    typeof field === 'object' ? [encode(contextTag(index), field)] : [],
  )
  return readSignatureAlgorithm(
    readValue(sequence(objectIdentifier(identifiers.rsaPss), sequence(...present))),
  )
}

test('each algorithm is read as it was written; RSA’s first one leaves the digest open', () => {
  const digests = { sha256: 32, sha384: 48, sha512: 64 } as const
  for (const digest of ['sha256', 'sha384', 'sha512'] as const) {
    const read = (scheme: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa') =>
      readSignatureAlgorithm(readValue(signatureIdentifier({ scheme, digest })))
    expect(read('rsa-pss')).toEqual({ scheme: 'rsa-pss', digest, saltLength: digests[digest] })
    expect(read('ecdsa')).toEqual({ scheme: 'ecdsa', digest })
    expect(read('rsa-pkcs1')).toEqual({ scheme: 'rsa-pkcs1', digest: undefined })
  }
})

describe('parameters of RSASSA-PSS by others', () => {
  test('a salt of another length is taken as stated; left out, it is 20', () => {
    expect(parametersOf({ hash: sha256, mask: sha256, salt: 11 })).toMatchObject({
      digest: 'sha256',
      saltLength: 11,
    })
    expect(parametersOf({ hash: sha256, mask: sha256 })).toMatchObject({ digest: 'sha256', saltLength: 20 })
  })

  test('SHA-1 is not accepted, neither named nor by leaving the digest out', () => {
    expect(parametersOf({ hash: sha1, mask: sha1 })).toBeUndefined()
    expect(parametersOf({})).toBeUndefined()
    expect(parametersOf({ hash: sha256 })).toBeUndefined()
  })

  test('another digest in the mask, or another trailer, is not accepted', () => {
    expect(parametersOf({ hash: sha256, mask: sha512 })).toBeUndefined()
    expect(parametersOf({ hash: sha256, mask: sha256, trailer: 2 })).toBeUndefined()
    expect(parametersOf({ hash: sha256, mask: sha256, trailer: 1 })).toBeDefined()
  })
})
