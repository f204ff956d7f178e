import { describe, expect, test } from 'vitest'
import { readPssParameters, signatureIdentifier } from './algorithmIdentifier.ts'
import {
  contextTag,
  encode,
  nullValue,
  objectIdentifier,
  readInside,
  readValue,
  sequence,
  smallInteger,
} from './der.ts'
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
}): ReturnType<typeof readPssParameters> {
  const mask = of.mask && sequence(objectIdentifier(identifiers.mgf1), of.mask)
  const fields = [of.hash, mask, of.salt && smallInteger(of.salt), of.trailer && smallInteger(of.trailer)]
  const present = fields.flatMap((field, index) =>
    typeof field === 'object' ? [encode(contextTag(index), field)] : [],
  )
  return readPssParameters(readValue(sequence(...present)))
}

test('the parameters of RSASSA-PSS are stated in full and read back', () => {
  for (const [digest, saltLength] of [
    ['sha256', 32],
    ['sha384', 48],
    ['sha512', 64],
  ] as const) {
    const [, parameters] = readInside(readValue(signatureIdentifier({ scheme: 'rsa-pss', digest })))
    expect(readPssParameters(parameters)).toEqual({ digest, saltLength })
  }
})

describe('parameters of others', () => {
  test('a salt of another length is taken as stated; left out, it is 20', () => {
    expect(parametersOf({ hash: sha256, mask: sha256, salt: 11 })).toEqual({
      digest: 'sha256',
      saltLength: 11,
    })
    expect(parametersOf({ hash: sha256, mask: sha256 })).toEqual({ digest: 'sha256', saltLength: 20 })
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
