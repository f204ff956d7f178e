import { createHash, randomBytes } from 'node:crypto'
import { digestLengths } from '../../cms/algorithm.ts'
import { nullValue, objectIdentifier, octetString, sequence } from '../../cms/der.ts'
import { type DigestAlgorithm, digestIdentifiers } from '../../cms/identifiers.ts'

/** DigestInfo of a hash (RFC 8017 9.2, notes): what CKM_RSA_PKCS is given. */
export const digestInfo = (digest: DigestAlgorithm, hash: Uint8Array): Uint8Array =>
  sequence(sequence(objectIdentifier(digestIdentifiers[digest].digest), nullValue), octetString(hash))

/** EMSA-PKCS1-v1_5 (RFC 8017 9.2) for a key of so many bits, for tokens that only compute bare RSA. */
export function encodePkcs1(digest: DigestAlgorithm, hash: Uint8Array, keyBits: number): Uint8Array {
  const info = digestInfo(digest, hash)
  const filling = Buffer.alloc(Math.ceil(keyBits / 8) - info.length - 3, 0xff)
  return Buffer.concat([Buffer.of(0, 1), filling, Buffer.of(0), info])
}

/** EMSA-PSS (RFC 8017 9.1.1) with a random salt as long as the digest, for a key of so many bits. */
export function encodePss(digest: DigestAlgorithm, hash: Uint8Array, keyBits: number): Uint8Array {
  const length = digestLengths[digest]
  const encodedBits = keyBits - 1
  const encodedLength = Math.ceil(encodedBits / 8)
  const salt = randomBytes(length)
  const salted = createHash(digest).update(Buffer.alloc(8)).update(hash).update(salt).digest()
  const filling = Buffer.alloc(encodedLength - 2 * length - 2)
  const block = Buffer.concat([filling, Buffer.of(1), salt])
  const mask = maskOf(digest, salted, block.length)
  for (const [index, byte] of mask.entries()) block[index]! ^= byte
  block[0]! &= 0xff >> (8 * encodedLength - encodedBits)
  const encoded = Buffer.concat([block, salted, Buffer.of(0xbc)])
  return Buffer.concat([Buffer.alloc(Math.ceil(keyBits / 8) - encodedLength), encoded])
}

/** MGF1 (RFC 8017 B.2.1). */
function maskOf(digest: DigestAlgorithm, seed: Uint8Array, length: number): Uint8Array {
  const parts: Uint8Array[] = []
  for (let counter = 0; counter * digestLengths[digest] < length; counter++) {
    const number = Buffer.alloc(4)
    number.writeUInt32BE(counter)
    parts.push(createHash(digest).update(seed).update(number).digest())
  }
  return Buffer.concat(parts).subarray(0, length)
}
