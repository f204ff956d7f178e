import { describe, expect, test } from 'vitest'
import { readSignedData } from '../cms/cms.ts'
import {
  contextTag,
  encode,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  smallInteger,
} from '../cms/der.ts'
import { identifiers } from '../cms/identifiers.ts'
import { revocationIdentifiers } from './identifiers.ts'
import { evidenceInCms } from './inCms.ts'

const list = sequence(octetString(Buffer.from('a CRL')))
const answer = sequence(octetString(Buffer.from('an OCSP answer')))
const attribute = (identifier: string, value: Uint8Array) =>
  sequence(objectIdentifier(identifier), setOf(value))

/** A SignedData whose only signer has one signed attribute, with `revocations` among its CRLs. */
function messageWith(signedAttribute: Uint8Array, revocations: readonly Uint8Array[]) {
  const algorithm = sequence(objectIdentifier(identifiers.rsa), nullValue)
  const signer = sequence(
    smallInteger(1),
    sequence(sequence(), smallInteger(7)),
    algorithm,
    encode(contextTag(0), signedAttribute),
    algorithm,
    octetString(Buffer.alloc(4)),
  )
  const content = sequence(objectIdentifier(identifiers.data))
  const signedData = sequence(
    smallInteger(1),
    setOf(algorithm),
    content,
    ...(revocations.length === 0 ? [] : [encode(contextTag(1), ...revocations)]),
    setOf(signer),
  )
  return readSignedData(
    sequence(objectIdentifier(identifiers.signedData), encode(contextTag(0), signedData)),
  )!
}

const nothing = attribute(identifiers.messageDigest, octetString(Buffer.alloc(32)))

describe('the evidence that a signature brings along', () => {
  test('is found in the attribute of Adobe', () => {
    const archived = sequence(
      encode(contextTag(0), sequence(list, list)),
      encode(contextTag(1), sequence(answer)),
    )
    const message = messageWith(attribute(revocationIdentifiers.revocationArchival, archived), [])
    expect(evidenceInCms(message)).toEqual({ crls: [list, list], ocsps: [answer] })
  })

  test('is found among the CRLs of the message, OCSP answers included', () => {
    const other = encode(contextTag(1), objectIdentifier(revocationIdentifiers.ocspInCms), answer)
    const unknown = encode(contextTag(1), objectIdentifier('1.2.3.4'), answer)
    const message = messageWith(nothing, [list, other, unknown])
    expect(evidenceInCms(message)).toEqual({ crls: [list], ocsps: [answer] })
  })

  test('is none where there is none, or where it cannot be read', () => {
    expect(evidenceInCms(messageWith(nothing, []))).toEqual({ crls: [], ocsps: [] })
    const broken = attribute(revocationIdentifiers.revocationArchival, octetString(Buffer.from('x')))
    expect(evidenceInCms(messageWith(broken, []))).toEqual({ crls: [], ocsps: [] })
  })
})
