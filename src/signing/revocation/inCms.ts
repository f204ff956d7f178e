import type { SignedData } from '../cms/cms.ts'
import {
  contextTag,
  type DerValue,
  explicit,
  readIdentifier,
  readInside,
  readOrUndefined,
  readValues,
  tag,
} from '../cms/der.ts'
import type { Evidence } from './evidence.ts'
import { revocationIdentifiers } from './identifiers.ts'

/**
 * The evidence that a CMS brings along: among its CRLs (RFC 5652 10.2.1, RFC 5940), and in the signed attribute of
 * Adobe (ISO 32000-2, 12.8.3.3.2).
 */
export function evidenceInCms({ revocations, signers }: SignedData): Evidence {
  const archived = signers.flatMap(
    ({ attributes }) => attributes.get(revocationIdentifiers.revocationArchival) ?? [],
  )
  return {
    crls: [
      ...revocations.filter((value) => value.tag === tag.sequence).map(({ whole }) => whole),
      ...archived.flatMap((value) => listIn(value, 0)),
    ],
    ocsps: [
      ...revocations.flatMap((value) => (value.tag === contextTag(1) ? otherFormat(value) : [])),
      ...archived.flatMap((value) => listIn(value, 1)),
    ],
  }
}

/** OtherRevocationInfoFormat that holds an OCSP answer. */
function otherFormat(value: DerValue): Uint8Array[] {
  const read = readOrUndefined(() => {
    const [format, content] = readValues(value.content)
    return readIdentifier(format) === revocationIdentifiers.ocspInCms && content !== undefined
      ? [content.whole]
      : []
  })
  return read ?? []
}

/** CRLs stand under 0, OCSP answers under 1. */
function listIn(attribute: DerValue, number: number): Uint8Array[] {
  const read = readOrUndefined(() => {
    const list = explicit(readInside(attribute), number)
    return list === undefined ? [] : readInside(list).map(({ whole }) => whole)
  })
  return read ?? []
}
