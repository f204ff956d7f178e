import { digestLengths, type SignatureAlgorithm } from './algorithm.ts'
import {
  contextTag,
  type DerValue,
  encode,
  expectTag,
  nullValue,
  objectIdentifier,
  readIdentifier,
  readInside,
  readValue,
  sequence,
  smallInteger,
  tag,
} from './der.ts'
import {
  type DigestAlgorithm,
  digestAlgorithmOf,
  digestAlgorithms,
  digestIdentifiers,
  identifiers,
} from './identifiers.ts'

/** The AlgorithmIdentifier of a digest, without parameters (RFC 5754 2). */
export const digestIdentifier = (digest: DigestAlgorithm): Uint8Array =>
  sequence(objectIdentifier(digestIdentifiers[digest].digest))

/** The AlgorithmIdentifier of a signature in CMS (RFC 5754 3; RFC 4056 3 for RSASSA-PSS). */
export function signatureIdentifier({ scheme, digest }: SignatureAlgorithm): Uint8Array {
  switch (scheme) {
    case 'rsa-pkcs1':
      return sequence(objectIdentifier(identifiers.rsa), nullValue)
    case 'rsa-pss':
      return sequence(objectIdentifier(identifiers.rsaPss), writePssParameters(digest))
    case 'ecdsa':
      return sequence(objectIdentifier(digestIdentifiers[digest].withEcdsa))
  }
}

/** RSASSA-PSS-params (RFC 4055 3.1): MGF1 with the same digest, and a salt as long as it. */
function writePssParameters(digest: DigestAlgorithm): Uint8Array {
  const hash = sequence(objectIdentifier(digestIdentifiers[digest].digest), nullValue)
  return sequence(
    encode(contextTag(0), hash),
    encode(contextTag(1), sequence(objectIdentifier(identifiers.mgf1), hash)),
    encode(contextTag(2), smallInteger(digestLengths[digest])),
  )
}

/** How a signature was made, as its AlgorithmIdentifier states it. */
export type StatedAlgorithm =
  /** rsaEncryption leaves the digest to what stands around it (RFC 5754 3.2). */
  | { readonly scheme: 'rsa-pkcs1'; readonly digest: DigestAlgorithm | undefined }
  | { readonly scheme: 'ecdsa'; readonly digest: DigestAlgorithm }
  | ({ readonly scheme: 'rsa-pss' } & PssParameters)

/** What RSASSA-PSS-params state. */
interface PssParameters {
  readonly digest: DigestAlgorithm
  /** In bytes. */
  readonly saltLength: number
}

/** Reads the AlgorithmIdentifier of a signature. Undefined for what is not accepted. Throws DerError. */
export function readSignatureAlgorithm(value: DerValue | undefined): StatedAlgorithm | undefined {
  const [name, parameters] = readInside(value)
  const identifier = readIdentifier(name)
  if (identifier === identifiers.rsa) return { scheme: 'rsa-pkcs1', digest: undefined }
  if (identifier === identifiers.rsaPss) {
    const stated = readPssParameters(parameters)
    return stated && { scheme: 'rsa-pss', ...stated }
  }
  for (const digest of digestAlgorithms) {
    const { withRsa, withEcdsa } = digestIdentifiers[digest]
    if (identifier === withRsa) return { scheme: 'rsa-pkcs1', digest }
    if (identifier === withEcdsa) return { scheme: 'ecdsa', digest }
  }
  return undefined
}

/**
 * Reads RSASSA-PSS-params. Undefined for what is not accepted: SHA-1, which stands for whatever is left out, another
 * digest in MGF1, another trailer (RFC 4055 3.1). Throws DerError.
 */
function readPssParameters(parameters: DerValue | undefined): PssParameters | undefined {
  const fields = new Map(readInside(parameters).map((field) => [field.tag, field.content]))
  const field = (number: number): DerValue | undefined => {
    const content = fields.get(contextTag(number))
    return content === undefined ? undefined : readValue(content)
  }
  const [hash, mask, salt, trailer] = [field(0), field(1), field(2), field(3)]
  if (hash === undefined || mask === undefined) return undefined
  const digest = digestOf(hash)
  const [generator, maskHash] = readInside(mask)
  const isPlain =
    readIdentifier(generator) === identifiers.mgf1 &&
    digestOf(maskHash) === digest &&
    (trailer === undefined || integerOf(trailer) === 1)
  if (digest === undefined || !isPlain) return undefined
  return { digest, saltLength: salt === undefined ? defaultSaltLength : integerOf(salt) }
}

const defaultSaltLength = 20

const digestOf = (algorithm: DerValue | undefined): DigestAlgorithm | undefined =>
  digestAlgorithmOf(readIdentifier(readInside(algorithm)[0]))

/** A small non-negative INTEGER; more than any salt for what is longer than two bytes or negative. */
function integerOf(value: DerValue): number {
  const { content } = expectTag(value, tag.integer)
  const isSmall = content.length > 0 && content.length <= 2 && content[0]! < 0x80
  return isSmall ? Buffer.from(content).readUIntBE(0, content.length) : 0xffff
}
